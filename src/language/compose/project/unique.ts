import { t } from '../../../shared/l10n.ts'
import { parseMount } from './mounts.ts'
import type { Problems } from './problem.ts'
import { isUnknown, printScalar, stringOf, type Item, type MapValue, type Value } from './value.ts'

/** What makes two entries of a list the same thing; undefined for an entry that is left alone. */
type Identity = (entry: Value, problems: Problems) => string | undefined

const nameOf: Identity = (entry) => {
  const word = stringOf(entry)
  if (word === undefined) return undefined
  const equals = word.indexOf('=')
  return equals < 0 ? word : word.slice(0, equals)
}

const fieldOf = (entry: MapValue, key: string): string | undefined => {
  const value = entry.entries.get(key)?.value
  return value?.kind === 'scalar' && !isUnknown(value) ? printScalar(value) : undefined
}

const targetOf: Identity = (entry, problems) => {
  const word = stringOf(entry)
  if (word !== undefined) {
    const mount = parseMount(word)
    return typeof mount === 'string' ? undefined : mount.target
  }
  if (entry.kind !== 'map') return undefined
  if (!entry.entries.has('target'))
    problems.add('mount-without-target', t('A mount needs a `target`.'), entry.origin)
  return stringOf(entry.entries.get('target')?.value)
}

const deviceOf: Identity = (entry, problems) => {
  const word = stringOf(entry)
  if (word !== undefined) return word.split(':')[1] ?? word
  if (entry.kind !== 'map') return undefined
  if (!entry.entries.has('target'))
    problems.add('device-without-target', t('A device needs a `target`.'), entry.origin)
  return stringOf(entry.entries.get('target')?.value)
}

const fileIn =
  (folder: string): Identity =>
  (entry) => {
    const word = stringOf(entry)
    if (word !== undefined) return `${folder}/${word}`
    if (entry.kind !== 'map') return undefined
    return fieldOf(entry, 'target') ?? `${folder}/${fieldOf(entry, 'source') ?? ''}`
  }

const portOf: Identity = (entry, problems) => {
  if (entry.kind === 'scalar') return isUnknown(entry) ? undefined : printScalar(entry)
  if (entry.kind !== 'map') return undefined
  const target = entry.entries.get('target')
  if (target === undefined) {
    problems.add('port-without-target', t('A port needs a `target`.'), entry.origin)
    return undefined
  }
  if (isUnknown(target.value)) return undefined
  const published = entry.entries.get('published')?.value
  const publishedAs = published?.kind === 'scalar' ? `${published.type}:${printScalar(published)}` : ''
  const host = fieldOf(entry, 'host_ip') ?? '0.0.0.0'
  return `${host}|${publishedAs}|${fieldOf(entry, 'target') ?? ''}|${fieldOf(entry, 'protocol') ?? 'tcp'}`
}

const exposedPortOf: Identity = (entry, problems) => {
  if (entry.kind === 'scalar' && entry.type === 'float')
    problems.add('bad-expose', t('`{0}` is no port.', printScalar(entry)), entry.origin)
  return entry.kind === 'scalar' && !isUnknown(entry) ? printScalar(entry) : undefined
}

const envFileOf: Identity = (entry, problems) => {
  const word = stringOf(entry)
  if (word !== undefined) return word
  if (entry.kind !== 'map') return undefined
  if (!entry.entries.has('path'))
    problems.add('missing-key', t('The key `{0}` is required here.', 'path'), entry.origin)
  return stringOf(entry.entries.get('path')?.value)
}

const inService: ReadonlyMap<string, Identity> = new Map<string, Identity>([
  ...[
    'annotations',
    'build.args',
    'build.additional_contexts',
    'build.tags',
    'build.labels',
    'cap_add',
    'cap_drop',
    'deploy.labels',
    'dns',
    'dns_opt',
    'dns_search',
    'environment',
    'labels',
    'links',
    'networks.*.aliases',
    'networks.*.link_local_ips',
    'profiles',
    'sysctls',
    'tmpfs',
  ].map((path) => [path, nameOf] as const),
  ['configs', fileIn('')],
  ['secrets', fileIn('/run/secrets')],
  ['devices', deviceOf],
  ['env_file', envFileOf],
  ['expose', exposedPortOf],
  ['ports', portOf],
  ['volumes', targetOf],
])

/** Where identities are told, as a tree of keys. */
interface Branch {
  identity?: Identity
  readonly children: Map<string, Branch>
}

function branchOf(): Branch {
  const root: Branch = { children: new Map() }
  const all = [...inService].map(([path, identity]) => [`services.*.${path}`, identity] as const)
  for (const [path, identity] of [...all, ['networks.*.labels', nameOf] as const]) {
    let node = root
    for (const part of path.split('.')) {
      let child = node.children.get(part)
      if (child === undefined) node.children.set(part, (child = { children: new Map() }))
      node = child
    }
    node.identity = identity
  }
  return root
}

const branches = branchOf()

/** Of list entries that mean the same thing the last one stays, at the place of the first. */
export function keepLast(model: MapValue, problems: Problems): MapValue {
  return visit(model, branches) as MapValue

  function visit(value: Value, branch: Branch): Value {
    if (value.kind === 'map') {
      if (branch.children.size === 0) return value
      let changed: Map<string, Item> | undefined
      for (const [key, item] of value.entries) {
        const inner = branch.children.get(key) ?? branch.children.get('*')
        if (inner === undefined) continue
        const result = visit(item.value, inner)
        if (result === item.value) continue
        changed ??= new Map(value.entries)
        changed.set(key, { ...item, value: result })
      }
      return changed === undefined ? value : { ...value, entries: changed }
    }
    const { identity } = branch
    if (value.kind !== 'list' || identity === undefined) return value
    const kept: Value[] = []
    const places = new Map<string, number>()
    for (const entry of value.items) {
      const key = identity(entry, problems)
      const place = key === undefined ? undefined : places.get(key)
      if (place !== undefined) kept[place] = entry
      else {
        if (key !== undefined) places.set(key, kept.length)
        kept.push(entry)
      }
    }
    return kept.length === value.items.length ? value : { ...value, items: kept }
  }
}
