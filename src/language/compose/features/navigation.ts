import type { Highlight, Location } from '../../answers.ts'
import type { Context, SourceDocument } from '../../provider.ts'
import { namesIn } from '../names.ts'
import { projectOf, type OpenProject } from '../open.ts'
import { around } from './around.ts'
import { buildDefinition } from './build-definitions.ts'
import { fileTargets } from './links.ts'
import { variableAt } from './hover.ts'
import { passedVariable } from './passed-variable.ts'
import { declarationsOf, locationIn, nameAt, placesOf } from './targets.ts'

/** Where the name under the pointer is declared: in this file, another of the project, `.env`, a Dockerfile, or the file it names. */
export async function definition(
  doc: SourceDocument,
  offset: number,
  context: Context,
): Promise<readonly Location[]> {
  const open = await projectOf(doc, context)
  const variable = variableAt(open, offset)
  if (variable !== undefined) return variableDeclarations(open, variable.name)
  const place = nameAt(open, offset)
  if (place !== undefined && place.role === 'use')
    return declarationsOf(open, place).map(({ source, range }) =>
      locationIn(open, source.uri, source.yaml.text, range),
    )
  if (place?.role === 'declaration' && place.kind === 'service')
    return otherDeclarations(open, place.name, place.range.start)
  const passed = passedVariable(open, offset)
  const set = passed === undefined ? [] : variableDeclarations(open, passed)
  if (set.length > 0) return set
  const file = fileTargets(open).find(({ range }) => range.start <= offset && offset <= range.end)
  return file === undefined
    ? await buildDefinition(open, offset)
    : [
        {
          uri: file.uri,
          range: { start: 0, end: 0 },
          at: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } },
        },
      ]
}

/** The same service in the files that this one is laid over or under. */
function otherDeclarations(open: OpenProject, name: string, start: number): readonly Location[] {
  const found: Location[] = []
  for (const source of open.project.sources)
    if (source.scope === open.source?.scope)
      for (const place of namesIn(source.yaml))
        if (place.kind === 'service' && place.name === name && place.role === 'declaration')
          if (source.uri !== open.doc.uri || place.range.start !== start)
            found.push(locationIn(open, source.uri, source.yaml.text, place.range))
  return found
}

function variableDeclarations(open: OpenProject, name: string): readonly Location[] {
  const from = open.project.environment.get(name)?.from
  const text = from === undefined ? undefined : open.files.text(from.uri)
  if (from === undefined || text === undefined) return []
  const { nameStart, nameEnd } = from.variable.entry
  return [locationIn(open, from.uri, text, { start: nameStart, end: nameEnd })]
}

export async function references(
  doc: SourceDocument,
  offset: number,
  includeDeclaration: boolean,
  context: Context,
): Promise<readonly Location[]> {
  const open = await projectOf(doc, context)
  const variable = variableAt(open, offset)
  if (variable !== undefined) {
    const uses = open.project.variables
      .filter(({ name }) => name === variable.name)
      .map((place) =>
        locationIn(open, place.origin.source.uri, place.origin.source.yaml.text, {
          start: place.nameStart,
          end: place.nameStart + place.name.length,
        }),
      )
    return includeDeclaration ? [...variableDeclarations(open, variable.name), ...uses] : uses
  }
  const place = nameAt(open, offset)
  if (place === undefined) return []
  const wide = await around(open, context)
  return placesOf(wide, place)
    .filter((one) => includeDeclaration || one.place.role === 'use')
    .map((one) => locationIn(wide, one.source.uri, one.source.yaml.text, one.place.range))
}

export async function highlights(
  doc: SourceDocument,
  offset: number,
  context: Context,
): Promise<readonly Highlight[]> {
  const open = await projectOf(doc, context)
  const variable = variableAt(open, offset)
  if (variable !== undefined)
    return open.project.variables
      .filter(({ name, origin }) => name === variable.name && origin.source.uri === doc.uri)
      .map(({ nameStart, name }) => ({
        range: { start: nameStart, end: nameStart + name.length },
        kind: 'read' as const,
      }))
  const place = nameAt(open, offset)
  if (place === undefined) return []
  return namesIn(open.yaml)
    .filter((other) => other.kind === place.kind && other.name === place.name && other.file === place.file)
    .map(({ range, role }) => ({
      range,
      kind: role === 'declaration' ? ('write' as const) : ('read' as const),
    }))
}
