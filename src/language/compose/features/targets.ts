import type { Location } from '../../answers.ts'
import type { TextRange } from '../../../shared/text-range.ts'
import { locationOf } from '../locations.ts'
import { namesIn, type NamePlace } from '../names.ts'
import type { OpenProject } from '../open.ts'
import { resolvePath } from '../project/paths.ts'
import type { Source } from '../project/value.ts'
import type { MapEntry } from '../yaml/nodes.ts'

export interface Declaration {
  readonly source: Source
  readonly range: TextRange
  readonly entry?: MapEntry
}

/** The files in which a name of this document means the same thing. */
export function sourcesFor(open: OpenProject, place: NamePlace): readonly Source[] {
  if (open.source === undefined) return []
  if (place.kind === 'anchor') return [open.source]
  if (place.file !== undefined) {
    const uri = resolvePath(open.source.folder, place.file)
    return open.project.sources.filter((source) => source.uri === uri).slice(0, 1)
  }
  const { scope } = open.source
  const unique = new Map<string, Source>()
  for (const source of open.project.sources)
    if (source.scope === scope && !unique.has(source.uri)) unique.set(source.uri, source)
  return [...unique.values()]
}

/** Where a name is declared; of an anchor the last one before the alias. */
export function declarationsOf(open: OpenProject, place: NamePlace): readonly Declaration[] {
  const found: Declaration[] = []
  for (const source of sourcesFor(open, place))
    for (const other of namesIn(source.yaml))
      if (other.kind === place.kind && other.name === place.name && other.role === 'declaration')
        found.push({
          source,
          range: other.range,
          ...(other.entry === undefined ? {} : { entry: other.entry }),
        })
  if (place.kind !== 'anchor') return found
  const before = found.filter(({ range }) => range.start <= place.range.start)
  return before.slice(-1)
}

/** Every place of a name, in all files where it means the same thing. */
export function placesOf(
  open: OpenProject,
  place: NamePlace,
): readonly { source: Source; place: NamePlace }[] {
  const result: { source: Source; place: NamePlace }[] = []
  for (const source of sourcesFor(open, place))
    for (const other of namesIn(source.yaml))
      if (other.kind === place.kind && other.name === place.name && pointsTo(other, source, place, open))
        result.push({ source, place: other })
  if (belongsToProject.has(place.kind)) result.push(...usesInExtended(open, place))
  if (place.kind !== 'service') return result
  // Services of other files that extend this one.
  const targets = new Set(sourcesFor(open, place).map((source) => source.uri))
  for (const source of open.project.sources)
    for (const other of namesIn(source.yaml)) {
      if (other.kind !== 'service' || other.name !== place.name || other.file === undefined) continue
      const uri = resolvePath(source.folder, other.file)
      const known = result.some(
        (one) => one.source.uri === source.uri && one.place.range.start === other.range.start,
      )
      if (uri !== undefined && targets.has(uri) && !known) result.push({ source, place: other })
    }
  return result
}

/** What a service that is taken over from another file means in the project that takes it over. */
const belongsToProject: ReadonlySet<NamePlace['kind']> = new Set([
  'network',
  'volume',
  'secret',
  'config',
  'model',
  'service',
])

/** The uses in files that are extended and declare no such name themselves. */
function usesInExtended(
  open: OpenProject,
  place: NamePlace,
): readonly { source: Source; place: NamePlace }[] {
  if (open.source?.scope !== 'project') return []
  const unique = new Map(open.project.sources.map((source) => [source.uri, source]))
  for (const { uri, scope } of open.project.sources) if (scope === 'project') unique.delete(uri)
  return [...unique.values()].flatMap((source) => {
    const same = namesIn(source.yaml).filter(
      ({ kind, name, file }) => kind === place.kind && name === place.name && file === undefined,
    )
    return same.some(({ role }) => role === 'declaration')
      ? []
      : same.map((other) => ({ source, place: other }))
  })
}

/** A use that names a file of its own belongs to that file. */
function pointsTo(other: NamePlace, source: Source, place: NamePlace, open: OpenProject): boolean {
  if (other.file === undefined) return true
  const target = resolvePath(source.folder, other.file)
  return sourcesFor(open, place).some(({ uri }) => uri === target)
}

/** A range in a file, as an answer about this document. */
export function locationIn(open: OpenProject, uri: string, text: string, range: TextRange): Location {
  return locationOf(open.doc.uri, uri, text, range)
}

export function nameAt(open: OpenProject, offset: number): NamePlace | undefined {
  return namesIn(open.yaml).find(({ range }) => range.start <= offset && offset <= range.end)
}
