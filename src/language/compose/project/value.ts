import type { YamlFile, YamlNode } from '../yaml/nodes.ts'
import type { ScalarType } from '../yaml/scalars.ts'

/** A file that takes part in a project. */
export interface Source {
  readonly uri: string
  readonly yaml: YamlFile
  /** The folder its relative paths start from. */
  readonly folder: string
  /** Files that share their names have the same scope: `project`, or for a file that is only extended its URI. */
  readonly scope: string
}

/** The place a value was written at. What is computed keeps the place of what it was computed from. */
export interface Origin {
  readonly source: Source
  readonly node: YamlNode
}

export interface ScalarValue {
  readonly kind: 'scalar'
  /** `unknown`: a value that could not be worked out; whatever looks at it keeps silent. */
  readonly type: ScalarType | 'unknown'
  readonly value: string | number | boolean | null
  readonly origin: Origin
}

export interface ListValue {
  readonly kind: 'list'
  readonly items: readonly Value[]
  readonly origin: Origin
}

/** One entry of a mapping: where its key stands and its value. */
export interface Item {
  readonly key: Origin
  readonly value: Value
}

export interface MapValue {
  readonly kind: 'map'
  readonly entries: ReadonlyMap<string, Item>
  readonly origin: Origin
}

export type Value = ScalarValue | ListValue | MapValue

/** The keys and list positions that lead to a value; `[]` stands for any list position where casts are looked up. */
export type Path = readonly string[]

export function get(value: Value | undefined, ...keys: readonly string[]): Value | undefined {
  let current = value
  for (const key of keys) {
    if (current?.kind !== 'map') return undefined
    current = current.entries.get(key)?.value
  }
  return current
}

export function itemOf(value: Value | undefined, key: string): Item | undefined {
  return value?.kind === 'map' ? value.entries.get(key) : undefined
}

/** The text of a string scalar. */
export function stringOf(value: Value | undefined): string | undefined {
  return value?.kind === 'scalar' && value.type === 'string' ? String(value.value) : undefined
}

export function isNull(value: Value | undefined): boolean {
  return value?.kind === 'scalar' && value.type === 'null'
}

export function isUnknown(value: Value | undefined): boolean {
  return value?.kind === 'scalar' && value.type === 'unknown'
}

export function text(value: string, origin: Origin): ScalarValue {
  return { kind: 'scalar', type: 'string', value, origin }
}

export function flag(value: boolean, origin: Origin): ScalarValue {
  return { kind: 'scalar', type: 'bool', value, origin }
}

export function nothing(origin: Origin): ScalarValue {
  return { kind: 'scalar', type: 'null', value: null, origin }
}

export function unknown(origin: Origin): ScalarValue {
  return { kind: 'scalar', type: 'unknown', value: null, origin }
}

export function list(items: readonly Value[], origin: Origin): ListValue {
  return { kind: 'list', items, origin }
}

export function map(entries: ReadonlyMap<string, Item>, origin: Origin): MapValue {
  return { kind: 'map', entries, origin }
}

/** A copy with some entries set; the others and the order stay. */
export function withEntries(value: MapValue, changed: ReadonlyMap<string, Item>): MapValue {
  const entries = new Map(value.entries)
  for (const [key, item] of changed) entries.set(key, item)
  return { ...value, entries }
}

/** A scalar as the engine prints it: `true`, `8080`, `1.5`. */
export function printScalar({ type, value, origin: { node } }: ScalarValue): string {
  if (value === null) return ''
  // Whole numbers have 64 bits in the engine; the digits are in the text.
  if (type === 'int' && !Number.isSafeInteger(value) && node.kind === 'scalar' && /^\d+$/.test(node.text))
    return node.text
  return String(value)
}

export function sameValue(a: Value, b: Value): boolean {
  if (a.kind === 'scalar' && b.kind === 'scalar') {
    if (a.type === 'unknown' || b.type === 'unknown') return false
    return Object.is(a.value, b.value) && (a.type === 'null') === (b.type === 'null')
  }
  if (a.kind === 'list' && b.kind === 'list')
    return (
      a.items.length === b.items.length && a.items.every((item, index) => sameValue(item, b.items[index]!))
    )
  if (a.kind === 'map' && b.kind === 'map') {
    if (a.entries.size !== b.entries.size) return false
    for (const [key, item] of a.entries) {
      const other = b.entries.get(key)
      if (other === undefined || !sameValue(item.value, other.value)) return false
    }
    return true
  }
  return false
}
