import { t } from '../../../shared/l10n.ts'
import { looksSecret, masked, maskText } from '../../../shared/masking.ts'
import { markdown, markdownCode } from '../../../shared/sinks.ts'
import type { OpenProject } from '../open.ts'
import type { Variable } from '../project/model.ts'
import { folderOf, relativePath } from '../project/paths.ts'
import { get, isUnknown, printScalar, type Origin, type Value } from '../project/value.ts'
import { substitute } from '../../../shared/dotenv/template.ts'
import type { ScalarNode } from '../yaml/nodes.ts'
import type { Path } from '../yaml/tree.ts'
import { secretsOf } from './secrets.ts'

/** `compose.override.yaml`, line 5: where something was written, for a reader of this document. */
export function placeName(open: OpenProject, uri: string, text: string, offset: number): string {
  const line = text.slice(0, offset).split(/\r\n|\r|\n/).length
  const name = uri === open.doc.uri ? t('this file') : markdownCode(relativePath(folderOf(open.doc.uri), uri))
  return t('{0}, line {1}', name, line)
}

export function originName(open: OpenProject, origin: Origin): string {
  return placeName(open, origin.source.uri, origin.source.yaml.text, origin.node.start)
}

/** The value at a path of the merged project, in long form; undefined where the forms differ too much to be found. */
export function effectiveValue(open: OpenProject, path: Path): Value | undefined {
  if (path.some((step) => typeof step === 'number')) return undefined
  return get(open.project.model, ...path.map(String))
}

/** A value for Markdown: secrets by the name of their key, and what secret variables put into it, are masked. */
export function shownValue({ project }: OpenProject, key: string, value: string): string {
  return markdownCode(looksSecret(key) ? masked : maskText(value, secretsOf(project)), 300)
}

/** A text with its variables replaced; undefined where one is not set, or where only the user's shell knows its value. */
export function knownText(open: OpenProject, text: string): string | undefined {
  if (!text.includes('$')) return text
  const { environment } = open.project
  const { value, unset, faults, cut } = substitute(text, (name) => {
    const variable = environment.get(name)
    return variable === undefined || isKnown(name, variable) ? variable?.value : unknownMark
  })
  const isWhole = unset.length === 0 && faults.length === 0 && !cut && !value.includes(unknownMark)
  return isWhole ? value : undefined
}

/** No text of a file that can be read has it. */
const unknownMark = '\u0000'

const isKnown = (name: string, { from }: Variable): boolean =>
  from !== undefined || name === 'COMPOSE_PROJECT_NAME'

/** What a text with variables comes to, where the merged project cannot be asked for it. */
export function knownNote(open: OpenProject, path: Path, { text }: ScalarNode): string | undefined {
  const known = text.includes('$') ? knownText(open, text) : undefined
  return known === undefined || known === text
    ? undefined
    : t('Value: {0}', shownValue(open, String(path.at(-1) ?? ''), known))
}

/** What the merged project holds at a path, if it is not what is written at `here`. */
export function effectiveNote(
  open: OpenProject,
  path: Path,
  here: { start: number; end: number },
): string | undefined {
  const value = effectiveValue(open, path)
  if (value?.kind !== 'scalar' || isUnknown(value)) return undefined
  const key = String(path.at(-1) ?? '')
  const { origin } = value
  const isHere = origin.source.uri === open.doc.uri && origin.node.start === here.start
  const shown = printScalar(value)
  const written = open.doc.text.slice(here.start, here.end)
  if (isHere && (shown === written || written.includes(shown) || !written.includes('$'))) return undefined
  if (isHere) return t('Value: {0}', shownValue(open, key, shown))
  return t('Value: {0}, from {1}', shownValue(open, key, shown), originName(open, origin))
}

/** A variable with its value and where that comes from. */
export function variableNote(open: OpenProject, name: string): string {
  const variable = open.project.environment.get(name)
  const lines = [`**${markdown(name)}**`]
  if (variable === undefined)
    lines.push(t('Not set, here or in `.env`: an empty text is used, or the default.'))
  else lines.push(valueAndOrigin(open, name, variable))
  return lines.join('\n\n')
}

function valueAndOrigin(open: OpenProject, name: string, variable: Variable): string {
  if (name === 'COMPOSE_PROJECT_NAME') return t('The name of the project: {0}', markdownCode(variable.value))
  const { from } = variable
  if (from === undefined) return t('Set by the shell.')
  const text = open.files.text(from.uri) ?? ''
  return t(
    'Value: {0}, from {1}',
    shownValue(open, name, variable.value),
    placeName(open, from.uri, text, from.variable.entry.start),
  )
}
