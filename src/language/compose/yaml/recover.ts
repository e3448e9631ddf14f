import { Composer, isAlias, isMap, isScalar, isSeq, Parser, type Node } from 'yaml'
import type { MapEntry, Property, ScalarStyle, YamlNode } from './nodes.ts'
import { depthLimit } from './scan.ts'

const styles: ReadonlyMap<string, ScalarStyle> = new Map([
  ['QUOTE_SINGLE', 'single'],
  ['QUOTE_DOUBLE', 'double'],
  ['BLOCK_LITERAL', 'literal'],
  ['BLOCK_FOLDED', 'folded'],
])

/**
 * What can still be read of a text at which the engine's reader stops: the reader of the `yaml` package goes on where
 * ours does not. Serves completion, hover and the outline while a line is half typed; verdicts never come from it.
 */
export function recover(text: string): readonly YamlNode[] {
  if (nestsDeeply(text)) return []
  // `yaml` knows no lone carriage return as a break; the replacement keeps every offset.
  const lines = text.replace(/\r(?!\n)/g, '\n')
  const composer = new Composer({ uniqueKeys: false, logLevel: 'silent', schema: 'failsafe' })
  const roots: YamlNode[] = []
  for (const document of composer.compose(new Parser().parse(lines), true, lines.length)) {
    const root = document.contents as Node | null
    roots.push(root === null ? emptyAt(document.range[1]) : convert(root, 0))
  }
  return roots
}

/**
 * A bound from above for how deeply a text nests, in one pass: brackets, dashes, question marks and indentation. The
 * `yaml` package recurses, and a thousand levels abort the process.
 */
export function nestsDeeply(text: string): boolean {
  let brackets = 0
  const columns: number[] = []
  let signs = 0
  let column = 0
  let leading = true
  for (let offset = 0; offset < text.length; offset++) {
    const character = text[offset]
    if (character === '\n' || character === '\r') {
      column = 0
      leading = true
      signs = 0
      continue
    }
    if (character === '[' || character === '{') brackets++
    else if ((character === ']' || character === '}') && brackets > 0) brackets--
    if (leading && character !== ' ' && character !== '\t') {
      if (signs === 0) {
        while (columns.length > 0 && (columns[columns.length - 1] ?? 0) >= column) columns.pop()
        columns.push(column)
      }
      if (character === '-' || character === '?' || character === ':') signs++
      else leading = false
    }
    column++
    if (brackets + columns.length + signs > depthLimit) return true
  }
  return false
}

function emptyAt(offset: number): YamlNode {
  return { kind: 'scalar', text: '', style: 'plain', start: offset, end: offset }
}

function convert(node: Node, depth: number): YamlNode {
  const [start, end] = node.range ?? [0, 0]
  const named = isAlias(node) ? undefined : (node as { anchor?: string; tag?: string })
  const property = (name: string | undefined): Property | undefined =>
    name === undefined ? undefined : { name, start, end: start }
  const anchor = property(named?.anchor)
  const tag = named?.tag?.startsWith('!') === true ? property(named.tag) : undefined
  const properties = { ...(anchor === undefined ? {} : { anchor }), ...(tag === undefined ? {} : { tag }) }
  if (depth > depthLimit) return emptyAt(start)
  if (isAlias(node)) return { kind: 'alias', name: node.source, start, end }
  if (isScalar(node)) {
    const style = styles.get(node.type ?? '') ?? 'plain'
    const text = typeof node.value === 'string' ? node.value : node.value == null ? '' : (node.source ?? '')
    return { kind: 'scalar', text, style, start, end, ...properties }
  }
  if (isSeq(node)) {
    const items = node.items.map((item) => convertAny(item, end, depth))
    return {
      kind: 'list',
      flow: node.flow === true,
      items,
      start,
      end: lastEnd(items, start, end),
      ...properties,
    }
  }
  if (!isMap(node)) return emptyAt(start)
  const entries: MapEntry[] = []
  for (const pair of node.items) {
    const key = convertAny(pair.key, start, depth)
    entries.push({ key, value: convertAny(pair.value, key.end, depth) })
  }
  const ends = entries.map((entry) => (entry.value.end > entry.key.end ? entry.value : entry.key))
  const flow = node.flow === true
  return { kind: 'map', flow, entries, start, end: flow ? end : lastEnd(ends, start, end), ...properties }
}

function convertAny(item: unknown, fallback: number, depth: number): YamlNode {
  return item !== null && typeof item === 'object' && 'range' in item
    ? convert(item as Node, depth + 1)
    : emptyAt(fallback)
}

function lastEnd(nodes: readonly YamlNode[], start: number, end: number): number {
  const last = nodes[nodes.length - 1]
  return last === undefined ? end : Math.max(start, last.end)
}
