import type { Symbol, SymbolKind } from '../../answers.ts'
import type { MapEntry, YamlFile, YamlNode } from '../yaml/nodes.ts'

/** So many entries an outline may have; a generated file could have a million. */
const limit = 5000

/** The outline: sections, services and what they hold. */
export function symbols(yaml: YamlFile): readonly Symbol[] {
  let left = limit
  const ofEntry = (entry: MapEntry, depth: number): Symbol => {
    const { key, value } = entry
    const nameRange = { start: key.start, end: key.end }
    const name =
      key.kind === 'scalar' ? key.text : yaml.text.slice(key.start, Math.min(key.end, key.start + 40))
    const detail =
      value.kind === 'scalar' ? oneLine(value.text) : value.kind === 'alias' ? `*${value.name}` : ''
    return {
      name: name === '' ? '…' : oneLine(name),
      ...(detail === '' ? {} : { detail }),
      kind: kindOf(value, depth),
      range: { start: key.start, end: Math.max(key.end, value.end) },
      nameRange,
      children: childrenOf(value, depth + 1),
    }
  }
  const childrenOf = (node: YamlNode, depth: number): readonly Symbol[] => {
    if (node.kind !== 'map' || depth > 6) return []
    const children: Symbol[] = []
    for (const entry of node.entries) {
      if (--left < 0) break
      children.push(ofEntry(entry, depth))
    }
    return children
  }
  return yaml.documents.flatMap((root) => childrenOf(root, 0))
}

function kindOf(value: YamlNode, depth: number): SymbolKind {
  if (depth === 0) return 'object'
  if (value.kind === 'map') return depth === 1 ? 'stage' : 'object'
  return value.kind === 'list' ? 'key' : 'string'
}

function oneLine(text: string): string {
  const line = text.split(/[\r\n]/, 1)[0] ?? ''
  return line.length > 80 ? `${line.slice(0, 80)}…` : line
}
