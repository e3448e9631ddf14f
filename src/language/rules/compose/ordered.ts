import { keyText, type MapEntry, type YamlNode } from '../../compose/yaml/nodes.ts'
import type { Ordered } from './order.ts'

/** The entries of a mapping; none where a key is no plain name. */
export function orderedEntries(entries: readonly MapEntry[]): readonly Ordered[] {
  const ordered: Ordered[] = []
  for (const entry of entries) {
    const name = keyText(entry)
    if (name === undefined || name === '<<') return []
    ordered.push({ at: entry.key, value: entry.value, name })
  }
  return ordered
}

/** The items of a list of single words; none where one of them is something else. */
export function orderedItems(node: YamlNode | undefined): readonly Ordered[] {
  if (node?.kind !== 'list' || node.flow) return []
  const ordered: Ordered[] = []
  for (const item of node.items) {
    if (item.kind !== 'scalar' || item.text === '') return []
    ordered.push({ at: item, value: item, name: item.text })
  }
  return ordered
}

/** By the alphabet, numbers within names by their size; the same everywhere, whatever the language of the machine. */
export function byName(a: { readonly name: string }, b: { readonly name: string }): number {
  return a.name.localeCompare(b.name, 'en', { numeric: true })
}

/** In the order of a list; what is not in it comes after, as it stands. */
export function byPlace(
  places: readonly string[],
): (a: { readonly name: string }, b: { readonly name: string }) => number {
  const placeOf = new Map(places.map((name, index) => [name, index]))
  return (a, b) => (placeOf.get(a.name) ?? places.length) - (placeOf.get(b.name) ?? places.length)
}
