import type { YamlNode } from '../yaml/nodes.ts'

/** Whether two texts read the same: kinds, texts, styles, anchors and tags of all nodes. */
export function sameNodes(a: YamlNode, b: YamlNode | undefined): boolean {
  if (b === undefined || a.anchor?.name !== b.anchor?.name || a.tag?.name !== b.tag?.name) return false
  if (a.kind === 'scalar' && b.kind === 'scalar') return a.text === b.text && a.style === b.style
  if (a.kind === 'alias' && b.kind === 'alias') return a.name === b.name
  if (a.kind === 'list' && b.kind === 'list')
    return (
      a.flow === b.flow &&
      a.items.length === b.items.length &&
      a.items.every((item, index) => sameNodes(item, b.items[index]))
    )
  if (a.kind === 'map' && b.kind === 'map')
    return (
      a.flow === b.flow &&
      a.entries.length === b.entries.length &&
      a.entries.every((entry, index) => {
        const other = b.entries[index]
        return other !== undefined && sameNodes(entry.key, other.key) && sameNodes(entry.value, other.value)
      })
    )
  return false
}
