import { t } from '../../../shared/l10n.ts'
import type { TextEdit } from '../../../shared/text-range.ts'
import { scalarText } from '../../rules/compose/edits.ts'
import type { Fix } from '../../rules/rule.ts'
import type { ListValue, MapValue, ScalarValue, Value } from '../project/value.ts'
import { halfKey } from '../yaml/half-key.ts'
import type { JsonType } from './schema.ts'

/** What was meant by a value of a wrong type, where that is plain to see. */
export interface Slip {
  readonly message?: string
  readonly fix: Fix
}

/** A mapping as an entry of a list that takes `name=value`, a list or a mapping for want of a blank, one text for a list. */
export function slipIn(
  value: Value,
  wanted: ReadonlySet<JsonType>,
  path: readonly string[],
): Slip | undefined {
  if (value.kind === 'map')
    return wanted.has('string') && path.at(-1) === '[]' ? asPair(value, path) : undefined
  if (value.kind === 'list') return path.length === 1 && wanted.has('object') ? asNames(value) : undefined
  if (value.kind !== 'scalar' || value.type !== 'string' || value.origin.node.kind !== 'scalar')
    return undefined
  const { node, source } = value.origin
  const { text } = source.yaml
  const plain = node.style === 'plain' && node.anchor === undefined && node.tag === undefined
  if (wanted.has('array'))
    return (plain ? withoutBlank(text, node.start, node.end) : undefined) ?? asList(value)
  return plain && wanted.has('object') ? halfKey(text, node.start, node.end) : undefined
}

const signs: ReadonlyMap<string, string> = new Map([
  ['environment', '='],
  ['labels', '='],
  ['annotations', '='],
  ['sysctls', '='],
  ['args', '='],
  ['additional_contexts', '='],
  ['extra_hosts', ':'],
])

/** `- A: b` where `- A=b` is read. */
function asPair(value: MapValue, path: readonly string[]): Slip | undefined {
  const sign = signs.get(path.at(-2) ?? '')
  const [[name, item] = [], ...more] = value.entries
  const { node } = value.origin
  if (sign === undefined || name === undefined || item === undefined || more.length > 0) return undefined
  if (item.value.kind !== 'scalar' || item.value.origin.node.kind !== 'scalar' || node.kind !== 'map')
    return undefined
  const pair = scalarText(`${name}${sign}${item.value.origin.node.text}`, node.flow)
  return {
    message: t('A list takes `{0}` here, not a mapping.', pair),
    fix: {
      title: t('Write `{0}`', pair),
      edits: [{ range: { start: node.start, end: node.end }, newText: pair }],
    },
  }
}

/** `-80:80`, line by line. */
function withoutBlank(text: string, start: number, end: number): Slip | undefined {
  const lines = text.slice(start, end).split(/\r\n|\r|\n/)
  if (!lines.every((line) => /^ *-[^\s-]/.test(line)) || /-\d+$/.test(lines[0] ?? '')) return undefined
  const edits = [...text.slice(start, end).matchAll(/(?<=^ *-)/gm)].map(({ index }) => ({
    range: { start: start + index, end: start + index },
    newText: ' ',
  }))
  return {
    message: t('A space must follow the dash of a list entry.'),
    fix: { title: t('Put a space after the dash'), edits },
  }
}

/** `- front` where `front:` declares it. */
function asNames({ items, origin }: ListValue): Slip | undefined {
  const { node, source } = origin
  if (node.kind !== 'list' || node.flow || items.length === 0) return undefined
  const edits: TextEdit[] = []
  for (const { origin: item } of items) {
    const dash = source.yaml.text.lastIndexOf('-', item.node.start - 1)
    if (item.source !== source || item.node.kind !== 'scalar' || !/^[\w.-]+$/.test(item.node.text))
      return undefined
    edits.push(
      { range: { start: dash, end: item.node.start }, newText: '' },
      { range: { start: item.node.end, end: item.node.end }, newText: ':' },
    )
  }
  // Keys, unlike dashes, must stand deeper than the key above them.
  const step = /^$|[\r\n]/.test(source.yaml.text.slice(Math.max(0, node.start - 1), node.start)) ? '  ' : ''
  const indented = edits.map((edit, index) => (index % 2 === 0 ? { ...edit, newText: step } : edit))
  return { fix: { title: t('Make it a mapping'), edits: indented } }
}

/** The one text as the only entry. */
function asList({ value, origin }: ScalarValue): Slip | undefined {
  const { node, source } = origin
  if (node.kind !== 'scalar' || node.style === 'literal' || node.style === 'folded' || value === '')
    return undefined
  const { text } = source.yaml
  const written = text.slice(node.start, node.end)
  const inBlock = /(?:^|[\r\n]) *$/.test(text.slice(Math.max(0, node.start - 200), node.start))
  const lines = written.split(/\r\n|\r|\n/)
  if (node.anchor !== undefined || node.tag !== undefined) return undefined
  if (lines.length > 1 && !(inBlock && lines.every((line) => /^ *[\w.-]+=/.test(line)))) return undefined
  const entry = inBlock
    ? written.replace(/^ *(?=\S)/gm, '$&- ')
    : `[${node.style === 'plain' ? scalarText(node.text, true) : written}]`
  return {
    fix: {
      title: t('Make it a list'),
      edits: [{ range: { start: node.start, end: node.end }, newText: entry }],
    },
  }
}
