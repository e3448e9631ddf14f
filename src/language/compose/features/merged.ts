import type { LoadedProject } from '../project/load.ts'
import { folderOf, relativePath } from '../project/paths.ts'
import { printScalar, type Value } from '../project/value.ts'
import { scalarText } from '../../rules/compose/edits.ts'
import { looksSecret, masked } from '../../../shared/masking.ts'

export interface MergedOptions {
  /** Behind each line a comment that says which file and line it comes from. */
  readonly origins: boolean
  /** Values of keys that look like secrets are replaced. */
  readonly maskSecrets: boolean
}

/** The merged project as a compose file in long form, variables replaced, services of files and profiles together. */
export function printMerged(project: LoadedProject, options: MergedOptions): string {
  const lines: string[] = []
  const home = folderOf(project.sources[0]?.uri ?? '')
  const lineCache = new Map<string, (offset: number) => number>()
  const comment = (value: Value): string => {
    if (!options.origins) return ''
    const { source, node } = value.origin
    let lineOf = lineCache.get(source.uri)
    if (lineOf === undefined) lineCache.set(source.uri, (lineOf = lineCounter(source.yaml.text)))
    return ` # ${relativePath(home, source.uri)}:${lineOf(node.start)}`
  }
  const inline = (key: string, value: Value): string | undefined => {
    if (value.kind === 'scalar') {
      if (value.type === 'unknown') return '"?"'
      if (value.type === 'null') return 'null'
      const word = printScalar(value)
      if (value.type !== 'string') return word
      return scalarText(options.maskSecrets ? mask(key, word) : word)
    }
    if (value.kind === 'list') return value.items.length === 0 ? '[]' : undefined
    return value.entries.size === 0 ? '{}' : undefined
  }
  const print = (value: Value, indent: string, key: string): void => {
    if (value.kind === 'map')
      for (const [name, item] of value.entries) {
        const word = inline(name, item.value)
        if (word !== undefined) lines.push(`${indent}${scalarText(name)}: ${word}${comment(item.value)}`)
        else {
          lines.push(`${indent}${scalarText(name)}:${comment(item.value)}`)
          print(item.value, `${indent}  `, name)
        }
      }
    else if (value.kind === 'list')
      for (const item of value.items) {
        const word = inline(key, item)
        if (word !== undefined) {
          lines.push(`${indent}- ${word}${comment(item)}`)
          continue
        }
        const start = lines.length
        print(item, `${indent}  `, key)
        lines[start] = `${indent}- ${(lines[start] ?? '').slice(indent.length + 2)}`
      }
  }
  if (project.model !== undefined) print(project.model, '', '')
  return `${lines.join('\n')}\n`
}

function mask(key: string, word: string): string {
  const equals = word.indexOf('=')
  if (equals > 0 && looksSecret(word.slice(0, equals))) return `${word.slice(0, equals + 1)}${masked}`
  return looksSecret(key) ? masked : word
}

/** The line of an offset, counted from 1; for offsets asked in any order. */
function lineCounter(text: string): (offset: number) => number {
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
