import { cleanPath } from './mounts.ts'
import { itemsOf } from './checks.ts'
import { stringOf, type Item, type MapValue, type Origin, type Value } from './value.ts'

/** Why one service waits for another. */
export interface Dependency {
  readonly service: string
  /** Where the other service is named. */
  readonly origin: Origin
  readonly condition: string
  readonly required: boolean
  readonly via: 'depends_on' | 'links' | 'namespace' | 'volumes_from'
}

const known = new WeakMap<MapValue, readonly Dependency[]>()

/** All services that one needs, whatever says so. Those of `depends_on` come first and count. Worked out once for a service. */
export function dependenciesOf(service: MapValue): readonly Dependency[] {
  const before = known.get(service)
  if (before !== undefined) return before
  const dependencies = readDependencies(service)
  known.set(service, dependencies)
  return dependencies
}

function readDependencies(service: MapValue): readonly Dependency[] {
  const found = new Map<string, Dependency>()
  const add = (name: string, origin: Origin, via: Dependency['via']): void => {
    if (!found.has(name))
      found.set(name, { service: name, origin, condition: 'service_started', required: true, via })
  }
  const declared = service.entries.get('depends_on')?.value
  if (declared?.kind === 'map')
    for (const [name, item] of declared.entries) found.set(name, declaredDependency(name, item))
  for (const link of itemsOf(service.entries.get('links')?.value)) {
    const word = stringOf(link)
    if (word === undefined) continue
    const parts = word.split(':')
    add(parts.length === 2 ? (parts[0] ?? '') : word, link.origin, 'links')
  }
  for (const key of namespaceKeys) {
    const value = service.entries.get(key)?.value
    const name = serviceInMode(value)
    if (name !== undefined && value !== undefined) add(name, value.origin, 'namespace')
  }
  for (const from of itemsOf(service.entries.get('volumes_from')?.value)) {
    const word = stringOf(from)
    if (word !== undefined && !word.startsWith('container:'))
      add(word.split(':')[0] ?? '', from.origin, 'volumes_from')
  }
  return [...found.values()]
}

export const namespaceKeys = ['network_mode', 'ipc', 'pid', 'uts', 'cgroup'] as const

/** The service in `service:name`. */
export function serviceInMode(value: Value | undefined): string | undefined {
  const word = stringOf(value)
  return word?.startsWith('service:') === true ? word.slice('service:'.length) : undefined
}

function declaredDependency(name: string, item: Item): Dependency {
  const fields = item.value.kind === 'map' ? item.value.entries : new Map<string, Item>()
  const required = fields.get('required')?.value
  return {
    service: name,
    origin: item.key,
    condition: stringOf(fields.get('condition')?.value) ?? 'service_started',
    required: !(
      required?.kind === 'scalar' &&
      (required.value === false || /^(?:false|no?|off)$/i.test(String(required.value)))
    ),
    via: 'depends_on',
  }
}

/** The path in the container at which a mount appears. */
export function mountTarget(mount: Value): string | undefined {
  const target = mount.kind === 'map' ? stringOf(mount.entries.get('target')?.value) : undefined
  return target === undefined ? undefined : cleanMountPath(target)
}

function cleanMountPath(target: string): string {
  return target === '' ? '.' : cleanPath(target)
}
