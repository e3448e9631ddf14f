import { t } from '../../../shared/l10n.ts'
import { namesToMap, plainDependency } from './merge.ts'
import { cleanPath, isReadOnly, parseMount, type Mount, type MountFault } from './mounts.ts'
import { parsePort, printRange, splitPort, type PortFault, type PortMapping } from './ports.ts'
import { emptyMessage, type Problems } from './problem.ts'
import {
  flag,
  get,
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
  type Origin,
  type ScalarValue,
  type Value,
} from './value.ts'

type Transform = (value: Value, problems: Problems) => Value

const inService: Readonly<Record<string, Transform>> = {
  build: canonicalBuild,
  configs: (value) => each(value, fileMount),
  depends_on: canonicalDependencies,
  develop: canonicalDevelop,
  devices: (value, problems) => each(value, (entry) => device(entry, problems)),
  dns: asListOfOne,
  env_file: canonicalEnvFiles,
  extends: (value) => (stringOf(value) === undefined ? value : mapOf(value.origin, { service: value })),
  gpus: (value) =>
    stringOf(value) === undefined ? value : list([mapOf(value.origin, { count: value })], value.origin),
  label_file: asListOfOne,
  models: (value) => namesToMap(value, (name) => nothing(name.origin)) ?? value,
  networks: (value) => namesToMap(value, (name) => nothing(name.origin)) ?? value,
  ports: canonicalPorts,
  secrets: (value) => each(value, fileMount),
  ulimits: numericLimits,
  volumes: (value, problems) => each(value, (entry) => mount(entry, problems)),
}

/** Turns every short syntax into its long form. What the schema refused is left as it is. */
export function canonical(model: MapValue, problems: Problems): MapValue {
  const entries = new Map<string, Item>()
  for (const [key, item] of model.entries) {
    let { value } = item
    if (key === 'services') value = eachEntry(value, (service) => canonicalService(service, problems))
    else if (['volumes', 'networks', 'secrets', 'configs'].includes(key))
      value = eachEntry(value, (resource) => canonicalExternal(resource, problems))
    entries.set(key, { ...item, value })
  }
  return { ...model, entries }
}

function canonicalService(service: Value, problems: Problems): Value {
  if (service.kind !== 'map') return service
  const entries = new Map<string, Item>()
  for (const [key, item] of service.entries) {
    const transform = Object.hasOwn(inService, key) ? inService[key] : undefined
    const value =
      transform === undefined || isUnknown(item.value) ? item.value : transform(item.value, problems)
    entries.set(key, value === item.value ? item : { ...item, value })
  }
  return { ...service, entries }
}

function eachEntry(value: Value, change: (value: Value) => Value): Value {
  if (value.kind !== 'map') return value
  const entries = new Map<string, Item>()
  for (const [key, item] of value.entries) entries.set(key, { ...item, value: change(item.value) })
  return { ...value, entries }
}

function each(value: Value, change: (entry: Value) => Value): Value {
  return value.kind === 'list' ? { ...value, items: value.items.map(change) } : value
}

function mapOf(origin: Origin, fields: Readonly<Record<string, Value>>): MapValue {
  const entries = new Map<string, Item>()
  for (const key of Object.keys(fields)) {
    const value = fields[key]!
    entries.set(key, { key: value.origin, value })
  }
  return map(entries, origin)
}

function asListOfOne(value: Value): Value {
  return stringOf(value) === undefined ? value : list([value], value.origin)
}

function fileMount(entry: Value): Value {
  return stringOf(entry) === undefined ? entry : mapOf(entry.origin, { source: entry })
}

function canonicalBuild(value: Value, problems: Problems): Value {
  if (stringOf(value) !== undefined) return mapOf(value.origin, { context: value })
  if (value.kind !== 'map') return value
  const entries = new Map(value.entries)
  const change = (key: string, transform: Transform): void => {
    const item = entries.get(key)
    if (item !== undefined && !isUnknown(item.value))
      entries.set(key, { ...item, value: transform(item.value, problems) })
  }
  change('secrets', (secrets) => each(secrets, fileMount))
  change('provenance', asText)
  change('sbom', asText)
  change('additional_contexts', contexts)
  change('ssh', sshKeys)
  change('ulimits', numericLimits)
  return { ...value, entries }
}

function asText(value: Value): Value {
  return value.kind === 'scalar' && value.type !== 'string' ? text(printScalar(value), value.origin) : value
}

function contexts(value: Value, problems: Problems): Value {
  if (value.kind === 'map')
    for (const item of value.entries.values())
      if (stringOf(item.value) === undefined && !isUnknown(item.value))
        problems.add('wrong-type', t('A build context must be a text.'), item.value.origin)
  if (value.kind !== 'list') return value
  const entries = new Map<string, Item>()
  for (const item of value.items) {
    const word = stringOf(item)
    if (word === undefined) continue
    const equals = word.indexOf('=')
    if (equals < 0) problems.add('bad-form', t('`{0}` must have the form name=context.', word), item.origin)
    else
      entries.set(word.slice(0, equals), {
        key: item.origin,
        value: text(word.slice(equals + 1), item.origin),
      })
  }
  return map(entries, value.origin)
}

/** Limits must be whole numbers, without an exponent. In a build no text has become one before. */
function numericLimits(value: Value, problems: Problems): Value {
  if (value.kind === 'map')
    for (const { value: limit } of value.entries.values())
      for (const one of limit.kind === 'map' ? [get(limit, 'soft'), get(limit, 'hard')] : [limit])
        if (one !== undefined && !isUnknown(one) && !(one.kind === 'scalar' && one.type === 'int'))
          problems.add('cast', limitFault(one), one.origin)
  return value
}

function limitFault(value: Value): string {
  const word = stringOf(value)
  if (word !== undefined && /^[-+]?\d+$/.test(word)) return t('`{0}` must be a number without quotes.', word)
  if (word === '' || isNull(value)) return emptyMessage(value.origin)
  return value.kind === 'scalar'
    ? t('`{0}` is no whole number.', printScalar(value))
    : t('This must be a whole number.')
}

function sshKeys(value: Value, problems: Problems): Value {
  if (value.kind !== 'list') return value
  const entries = new Map<string, Item>()
  for (const item of value.items) {
    const word = stringOf(item)
    if (word === undefined) continue
    const equals = word.indexOf('=')
    const id = equals < 0 ? word : word.slice(0, equals)
    if (equals < 0 && id !== 'default')
      problems.add('bad-form', t('`{0}` must have the form id=path, or be `default`.', word), item.origin)
    entries.set(id, {
      key: item.origin,
      value: equals < 0 ? nothing(item.origin) : text(word.slice(equals + 1), item.origin),
    })
  }
  return map(entries, value.origin)
}

function canonicalDependencies(value: Value): Value {
  if (value.kind !== 'map') return namesToMap(value, plainDependency) ?? value
  return eachEntry(value, (dependency) => {
    if (dependency.kind !== 'map') return dependency
    const entries = new Map(plainDependency(dependency).entries)
    for (const [key, item] of dependency.entries) entries.set(key, item)
    return { ...dependency, entries }
  })
}

function canonicalDevelop(value: Value): Value {
  const watch = value.kind === 'map' ? value.entries.get('watch') : undefined
  if (value.kind !== 'map' || watch === undefined) return value
  const rules = each(watch.value, (rule) => {
    if (rule.kind !== 'map') return rule
    const entries = new Map(rule.entries)
    for (const key of ['ignore', 'include']) {
      const item = entries.get(key)
      if (item !== undefined) entries.set(key, { ...item, value: asListOfOne(item.value) })
    }
    return { ...rule, entries }
  })
  return { ...value, entries: new Map(value.entries).set('watch', { ...watch, value: rules }) }
}

function canonicalEnvFiles(value: Value): Value {
  const one = (entry: Value): Value => {
    const required = flag(true, entry.origin)
    if (stringOf(entry) !== undefined) return mapOf(entry.origin, { path: entry, required })
    if (entry.kind !== 'map' || entry.entries.has('required')) return entry
    return {
      ...entry,
      entries: new Map(entry.entries).set('required', { key: entry.origin, value: required }),
    }
  }
  const all = asListOfOne(value)
  return each(all, one)
}

function device(entry: Value, problems: Problems): Value {
  const word = stringOf(entry)
  if (word === undefined) return entry
  const [source = '', target = '', permissions = 'rwm', ...more] = word.split(':')
  if (more.length > 0)
    problems.add(
      'bad-device',
      t('`{0}` has too many colons: use `source`, `target` and `permissions`.', word),
      entry.origin,
    )
  const { origin } = entry
  return mapOf(origin, {
    source: text(source, origin),
    target: text(target === '' ? source : target, origin),
    permissions: text(permissions, origin),
  })
}

export function portFaultMessage(fault: PortFault, word: string): string {
  switch (fault) {
    case 'address':
      return t('`{0}` does not start with an address the engine can read. Write version 6 in brackets.', word)
    case 'missing':
      return t('`{0}` names no port of the container.', word)
    case 'container-port':
      return t('`{0}`: the port of the container must be a number up to 65535, or a range.', word)
    case 'host-port':
      return t('`{0}`: the port of the host must be a number up to 65535, or a range.', word)
    case 'ranges':
      return t('`{0}`: the two ranges do not have the same length.', word)
    case 'protocol':
      return t('`{0}`: the protocol must be tcp, udp or sctp.', word)
  }
}

function canonicalPorts(value: Value, problems: Problems): Value {
  if (value.kind !== 'list') return value
  const ports: Value[] = []
  for (const entry of value.items) {
    if (entry.kind !== 'scalar' || isUnknown(entry)) {
      ports.push(entry)
      continue
    }
    if (entry.type === 'float') {
      problems.add('bad-port', t('`{0}` is no port: put it in quotes.', printScalar(entry)), entry.origin)
      continue
    }
    if (entry.type !== 'string' && entry.type !== 'int') continue
    const word = printScalar(entry)
    const parsed = parsePort(word)
    if (word === '') problems.add('bad-port', emptyMessage(entry.origin), entry.origin)
    else if (typeof parsed === 'string')
      problems.add('bad-port', portFaultMessage(parsed, word), entry.origin)
    else if (parsed.target[0] === 0)
      problems.add('bad-port', t('The port of the container cannot be 0.'), entry.origin)
    else for (const one of splitPort(parsed)) ports.push(longPort(one, entry.origin))
  }
  return list(ports, value.origin)
}

function longPort(port: PortMapping, origin: Origin): MapValue {
  const target: ScalarValue =
    port.target[0] === port.target[1]
      ? { kind: 'scalar', type: 'int', value: port.target[0], origin }
      : text(printRange(port.target), origin)
  return mapOf(origin, {
    ...(port.hostIp === '' ? {} : { host_ip: text(port.hostIp, origin) }),
    target,
    ...(port.published === undefined ? {} : { published: text(printRange(port.published), origin) }),
    protocol: text(port.protocol, origin),
    mode: text('ingress', origin),
  })
}

export function mountFaultMessage(fault: MountFault, word: string): string {
  switch (fault) {
    case 'empty':
      return t('A volume cannot be empty.')
    case 'empty-section':
      return word.startsWith(':')
        ? t('`{0}` has nothing before its first colon.', word)
        : t('`{0}` has nothing between two colons or behind the last one.', word)
    case 'too-many-colons':
      return t('`{0}` has too many colons: source, target and options are all there is.', word)
  }
}

function mount(entry: Value, problems: Problems): Value {
  const word = stringOf(entry)
  if (word === undefined) return entry
  const parsed = parseMount(word)
  const { origin } = entry
  if (typeof parsed === 'string') {
    problems.add('bad-volume', mountFaultMessage(parsed, word), origin)
    return { kind: 'scalar', type: 'unknown', value: null, origin }
  }
  return mapOf(origin, {
    type: text(parsed.type, origin),
    ...(parsed.source === '' ? {} : { source: text(parsed.source, origin) }),
    target: text(cleanPath(parsed.target), origin),
    ...(isReadOnly(parsed) ? { read_only: flag(true, origin) } : {}),
    ...mountOptions(parsed, origin),
  })
}

const propagations = ['private', 'rprivate', 'shared', 'rshared', 'slave', 'rslave']

/** What the short syntax says, or means without saying so. */
function mountOptions({ type, options }: Mount, origin: Origin): Readonly<Record<string, Value>> {
  const propagation = options.findLast((option) => propagations.includes(option))
  const selinux = options.findLast((option) => option === 'z' || option === 'Z')
  const bind = {
    ...(propagation === undefined ? {} : { propagation: text(propagation, origin) }),
    ...(type === 'bind' ? { create_host_path: flag(true, origin) } : {}),
    ...(selinux === undefined ? {} : { selinux: text(selinux, origin) }),
  }
  return {
    ...(Object.keys(bind).length === 0 ? {} : { bind: mapOf(origin, bind) }),
    ...(options.includes('nocopy') ? { volume: mapOf(origin, { nocopy: flag(true, origin) }) } : {}),
  }
}

function canonicalExternal(resource: Value, problems: Problems): Value {
  if (resource.kind !== 'map' || isNull(resource)) return resource
  const external = resource.entries.get('external')
  if (external?.value.kind !== 'map') return resource
  const entries = new Map(resource.entries)
  entries.set('external', { ...external, value: flag(true, external.value.origin) })
  const inner = external.value.entries.get('name')
  const name = resource.entries.get('name')
  if (inner !== undefined && name === undefined) entries.set('name', inner)
  else if (inner !== undefined && name !== undefined && !sameValue(inner.value, name.value))
    problems.add(
      'external-name',
      t('`name` and `external.name` differ: keep only `name`.'),
      inner.value.origin,
    )
  return { ...resource, entries }
}
