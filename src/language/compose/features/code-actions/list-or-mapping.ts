import { t } from '../../../../shared/l10n.ts'
import type { CodeAction } from '../../../answers.ts'
import { quoted, scalarText } from '../../../rules/compose/edits.ts'
import type { MapEntry, ScalarNode, YamlNode } from '../../yaml/nodes.ts'
import { resolveScalar } from '../../yaml/scalars.ts'
import type { Path } from '../../yaml/tree.ts'
import { entryAtDepth, nodeAtDepth, rewrite, type ActionPlace } from './place.ts'
import { rewriteValue, type Piece } from './rewrite-value.ts'

/** Between `- NAME=value` and `NAME: value`. */
export function convertListOrMapping(place: ActionPlace): readonly CodeAction[] {
  const { path, yaml } = place
  const depth = depthIn(path)
  if (depth === undefined || path.length < depth) return []
  const entry = entryAtDepth(place, depth)
  const parent = nodeAtDepth(place, depth - 1)
  if (entry === undefined || parent?.kind !== 'map') return []
  const { key, value } = entry
  const name = key.kind === 'scalar' ? key.text : ''
  const separator = name === 'extra_hosts' ? /[=:]/ : /=/
  const list = value.kind === 'list' ? mapPieces(value.items, separator) : undefined
  const pieces = value.kind === 'map' ? listPieces(value.entries) : list
  if (pieces === undefined || (value.kind !== 'list' && value.kind !== 'map')) return []
  const edit = rewriteValue(yaml, parent, { key, value }, pieces)
  const title = value.kind === 'list' ? t('Write `{0}` as a mapping', name) : t('Write `{0}` as a list', name)
  return edit === undefined ? [] : [rewrite(title, [edit])]
}

const inServices = new Set(['environment', 'labels', 'annotations', 'sysctls', 'extra_hosts'])
const inBuild = new Set(['args', 'labels', 'extra_hosts', 'additional_contexts'])
const labelled = new Set(['networks', 'volumes', 'secrets', 'configs'])

/** How deep the value lies that may be a list or a mapping. */
function depthIn([section, , key, third]: Path): number | undefined {
  if (labelled.has(String(section))) return key === 'labels' ? 3 : undefined
  if (section !== 'services') return undefined
  if (inServices.has(String(key))) return 3
  if (key === 'build' && inBuild.has(String(third))) return 4
  return key === 'deploy' && third === 'labels' ? 4 : undefined
}

function mapPieces(items: readonly YamlNode[], separator: RegExp): readonly Piece[] | undefined {
  const names = new Set<string>()
  const pieces: Piece[] = []
  for (const item of items) {
    if (item.kind !== 'scalar' || item.anchor !== undefined) return undefined
    const at = item.text.search(separator)
    const name = at < 0 ? item.text : item.text.slice(0, at)
    if (name === '' || names.has(name)) return undefined
    names.add(name)
    const value = at < 0 ? '' : ` ${scalarText(item.text.slice(at + 1))}`
    pieces.push({ start: item.start, end: item.end, lines: [`${scalarText(name)}:${value}`] })
  }
  return pieces
}

function listPieces(entries: readonly MapEntry[]): readonly Piece[] | undefined {
  const pieces: Piece[] = []
  for (const { key, value } of entries) {
    if (key.kind !== 'scalar' || value.kind !== 'scalar' || value.anchor !== undefined || key.text === '<<')
      return undefined
    const text = engineText(value)
    const word = text === undefined ? key.text : `${key.text}=${text}`
    pieces.push({
      start: key.start,
      end: Math.max(key.end, value.end),
      lines: [`- ${/[\n\r]/.test(word) ? quoted(word) : scalarText(word)}`],
    })
  }
  return pieces
}

/** A value as the engine reads it from a mapping, where `1.10` is a number; undefined for none. */
function engineText(node: ScalarNode): string | undefined {
  const resolved = resolveScalar(node)
  if ('fault' in resolved) return node.text
  if (resolved.type === 'null') return undefined
  const { value } = resolved
  return typeof value === 'number' && Math.abs(value) <= Number.MAX_SAFE_INTEGER ? String(value) : node.text
}
