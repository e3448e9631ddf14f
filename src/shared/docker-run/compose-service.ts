import { printFile, type ServicePart } from './compose-file.ts'
import { gpus } from './compose-gpus.ts'
import { healthFlags, healthcheck } from './compose-health.ts'
import { booleanKeys, elsewhere, sameKeys } from './compose-keys.ts'
import { attachment, endpoint } from './compose-networks.ts'
import { dollars, pair } from './compose-values.ts'
import { longVolume, volumeDriver } from './compose-volumes.ts'
import { item, print, raw, type Yaml } from './compose-yaml.ts'
import type { RunSpec } from './run-line.ts'

export interface ComposeService {
  /** A whole compose file with this one service. */
  readonly yaml: string
  readonly service: string
  /** Flags that compose has no key for. */
  readonly left: readonly string[]
}

/** Of a container's name, else of its image. */
export function serviceNameOf({ flags, image }: RunSpec): string {
  const name = flags.get('name')
  return nameOf(typeof name === 'string' ? name : image)
}

const nameOf = (image: string): string =>
  image
    .replace(/@.*/, '')
    .replace(/:[^/]*$/, '')
    .split('/')
    .pop()!
    .toLowerCase()
    .replace(/[^a-z0-9._-]/g, '-') || 'app'

/** The compose service that makes the same container. */
export function composeService(spec: RunSpec): ComposeService {
  const part = servicePart(spec)
  return { yaml: printFile([part]), service: part.service, left: part.left }
}

/** What the services of one file know of each other. */
export interface Around {
  readonly service: string
  /** The service that is made of a container, by the container's name or id. */
  readonly serviceOf: (container: string) => string | undefined
  readonly dependsOn: { readonly [service: string]: Yaml }
}

/** The service of a container, and what the file has to declare for it; `around` where it is one of several. */
export function servicePart(spec: RunSpec, around?: Around): ServicePart {
  const text = (flag: string): string | undefined => {
    const value = spec.flags.get(flag)
    return typeof value === 'string' ? value : undefined
  }
  const list = (flag: string): readonly string[] => {
    const value = spec.flags.get(flag)
    return value === undefined ? [] : typeof value === 'string' ? [value] : value
  }
  const used = new Set(elsewhere)
  const body: Record<string, Yaml> = { image: spec.image }
  const entrypoint = text('entrypoint')
  if (entrypoint !== undefined) body['entrypoint'] = entrypoint === '' ? [] : [dollars(entrypoint)]
  if (spec.command.length > 0) body['command'] = spec.command.map(dollars)
  for (const [flag, key] of booleanKeys) {
    used.add(flag)
    if (text(flag) === 'true') body[key] = raw('true')
  }
  for (const [flag, key] of sameKeys) {
    used.add(flag)
    const value = spec.flags.get(flag)
    if (value !== undefined && value !== '')
      body[key] =
        value === '-1' ? raw(value) : typeof value === 'string' ? dollars(value) : value.map(dollars)
  }
  // What compose writes down for itself it writes anew.
  const labels = list('label').filter((entry) => !entry.startsWith('com.docker.compose.'))
  if (labels.length > 0) body['labels'] = labels.map(dollars)
  const serviceOf = around?.serviceOf ?? (() => undefined)
  /** `container:db` as `service:db` where that container is one of this file's services. */
  const shared = (mode: string): string => {
    const other = mode.startsWith('container:') ? serviceOf(mode.slice('container:'.length)) : undefined
    return other === undefined ? dollars(mode) : `service:${other}`
  }
  for (const flag of ['ipc', 'pid']) if (text(flag)) body[flag] = shared(text(flag)!)
  const links = list('link').map((entry) => {
    const [container = '', alias = container] = entry.split(':')
    return { entry, container, alias, service: serviceOf(container) }
  })
  const within = links.filter(({ service }) => service !== undefined)
  const outside = links.filter(({ service }) => service === undefined)
  if (within.length > 0) body['links'] = within.map(({ service, alias }) => `${service}:${dollars(alias)}`)
  if (outside.length > 0) body['external_links'] = outside.map(({ entry }) => dollars(entry))
  if (Object.keys(around?.dependsOn ?? {}).length > 0) body['depends_on'] = around!.dependsOn
  // What is none of this file's services is said to be a container.
  if (list('volumes-from').length > 0)
    body['volumes_from'] = list('volumes-from').map((entry) => {
      const [container = '', mode] = entry.split(':')
      const other = serviceOf(container)
      if (other === undefined) return `container:${dollars(entry)}`
      return mode === undefined ? other : `${other}:${dollars(mode)}`
    })
  if (list('label-file').length > 0) body['label_file'] = list('label-file').map(dollars)
  if (list('storage-opt').length > 0)
    body['storage_opt'] = Object.fromEntries(list('storage-opt').map((entry) => pair(dollars(entry))))
  const timeout = text('stop-timeout')
  if (timeout !== undefined) body['stop_grace_period'] = `${timeout}s`
  const ulimits = list('ulimit')
    .map((entry) => /^(\w+)=(-?\d+)(?::(-?\d+))?$/.exec(entry))
    .filter((match) => match !== null)
  if (ulimits.length > 0)
    body['ulimits'] = Object.fromEntries(
      ulimits.map((match) => [match[1]!, { soft: raw(match[2]!), hard: raw(match[3] ?? match[2]!) }]),
    )
  const mounts = list('mount').map(longVolume)
  const volumes = [...list('volume').map(dollars), ...mounts]
  const networks = list('network').map(attachment)
  const mode = networks[0]?.name
  const special = mode !== undefined && /^(host|none|bridge|default|container:.*)$/.test(mode)
  const joined = special ? networks.slice(1) : networks
  // Compose has either a mode or networks: the engine's own bridge cannot be one of several.
  if (special && joined.length > 0) used.delete('network')
  else if (special && mode !== 'default') body['network_mode'] = shared(mode)
  const aliases = list('network-alias')
  if (joined.length > 0)
    body['networks'] = Object.fromEntries(
      joined.map(({ name, aliases: own, ipv4, ipv6 }, i) => [
        name,
        i === 0
          ? endpoint([...own, ...aliases], text('ip') ?? ipv4, text('ip6') ?? ipv6)
          : endpoint(own, ipv4, ipv6),
      ]),
    )
  const logging = list('log-opt')
  if (text('log-driver') !== undefined || logging.length > 0)
    body['logging'] = {
      ...(text('log-driver') === undefined ? {} : { driver: text('log-driver')! }),
      ...(logging.length === 0 ? {} : { options: Object.fromEntries(logging.map(pair)) }),
    }
  const check = healthcheck(text)
  for (const flag of healthFlags) used.add(flag)
  if (check !== undefined) body['healthcheck'] = check
  const lines: string[] = []
  for (const [name, value] of Object.entries(body))
    if (name !== 'volumes') lines.push(...print(name, value, 4))
  lines.push(...gpus(text('gpus')))
  if (volumes.length > 0) lines.push('    volumes:', ...volumes.flatMap((value) => item(value, 6)))
  const drivers = new Map(list('mount').flatMap(volumeDriver))
  const named = volumes
    .map((value) =>
      typeof value === 'string'
        ? /^([^./~\\$][^:\\/]+):/.exec(value)?.[1]
        : value['type'] === 'volume'
          ? String(value['source'] ?? '')
          : undefined,
    )
    .filter((name): name is string => name !== undefined && name !== '')
  const volumeDriverName = text('volume-driver')
  const driver = volumeDriverName === undefined ? [] : print('driver', volumeDriverName, 4)
  return {
    service: around?.service ?? serviceNameOf(spec),
    lines,
    networks: joined.map(({ name }) => name),
    volumes: new Map(named.map((name) => [name, drivers.get(name) ?? driver])),
    left: [...spec.flags.keys()].filter((flag) => !used.has(flag)),
  }
}
