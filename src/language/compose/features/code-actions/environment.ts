import { t } from '../../../../shared/l10n.ts'
import type { CodeAction } from '../../../answers.ts'
import { quoted, scalarText } from '../../../rules/compose/edits.ts'
import { columnOf, indentStep, lineBreakOf } from '../../insert.ts'
import type { YamlNode } from '../../yaml/nodes.ts'
import { nodeAtDepth, rewrite, type ActionPlace } from './place.ts'

const keys = new Set(['environment', 'labels', 'annotations', 'sysctls'])

/** Between `- NAME=value` and `NAME: value`. Comments inside would be lost, so such a list stays as it is. */
export function convertEnvironment(place: ActionPlace): readonly CodeAction[] {
  const { path, yaml } = place
  if (path[0] !== 'services' || !keys.has(String(path[2]))) return []
  const node = nodeAtDepth(place, 3)
  const service = nodeAtDepth(place, 2)
  if (node === undefined || service?.kind !== 'map' || service.flow || node.anchor !== undefined) return []
  if (yaml.comments.some(({ start }) => start > node.start && start < node.end)) return []
  const indent = ' '.repeat(columnOf(yaml.text, service.start) + indentStep(yaml))
  const lines =
    node.kind === 'list' ? mapLines(node.items) : node.kind === 'map' ? listLines(node.entries) : undefined
  if (lines === undefined || lines.length === 0) return []
  const entry = service.entries.find(({ value }) => value === node)
  if (entry === undefined) return []
  const eol = lineBreakOf(yaml.text)
  const start = yaml.text.indexOf(':', entry.key.end) + 1
  const newText = eol + lines.map((line) => indent + line).join(eol)
  const title =
    node.kind === 'list'
      ? t('Write `{0}` as a mapping', String(path[2]))
      : t('Write `{0}` as a list', String(path[2]))
  return [rewrite(title, [{ range: { start, end: node.end }, newText }])]
}

function mapLines(items: readonly YamlNode[]): readonly string[] | undefined {
  const names = new Set<string>()
  const lines: string[] = []
  for (const item of items) {
    if (item.kind !== 'scalar' || item.anchor !== undefined) return undefined
    const equals = item.text.indexOf('=')
    const name = equals < 0 ? item.text : item.text.slice(0, equals)
    if (name === '' || names.has(name)) return undefined
    names.add(name)
    lines.push(
      equals < 0 ? `${scalarText(name)}:` : `${scalarText(name)}: ${valueText(item.text.slice(equals + 1))}`,
    )
  }
  return lines
}

function valueText(value: string): string {
  return value === '' ? '""' : scalarText(value)
}

function listLines(
  entries: readonly { readonly key: YamlNode; readonly value: YamlNode }[],
): readonly string[] | undefined {
  const lines: string[] = []
  for (const { key, value } of entries) {
    if (key.kind !== 'scalar' || value.kind !== 'scalar' || value.anchor !== undefined || key.text === '<<')
      return undefined
    const empty = value.style === 'plain' && /^(?:|~|null)$/i.test(value.text)
    const word = empty ? key.text : `${key.text}=${value.text}`
    const text = scalarText(word)
    lines.push(`- ${/[\n\r]/.test(word) ? quoted(word) : text}`)
  }
  return lines
}
