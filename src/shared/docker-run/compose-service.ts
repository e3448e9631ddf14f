import { printFile, type ServicePart } from './compose-file.ts'
import { item, print, raw, type Yaml } from './compose-yaml.ts'
import { csvFields, csvPairs, csvValues } from './csv-fields.ts'
import type { RunSpec } from './run-line.ts'

/** Flags whose value is a key of a compose service as it is. Source: Compose Specification, services. */
const same: readonly (readonly [flag: string, key: string])[] = [
  ['name', 'container_name'],
  ['restart', 'restart'],
  ['publish', 'ports'],
  ['expose', 'expose'],
  ['volume', 'volumes'],
  ['tmpfs', 'tmpfs'],
  ['env', 'environment'],
  ['env-file', 'env_file'],
  ['hostname', 'hostname'],
  ['domainname', 'domainname'],
  ['mac-address', 'mac_address'],
  ['add-host', 'extra_hosts'],
  ['dns', 'dns'],
  ['dns-option', 'dns_opt'],
  ['dns-search', 'dns_search'],
  ['workdir', 'working_dir'],
  ['user', 'user'],
  ['group-add', 'group_add'],
  ['annotation', 'annotations'],
  ['memory', 'mem_limit'],
  ['memory-reservation', 'mem_reservation'],
  ['memory-swap', 'memswap_limit'],
  ['memory-swappiness', 'mem_swappiness'],
  ['cpus', 'cpus'],
  ['cpu-shares', 'cpu_shares'],
  ['cpu-period', 'cpu_period'],
  ['cpu-quota', 'cpu_quota'],
  ['cpu-count', 'cpu_count'],
  ['cpu-percent', 'cpu_percent'],
  ['cpuset-cpus', 'cpuset'],
  ['pids-limit', 'pids_limit'],
  ['shm-size', 'shm_size'],
  ['device', 'devices'],
  ['device-cgroup-rule', 'device_cgroup_rules'],
  ['cap-add', 'cap_add'],
  ['cap-drop', 'cap_drop'],
  ['security-opt', 'security_opt'],
  ['oom-score-adj', 'oom_score_adj'],
  ['stop-signal', 'stop_signal'],
  ['sysctl', 'sysctls'],
  ['runtime', 'runtime'],
  ['platform', 'platform'],
  ['pull', 'pull_policy'],
  ['userns', 'userns_mode'],
  ['uts', 'uts'],
  ['cgroup-parent', 'cgroup_parent'],
  ['cgroupns', 'cgroup'],
  ['cpu-rt-period', 'cpu_rt_period'],
  ['cpu-rt-runtime', 'cpu_rt_runtime'],
  ['isolation', 'isolation'],
]
const booleans: readonly (readonly [flag: string, key: string])[] = [
  ['tty', 'tty'],
  ['interactive', 'stdin_open'],
  ['init', 'init'],
  ['privileged', 'privileged'],
  ['read-only', 'read_only'],
  ['oom-kill-disable', 'oom_kill_disable'],
]

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
  const used = new Set([
    'detach',
    'rm',
    'quiet',
    'sig-proxy',
    'attach',
    'detach-keys',
    'network',
    'network-alias',
    'ip',
    'ip6',
    'mount',
    'entrypoint',
    'no-healthcheck',
    'log-driver',
    'log-opt',
    'gpus',
    'ulimit',
    'stop-timeout',
    'storage-opt',
    'volumes-from',
    'volume-driver',
    'label-file',
    'link',
    'label',
    'ipc',
    'pid',
  ])
  const body: Record<string, Yaml> = { image: spec.image }
  const entrypoint = text('entrypoint')
  if (entrypoint !== undefined) body['entrypoint'] = entrypoint === '' ? [] : [dollars(entrypoint)]
  if (spec.command.length > 0) body['command'] = spec.command.map(dollars)
  for (const [flag, key] of booleans) {
    used.add(flag)
    if (text(flag) === 'true') body[key] = raw('true')
  }
  for (const [flag, key] of same) {
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

const healthFlags = [
  'health-cmd',
  'health-interval',
  'health-timeout',
  'health-start-period',
  'health-start-interval',
  'health-retries',
  'no-healthcheck',
]

function healthcheck(text: (flag: string) => string | undefined): Yaml | undefined {
  if (text('no-healthcheck') === 'true') return { disable: raw('true') }
  const command = text('health-cmd')
  const keys = [
    ['health-interval', 'interval'],
    ['health-timeout', 'timeout'],
    ['health-start-period', 'start_period'],
    ['health-start-interval', 'start_interval'],
    ['health-retries', 'retries'],
  ] as const
  const rest = Object.fromEntries(
    keys.flatMap(([flag, name]) => (text(flag) === undefined ? [] : [[name, text(flag)!]])),
  )
  if (command === undefined && Object.keys(rest).length === 0) return undefined
  return { ...(command === undefined ? {} : { test: ['CMD-SHELL', dollars(command)] }), ...rest }
}

function endpoint(aliases: readonly string[], ipv4: string | undefined, ipv6: string | undefined): Yaml {
  return {
    ...(aliases.length === 0 ? {} : { aliases }),
    ...(ipv4 === undefined ? {} : { ipv4_address: ipv4 }),
    ...(ipv6 === undefined ? {} : { ipv6_address: ipv6 }),
  }
}

interface Attachment {
  readonly name: string
  readonly aliases: readonly string[]
  readonly ipv4: string | undefined
  readonly ipv6: string | undefined
}

/** `backend`, or the long form `name=backend,alias=db,ip=10.0.0.5`. */
function attachment(entry: string): Attachment {
  if (!entry.includes('=')) return { name: entry, aliases: [], ipv4: undefined, ipv6: undefined }
  const fields = csvFields(entry)
  return {
    name: fields.get('name') ?? '',
    aliases: csvValues(entry, 'alias'),
    ipv4: fields.get('ip'),
    ipv6: fields.get('ip6'),
  }
}

/** `--gpus` as a list of requests (Compose 2.30); `all` has a short form. */
function gpus(value: string | undefined): readonly string[] {
  if (value === undefined) return []
  if (value === 'all') return ['    gpus: all']
  const pairs = csvPairs(value)
  const field = (name: string): string | undefined => pairs.find(([key]) => key === name)?.[1]
  const count = field('count') ?? (pairs[0]?.[1] === 'true' ? pairs[0][0] : undefined)
  const capabilities = field('capabilities')
  const request: { readonly [key: string]: Yaml } = {
    ...(field('driver') === undefined ? {} : { driver: field('driver')! }),
    ...(field('device') === undefined
      ? { count: count === 'all' ? 'all' : raw(count ?? '1') }
      : { device_ids: field('device')!.split(',') }),
    ...(capabilities === undefined ? {} : { capabilities: capabilities.split(',') }),
  }
  return ['    gpus:', ...item(request, 6)]
}

const sourceOf = (fields: ReadonlyMap<string, string>): string | undefined =>
  fields.get('source') ?? fields.get('src')

function longVolume(mount: string): { readonly [key: string]: Yaml } {
  const fields = csvFields(mount)
  const on = (...names: readonly string[]): boolean =>
    names.some((name) => /^(true|1)$/i.test(fields.get(name) ?? ''))
  const source = sourceOf(fields)
  const target = fields.get('target') ?? fields.get('dst') ?? fields.get('destination') ?? ''
  const tmpfs = {
    ...(fields.has('tmpfs-size') ? { size: fields.get('tmpfs-size')! } : {}),
    // Compose reads it as a number of base 10 unless it begins with 0o.
    ...(fields.has('tmpfs-mode') ? { mode: raw(String(Number.parseInt(fields.get('tmpfs-mode')!, 8))) } : {}),
  }
  const volume = {
    ...(on('volume-nocopy') ? { nocopy: raw('true') } : {}),
    ...(fields.has('volume-subpath') ? { subpath: fields.get('volume-subpath')! } : {}),
  }
  const propagation = fields.get('bind-propagation')
  return {
    type: fields.get('type') ?? 'volume',
    ...(source === undefined ? {} : { source: dollars(source) }),
    target: dollars(target),
    ...(on('readonly', 'ro') ? { read_only: raw('true') } : {}),
    ...(Object.keys(tmpfs).length === 0 ? {} : { tmpfs }),
    ...(Object.keys(volume).length === 0 ? {} : { volume }),
    ...(propagation === undefined ? {} : { bind: { propagation } }),
  }
}

/** The driver of a volume that `--mount` would make: compose has it where the volume is named. */
function volumeDriver(mount: string): readonly (readonly [volume: string, lines: readonly string[]])[] {
  const fields = csvFields(mount)
  const source = sourceOf(fields)
  const options = csvValues(mount, 'volume-opt').map((option) => pair(dollars(option)))
  const driver = fields.get('volume-driver')
  if (source === undefined || (driver === undefined && options.length === 0)) return []
  return [
    [
      source,
      [
        ...(driver === undefined ? [] : print('driver', driver, 4)),
        ...(options.length === 0 ? [] : print('driver_opts', Object.fromEntries(options), 4)),
      ],
    ],
  ]
}

function pair(entry: string): readonly [string, string] {
  const equals = entry.indexOf('=')
  return equals === -1 ? [entry, ''] : [entry.slice(0, equals), entry.slice(equals + 1)]
}

/** Compose would replace `$NAME`; a literal dollar is written twice. */
const dollars = (value: string): string => value.replaceAll('$', '$$$$')
