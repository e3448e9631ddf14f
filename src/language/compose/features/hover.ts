import { plural, t } from '../../../shared/l10n.ts'
import { markdown, markdownCode } from '../../../shared/sinks.ts'
import type { Hover } from '../../answers.ts'
import type { Context, SourceDocument } from '../../provider.ts'
import { projectOf, type OpenProject } from '../open.ts'
import { namesIn } from '../names.ts'
import type { VariablePlace } from '../project/interpolate.ts'
import { get, stringOf } from '../project/value.ts'
import { schemaAt, typesOf, formsOf } from '../schema/walk.ts'
import type { Schema } from '../schema/schema.ts'
import { typeName } from '../schema/validate.ts'
import type { YamlNode } from '../yaml/nodes.ts'
import { anchorsIn, effectivePath, spotAt, withoutMerges, type Path, type Spot } from '../yaml/tree.ts'
import { effectiveNote, knownNote, originName, shownValue, variableNote } from './effective.ts'
import { knownWords } from './completion/known-values.ts'
import { environmentNote, profileNote } from './hover-service.ts'
import { hoverProperty } from './hover-properties.ts'
import { imageNote, mountNote, portNote } from './hover-short.ts'
import { takenNote } from './hover-taken.ts'
import { declarationsOf } from './targets.ts'

/** What is known of the place under the pointer. */
export async function hover(
  doc: SourceDocument,
  offset: number,
  context: Context,
): Promise<Hover | undefined> {
  const open = await projectOf(doc, context)
  const variable = variableAt(open, offset)
  if (variable !== undefined) return hoverVariable(open, variable)
  const property = hoverProperty(open, offset, (node) => quoted(open, node))
  if (property !== undefined) return property
  const spot = spotAt(open.yaml, offset)
  if (spot === undefined) return undefined
  const { node } = spot
  if (node.kind === 'alias') return hoverAlias(open, spot)
  if (node.kind !== 'scalar') return undefined
  const path = effectivePath(open.yaml, spot.path, spot.chain)
  const range = { start: node.start, end: node.end }
  const parts = spot.isKey
    ? hoverKey(open, path, spot, offset)
    : await hoverValue(open, path, spot, offset, context)
  const taken = spot.isKey ? undefined : await takenNote(open, path, node, context)
  const lines = [...parts, taken].filter((part): part is string => part !== undefined && part !== '')
  return lines.length === 0 ? undefined : { markdown: lines.join('\n\n'), range }
}

/** The variable at an offset of this document. */
export function variableAt(open: OpenProject, offset: number): VariablePlace | undefined {
  let found: VariablePlace | undefined
  for (const place of open.project.variables) {
    if (place.origin.source.uri !== open.doc.uri || offset < place.start || offset > place.end) continue
    // The innermost of nested ones.
    if (found === undefined || place.start >= found.start) found = place
  }
  return found
}

function hoverVariable(open: OpenProject, variable: VariablePlace): Hover {
  const lines = [variableNote(open, variable.name)]
  const argument = variable.argument ?? ''
  if (variable.operator === ':-' || variable.operator === '-')
    lines.push(
      argument === '' ? t('Default: empty') : t('Default: {0}', shownValue(open, variable.name, argument)),
    )
  if (variable.operator === ':?' || variable.operator === '?')
    lines.push(t('Required: without it the engine stops.'))
  if (variable.operator === ':+' || variable.operator === '+')
    lines.push(t('If it is set, {0} stands here.', markdownCode(argument)))
  return { markdown: lines.join('\n\n'), range: { start: variable.start, end: variable.end } }
}

function hoverAlias(open: OpenProject, spot: Spot): Hover | undefined {
  if (spot.node.kind !== 'alias') return undefined
  const use = anchorsIn(open.yaml).aliases.find(({ alias }) => alias === spot.node)
  if (use?.target === undefined) return undefined
  const { target } = use
  const note = target.kind === 'scalar' ? effectiveNote(open, withoutMerges(spot.path), target) : undefined
  const lines = [t('Stands for {0}:', markdownCode(`&${spot.node.name}`)), quoted(open, target)]
  return {
    markdown: [...lines, ...(note === undefined ? [] : [note])].join('\n\n'),
    range: { start: spot.node.start, end: spot.node.end },
  }
}

function quoted(open: OpenProject, { start, end }: YamlNode): string {
  const { text } = open.doc
  return fenced(text.slice(start, end), columnOfLine(text, start))
}

function columnOfLine(text: string, offset: number): number {
  return offset - (text.lastIndexOf('\n', offset - 1) + 1)
}

/** YAML in a code block, at most 20 lines, moved to the left; no content can end the block. */
export function fenced(text: string, indent: number): string {
  const lines = text.split(/\r\n|\r|\n/)
  const shown = lines
    .slice(0, 20)
    .map((line, index) => (index === 0 ? line : line.slice(Math.min(indent, line.search(/\S|$/)))))
  if (lines.length > 20) shown.push('…')
  const body = shown.join('\n').replace(/[\u200b-\u200f\u2028-\u202e\u2060-\u2069]/g, '')
  const longest = Math.max(2, ...[...body.matchAll(/`+/g)].map((run) => run[0].length))
  const fence = '`'.repeat(longest + 1)
  return `${fence}yaml\n${body}\n${fence}`
}

function hoverKey(
  open: OpenProject,
  path: Path,
  spot: Spot,
  offset: number,
): readonly (string | undefined)[] {
  if (spot.node.kind === 'scalar' && spot.node.text === '<<')
    return [
      t(
        'Takes in the entries of a fragment (`*name`, or a list of them); what is written here counts first.',
      ),
    ]
  const variable = environmentNote(open, path, '')
  if (variable !== undefined) return [variable]
  const schema = schemaAt(path)
  const value = spot.entry?.value
  const note =
    value?.kind === 'scalar' ? effectiveNote(open, path, { start: value.start, end: value.end }) : undefined
  if (path.length === 2 && schema !== undefined && schema.doc === undefined)
    return [describeResource(open, path), note]
  return [
    ...quotedTarget(open, offset),
    schema === undefined ? undefined : describe(String(path.at(-1) ?? ''), schema),
    note,
  ]
}

/** What the name at an offset stands for, where one is used. */
function quotedTarget(open: OpenProject, offset: number): readonly string[] {
  const place = namesIn(open.yaml).find(({ range }) => range.start <= offset && offset <= range.end)
  if (place === undefined || place.role !== 'use') return []
  const [target] = declarationsOf(open, place)
  if (target?.entry === undefined) return []
  const { text } = target.source.yaml
  const { key, value } = target.entry
  return [
    `${markdown(place.name)} · ${originName(open, { source: target.source, node: key })}`,
    fenced(text.slice(key.start, Math.max(value.end, key.end)), columnOfLine(text, key.start)),
  ]
}

/** The words of the schema for a key: what it is for, what it takes, an example. */
export function describe(key: string, schema: Schema): string {
  const lines: string[] = []
  const head = [`**${markdown(key)}**`]
  const types = typesOf(schema)
  if (types !== undefined) head.push([...types].map(typeName).join(', '))
  lines.push(head.join(' · '))
  if (schema.doc !== undefined) lines.push(schema.doc)
  const words = formsOf(schema).flatMap((form) => form.enum ?? [])
  if (words.length > 0) lines.push(t('One of: {0}', words.map((word) => markdownCode(word)).join(', ')))
  if (schema.deprecated === true) lines.push(t('Deprecated.'))
  if (schema.since !== undefined) lines.push(t('Since Compose {0}.', schema.since))
  if (schema.example !== undefined) lines.push(fenced(schema.example, 0))
  return lines.join('\n\n')
}

/** A service, network and so on: which files say something about it. */
function describeResource(open: OpenProject, path: Path): string | undefined {
  const [section, name] = path.map(String)
  const lines = [`**${markdown(name ?? '')}**`]
  if (section === 'services') {
    const service = open.project.services.get(name ?? '')
    const image = stringOf(get(service?.value, 'image'))
    if (image !== undefined) lines.push(t('Image: {0}', shownValue(open, 'image', image)))
    if (service !== undefined && service.profiles.length > 0)
      lines.push(
        t(
          'Starts with the profile {0}.',
          service.profiles.map((profile) => markdownCode(profile)).join(', '),
        ),
      )
  }
  const users = namesIn(open.yaml).filter(
    (place) => place.role === 'use' && `${place.kind}s` === section && place.name === name,
  ).length
  // Nothing needs to name a service.
  if (section !== 'services' || users > 0)
    lines.push(
      users === 0
        ? t('Nothing in this file uses it.')
        : plural(users, 'Used once in this file.', 'Used {0} times in this file.'),
    )
  const others = new Set<string>()
  for (const source of open.project.sources)
    if (source.uri !== open.doc.uri && source.scope === 'project')
      for (const place of namesIn(source.yaml))
        if (place.role === 'declaration' && `${place.kind}s` === section && place.name === name)
          others.add(originName(open, { source, node: place.entry?.key ?? source.yaml.documents[0]! }))
  if (others.size > 0) lines.push(t('Also in {0}.', [...others].join(', ')))
  return lines.length === 1 ? undefined : lines.join('\n\n')
}

async function hoverValue(
  open: OpenProject,
  path: Path,
  spot: Spot,
  offset: number,
  context: Context,
): Promise<readonly (string | undefined)[]> {
  const { node } = spot
  if (node.kind !== 'scalar') return []
  const target = quotedTarget(open, offset)
  if (target.length > 0) return target
  const own = environmentNote(open, path, node.text) ?? profileNote(open, path, node.text)
  if (own !== undefined) return [own]
  const note = effectiveNote(open, path, node) ?? knownNote(open, path, node)
  const [section, , key] = path
  const inService = section === 'services' && path.length >= 3
  if (inService && key === 'image' && path.length === 3)
    return [await imageNote(open, node.text, context), note]
  if (inService && key === 'ports' && path.length === 4) return [portNote(open, node.text), note]
  if (inService && key === 'volumes' && path.length === 4) return [mountNote(open, node.text), note]
  const inList = typeof path.at(-1) === 'number' ? schemaAt(path.slice(0, -1)) : undefined
  const schema = [schemaAt(path), inList].find((one) => (one?.enum ?? one?.doc) !== undefined)
  return [wordNote(path, node.text), schema && describe(nameOf(path), schema), note]
}

/** The key that a value belongs to, over the places it has in lists. */
const nameOf = (path: Path): string => String(path.findLast((step) => typeof step === 'string') ?? '')

/** What one of the usual words for a value means. */
function wordNote(path: Path, word: string): string | undefined {
  const detail = knownWords(path).find((one) => one.word === word)?.detail
  return detail === undefined ? undefined : `${markdownCode(word)} · ${detail()}`
}
