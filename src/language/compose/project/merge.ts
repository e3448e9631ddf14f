import { t } from '../../../shared/l10n.ts'
import type { Problems } from './problem.ts'
import {
  flag,
  isNull,
  isUnknown,
  list,
  map,
  nothing,
  printScalar,
  sameValue,
  stringOf,
  text,
  type Item,
  type MapValue,
  type Path,
  type Value,
} from './value.ts'

type Merger = (base: Value, over: Value, path: Path, problems: Problems) => Value

/** What is laid over by rules of its own; the name of a service, network or volume is `*`. */
const special: ReadonlyMap<string, Merger> = new Map<string, Merger>([
  ['networks.*.ipam.config', mergePools],
  ['networks.*.labels', joinAsLists],
  ['volumes.*.labels', joinAsLists],
  ['services.*.build', mergeBuild],
  ['services.*.build.extra_hosts', joinHosts],
  ['services.*.command', takeOver],
  ['services.*.depends_on', mergeDependencies],
  ['services.*.entrypoint', takeOver],
  ['services.*.extra_hosts', joinHosts],
  ['services.*.healthcheck.test', takeOver],
  ['services.*.logging', mergeLogging],
  ['services.*.models', mergeNames],
  ['services.*.networks', mergeNames],
  ['services.*.ulimits.*', (base, over) => (isNull(over) ? base : over)],
  ...[
    'annotations',
    'build.args',
    'build.additional_contexts',
    'build.labels',
    'deploy.labels',
    'dns',
    'dns_opt',
    'dns_search',
    'env_file',
    'label_file',
    'environment',
    'labels',
    'sysctls',
    'tmpfs',
  ].map((key) => [`services.*.${key}`, joinAsLists] as const),
])

function mergerAt(path: Path): Merger | undefined {
  if (path.length < 3) return undefined
  const [root = '', , ...rest] = path
  if (rest[0] === 'ulimits' && rest.length === 2) return special.get(`${root}.*.ulimits.*`)
  return special.get(`${root}.*.${rest.join('.')}`)
}

/** Lays one model over another, as the engine does with override files, extended services and further documents. */
export function merge(base: MapValue, over: MapValue, problems: Problems): MapValue {
  return mergeMaps(base, over, [], problems)
}

/** Lays a service over the one it extends. */
export function mergeService(base: MapValue, over: MapValue, problems: Problems): MapValue {
  return mergeMaps(base, over, ['services', 'x'], problems)
}

function mergeValues(base: Value, over: Value, path: Path, problems: Problems): Value {
  if (isUnknown(base) || isUnknown(over)) return over
  const merger = mergerAt(path)
  if (merger !== undefined) return merger(base, over, path, problems)
  if (isNull(over)) return base
  if (base.kind === 'map' && over.kind === 'map') return mergeMaps(base, over, path, problems)
  if (base.kind === 'list' && over.kind === 'list') return list([...base.items, ...over.items], over.origin)
  if (base.kind === 'scalar') return over
  problems.add(
    'cannot-merge',
    base.kind === 'map'
      ? t('This must be a mapping, like what it is laid over.')
      : t('This must be a list, like what it is laid over.'),
    over.origin,
  )
  return base
}

function mergeMaps(base: MapValue, over: MapValue, path: Path, problems: Problems): MapValue {
  const entries = new Map(base.entries)
  for (const [key, item] of over.entries) {
    const before = entries.get(key)
    const value =
      before === undefined ? item.value : mergeValues(before.value, item.value, [...path, key], problems)
    entries.set(key, { key: item.key, value })
  }
  return map(entries, base.entries.size === 0 ? over.origin : base.origin)
}

function takeOver(_base: Value, over: Value): Value {
  return over
}

function mergeBuild(base: Value, over: Value, path: Path, problems: Problems): Value {
  const asMap = (value: Value): MapValue | undefined => {
    if (value.kind === 'map') return value
    if (stringOf(value) === undefined) return undefined
    return map(new Map([['context', { key: value.origin, value }]]), value.origin)
  }
  const [below, above] = [asMap(base), asMap(over)]
  if (below === undefined || above === undefined) return above ?? below ?? over
  return mergeMaps(below, above, path, problems)
}

function mergeLogging(base: Value, over: Value, path: Path, problems: Problems): Value {
  if (base.kind !== 'map' || over.kind !== 'map') return over
  const below = base.entries.get('driver')?.value
  const above = over.entries.get('driver')?.value
  if (below === undefined || above === undefined || sameValue(below, above))
    return mergeMaps(base, over, path, problems)
  return over
}

/** A list of names as a mapping of the names to what `valueOf` makes. */
export function namesToMap(value: Value, valueOf: (name: Value) => Value): MapValue | undefined {
  if (value.kind === 'map') return value
  if (value.kind !== 'list') return undefined
  const entries = new Map<string, Item>()
  for (const item of value.items) {
    const name = stringOf(item)
    if (name !== undefined) entries.set(name, { key: item.origin, value: valueOf(item) })
  }
  return map(entries, value.origin)
}

export function plainDependency(name: Value): MapValue {
  const { origin } = name
  return map(
    new Map([
      ['condition', { key: origin, value: text('service_started', origin) }],
      ['required', { key: origin, value: flag(true, origin) }],
    ]),
    origin,
  )
}

function mergeDependencies(base: Value, over: Value, path: Path, problems: Problems): Value {
  const below = namesToMap(base, plainDependency)
  const above = namesToMap(over, plainDependency)
  if (below === undefined || above === undefined) return above ?? below ?? over
  return mergeMaps(below, above, path, problems)
}

function mergeNames(base: Value, over: Value, path: Path, problems: Problems): Value {
  const below = namesToMap(base, (name) => nothing(name.origin))
  const above = namesToMap(over, (name) => nothing(name.origin))
  if (below === undefined || above === undefined) return above ?? below ?? over
  return mergeMaps(below, above, path, problems)
}

/** A mapping as a list of `key=value`, sorted; a text as a list of one. */
function asList(value: Value): readonly Value[] {
  if (value.kind === 'list') return value.items
  if (value.kind === 'scalar') return value.type === 'string' ? [value] : []
  const items: { word: string; value: Value }[] = []
  for (const [key, item] of value.entries) {
    const inner = item.value
    if (isUnknown(inner)) items.push({ word: key, value: inner })
    else if (inner.kind === 'list')
      for (const one of inner.items) {
        const word = `${key}=${one.kind === 'scalar' ? printScalar(one) : ''}`
        items.push({ word, value: text(word, one.origin) })
      }
    else {
      const word = inner.kind === 'scalar' && inner.type !== 'null' ? `${key}=${printScalar(inner)}` : key
      items.push({
        word,
        value: text(word, inner.kind === 'scalar' && inner.type !== 'null' ? inner.origin : item.key),
      })
    }
  }
  items.sort((a, b) => (a.word < b.word ? -1 : a.word > b.word ? 1 : 0))
  return items.map((item) => item.value)
}

function joinAsLists(base: Value, over: Value): Value {
  return list([...asList(base), ...asList(over)], over.origin)
}

function joinHosts(base: Value, over: Value): Value {
  const below = asList(base)
  const known = new Set(below.map(stringOf))
  return list([...below, ...asList(over).filter((item) => !known.has(stringOf(item)))], over.origin)
}

/** Address pools are the same when their subnets are. */
function mergePools(base: Value, over: Value, path: Path, problems: Problems): Value {
  if (base.kind !== 'list' || over.kind !== 'list') {
    problems.add('cannot-merge', t('This must be a list, like what it is laid over.'), over.origin)
    return base
  }
  const subnetOf = (value: Value): string | undefined =>
    value.kind === 'map' ? stringOf(value.entries.get('subnet')?.value) : undefined
  const merged: Value[] = []
  for (const below of base.items)
    for (const above of over.items) {
      if (below.kind !== 'map' || above.kind !== 'map') continue
      if (subnetOf(below) !== subnetOf(above) && !merged.some((pool) => subnetOf(pool) === subnetOf(above))) {
        merged.push(above)
        continue
      }
      const both = mergeMaps(below, above, path, problems)
      const index = merged.findIndex((pool) => subnetOf(pool) === subnetOf(both))
      if (index >= 0) merged[index] = both
      else merged.push(both)
    }
  return list(merged, over.origin)
}

/** What is cleared below a place: all of it, or what lies at some keys. */
export interface Cleared {
  all: boolean
  readonly below: Map<string, Cleared>
}

/** Paths as a tree, so that thousands are looked up as quickly as one. */
export function clearedOf(paths: readonly Path[]): Cleared {
  const root: Cleared = { all: false, below: new Map() }
  for (const path of paths) {
    let at = root
    for (const key of path) {
      let next = at.below.get(key)
      if (next === undefined) at.below.set(key, (next = { all: false, below: new Map() }))
      at = next
    }
    at.all = at !== root
  }
  return root
}

/** Removes what `!reset` and `!override` of a later document clear. A `*` in a path stands for itself. */
export function clear(model: MapValue, { below }: Cleared): MapValue {
  let entries: Map<string, Item> | undefined
  for (const [key, inner] of below) {
    const item = model.entries.get(key)
    if (item === undefined) continue
    if (inner.all) (entries ??= new Map(model.entries)).delete(key)
    else if (item.value.kind === 'map')
      (entries ??= new Map(model.entries)).set(key, { ...item, value: clear(item.value, inner) })
  }
  return entries === undefined ? model : { ...model, entries }
}
