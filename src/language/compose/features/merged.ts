import { t } from '../../../shared/l10n.ts'
import { looksSecret, masked, maskText } from '../../../shared/masking.ts'
import { scalarText } from '../../rules/compose/edits.ts'
import type { ServiceEnvironment, ServiceVariable } from '../project/env-files.ts'
import type { LoadedProject } from '../project/load.ts'
import { folderOf, relativePath } from '../project/paths.ts'
import { fromProject } from '../project/project-paths.ts'
import { printScalar, type Item, type Value } from '../project/value.ts'
import { secretsOf } from './secrets.ts'

export interface MergedOptions {
  /** Behind each line a comment that says which file and line it comes from. */
  readonly origins: boolean
  /** Values of keys that look like secrets are replaced. */
  readonly maskSecrets: boolean
  /** The text of a file that is no part of the project's YAML, such as an `env_file`; for its line numbers. */
  readonly text?: (uri: string) => string | undefined
}

/**
 * The merged project as a compose file in long form: variables replaced, what `env_file` and `label_file` give among `environment` and
 * `labels`, services of files and profiles together.
 */
export function printMerged(project: LoadedProject, options: MergedOptions): string {
  const lines: string[] = []
  const comment = commentsOf(project, options)
  const secrets = secretsOf(project)
  const shown = (key: string, word: string): string =>
    scalarText(options.maskSecrets ? mask(key, word, secrets) : word)
  const inline = (key: string, value: Value): string | undefined => {
    if (value.kind === 'scalar') {
      if (value.type === 'unknown') return '"?"'
      if (value.type === 'null') return 'null'
      const word = endless.get(value.value) ?? printScalar(value)
      if (value.type !== 'string') return options.maskSecrets && looksSecret(key) ? maskedText : word
      return shown(key, word)
    }
    if (value.kind === 'list') return value.items.length === 0 ? '[]' : undefined
    return value.entries.size === 0 ? '{}' : undefined
  }
  const printEntry = (name: string, value: Value, indent: string, depth: number): void => {
    const word = inline(name, value)
    if (word !== undefined) lines.push(`${indent}${scalarText(name)}: ${word}${comment.of(value)}`)
    else {
      lines.push(`${indent}${scalarText(name)}:${comment.of(value)}`)
      print(value, `${indent}  `, name, depth + 1)
    }
  }
  const print = (value: Value, indent: string, key: string, depth: number): void => {
    if (value.kind === 'map')
      for (const [name, item] of value.entries)
        if (depth === 1 && key === 'services') printService(name, item, indent)
        else printEntry(name, item.value, indent, depth)
    else if (value.kind === 'list')
      for (const item of value.items) {
        const word = inline(key, item)
        if (word !== undefined) {
          lines.push(`${indent}- ${word}${comment.of(item)}`)
          continue
        }
        const start = lines.length
        print(item, `${indent}  `, key, depth + 1)
        lines[start] = `${indent}- ${(lines[start] ?? '').slice(indent.length + 2)}`
      }
  }
  const printService = (name: string, { value }: Item, indent: string): void => {
    const files = project.serviceFiles.get(name)
    if (value.kind !== 'map' || files === undefined) return printEntry(name, value, indent, 1)
    const given = new Map(Object.entries(files).filter(([, entries]) => entries.size > 0))
    if (given.size === 0) return printEntry(name, value, indent, 1)
    lines.push(`${indent}${scalarText(name)}:${comment.of(value)}`)
    for (const key of new Set([...value.entries.keys(), ...given.keys()])) {
      const entries = given.get(key)
      const item = value.entries.get(key)
      if (entries !== undefined) printGiven(key, entries, `${indent}  `)
      else if (item !== undefined) printEntry(key, item.value, `${indent}  `, 2)
    }
  }
  const printGiven = (key: string, entries: ServiceEnvironment, indent: string): void => {
    lines.push(`${indent}${key}:`)
    for (const [name, variable] of entries) {
      const word = variable.value === undefined ? 'null' : shown(name, variable.value)
      lines.push(`${indent}  ${scalarText(name)}: ${word}${comment.ofVariable(variable)}`)
    }
  }
  const model = project.model && fromProject(project.model, folderOf(project.sources[0]?.uri ?? ''))
  const name = project.environment.get('COMPOSE_PROJECT_NAME')?.value
  if (name !== undefined && model?.entries.has('name') === false) lines.push(`name: ${scalarText(name)}`)
  if (model !== undefined) print(model, '', '', 0)
  return `${lines.join('\n')}\n`
}

/** Numbers that YAML has words of its own for. */
const endless: ReadonlyMap<unknown, string> = new Map([
  [Infinity, '.inf'],
  [-Infinity, '-.inf'],
  [NaN, '.nan'],
])

const maskedText = scalarText(masked)

function mask(key: string, word: string, secrets: readonly string[]): string {
  const equals = word.indexOf('=')
  if (equals > 0 && looksSecret(word.slice(0, equals))) return `${word.slice(0, equals + 1)}${masked}`
  return looksSecret(key) && word !== '' ? masked : maskText(word, secrets)
}

interface Comments {
  of(value: Value): string
  ofVariable(variable: ServiceVariable): string
}

function commentsOf(project: LoadedProject, { origins, text }: MergedOptions): Comments {
  if (!origins) return { of: () => '', ofVariable: () => '' }
  const home = folderOf(project.sources[0]?.uri ?? '')
  const counters = new Map<string, (offset: number) => number>()
  const place = (uri: string, content: string | undefined, offset: number): string => {
    let lineOf = counters.get(uri)
    if (lineOf === undefined) counters.set(uri, (lineOf = lineCounter(content ?? '')))
    return ` # ${oneLine(relativePath(home, uri))}:${lineOf(offset)}`
  }
  const of = ({ origin: { source, node } }: Value): string => place(source.uri, source.yaml.text, node.start)
  return {
    of,
    ofVariable: ({ from, value, written }) => {
      if (from !== undefined) return place(from.uri, text?.(from.uri), from.variable.entry.start)
      if (written === undefined) return ''
      return value === undefined ? `${of(written)} (${t('not set')})` : of(written)
    },
  }
}

/** A name or message for a comment: nothing in it can end the line. */
export function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
}

/** The line of an offset, counted from 1; for offsets asked in any order. */
export function lineCounter(text: string): (offset: number) => number {
  const starts = [0]
  for (const match of text.matchAll(/\r\n|\r|\n/g)) starts.push(match.index + match[0].length)
  return (offset) => {
    let low = 0
    let high = starts.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if (starts[middle]! <= offset) low = middle
      else high = middle - 1
    }
    return low + 1
  }
}
