import type { RunSpec } from './run-line.ts'

type Yaml = string | readonly string[] | { readonly [key: string]: Yaml }

/** Flags whose value is a key of a compose service as it is. Source: Compose Specification, services. */
const same: readonly (readonly [flag: string, key: string])[] = [
  ['name', 'container_name'],
  ['restart', 'restart'],
  ['publish', 'ports'],
  ['expose', 'expose'],
  ['volume', 'volumes'],
  ['tmpfs', 'tmpfs'],
  ['volumes-from', 'volumes_from'],
  ['env', 'environment'],
  ['env-file', 'env_file'],
  ['hostname', 'hostname'],
  ['domainname', 'domainname'],
  ['mac-address', 'mac_address'],
  ['add-host', 'extra_hosts'],
  ['dns', 'dns'],
  ['dns-option', 'dns_opt'],
  ['dns-search', 'dns_search'],
  ['link', 'links'],
  ['workdir', 'working_dir'],
  ['user', 'user'],
  ['group-add', 'group_add'],
  ['label', 'labels'],
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
  ['ipc', 'ipc'],
  ['pid', 'pid'],
  ['userns', 'userns_mode'],
  ['uts', 'uts'],
  ['cgroup-parent', 'cgroup_parent'],
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
  ])
  const body: Record<string, Yaml> = { image: spec.image }
  const entrypoint = text('entrypoint')
  if (entrypoint !== undefined) body['entrypoint'] = entrypoint === '' ? [] : [entrypoint]
  if (spec.command.length > 0) body['command'] = spec.command.map(dollars)
  for (const [flag, key] of booleans) {
    used.add(flag)
    if (text(flag) === 'true') body[key] = raw('true')
  }
  for (const [flag, key] of same) {
    used.add(flag)
    const value = spec.flags.get(flag)
    if (value !== undefined && value !== '')
      body[key] = typeof value === 'string' ? dollars(value) : value.map(dollars)
  }
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
  const networks = list('network').map((entry) => /(?:^|,)name=([^,]+)/.exec(entry)?.[1] ?? entry)
  const mode = networks[0]
  const special = mode !== undefined && /^(host|none|bridge|default|container:.*)$/.test(mode)
  if (special && mode !== 'default') body['network_mode'] = mode
  const joined = special ? networks.slice(1) : networks
  const aliases = list('network-alias')
  if (joined.length > 0)
    body['networks'] = Object.fromEntries(
      joined.map((name, i) => [name, i === 0 ? endpoint(aliases, text('ip'), text('ip6')) : {}]),
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
  if (text('gpus') === 'all') body['gpus'] = 'all'
  else if (text('gpus') !== undefined) used.delete('gpus')
  const service = nameOf(text('name') ?? spec.image)
  const lines = ['services:', `  ${key(service)}:`]
  for (const [name, value] of Object.entries(body))
    if (name !== 'volumes') lines.push(...print(name, value, 4))
  if (volumes.length > 0) lines.push('    volumes:', ...volumes.flatMap((value) => item(value, 6)))
  const external = joined.map((name) => ['networks', name] as const)
  const named = volumes
    .map((value) =>
      typeof value === 'string'
        ? /^([^./~\\$][^:\\/]+):/.exec(value)?.[1]
        : value['type'] === 'volume'
          ? String(value['source'] ?? '')
          : undefined,
    )
    .filter((name): name is string => name !== undefined && name !== '')
  for (const kind of ['networks', 'volumes'] as const) {
    const names = [...new Set(kind === 'networks' ? external.map(([, name]) => name) : named)]
    // What the line names exists already, or is made under exactly this name.
    if (names.length > 0)
      lines.push(
        `${kind}:`,
        ...names.flatMap((name) => [
          `  ${key(name)}:`,
          ...(kind === 'networks' ? ['    external: true'] : [`    name: ${scalar(name)}`]),
        ]),
      )
  }
  return {
    yaml: `${lines.join('\n')}\n`,
    service,
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

function longVolume(mount: string): { readonly [key: string]: Yaml } {
  const fields = new Map(mount.split(',').map((field) => pair(field)))
  const pick = (...names: readonly string[]): string | undefined =>
    names.map((name) => fields.get(name)).find((value) => value !== undefined)
  const source = pick('source', 'src')
  const readOnly = pick('readonly', 'ro')
  return {
    type: fields.get('type') ?? 'volume',
    ...(source === undefined ? {} : { source: dollars(source) }),
    target: dollars(pick('target', 'dst', 'destination') ?? ''),
    ...(readOnly === undefined || readOnly === 'false' ? {} : { read_only: raw('true') }),
    ...(fields.has('tmpfs-size') ? { tmpfs: { size: fields.get('tmpfs-size')! } } : {}),
    ...(fields.has('volume-subpath') ? { volume: { subpath: fields.get('volume-subpath')! } } : {}),
  }
}

function pair(entry: string): readonly [string, string] {
  const equals = entry.indexOf('=')
  return equals === -1 ? [entry, ''] : [entry.slice(0, equals), entry.slice(equals + 1)]
}

/** Compose would replace `$NAME`; a literal dollar is written twice. */
const dollars = (value: string): string => value.replaceAll('$', '$$$$')

const unquoted = '\u0000'
/** A scalar that is no string. */
const raw = (value: string): string => unquoted + value

function scalar(value: string): string {
  if (value.startsWith(unquoted)) return value.slice(1)
  // Numbers, booleans, times in base 60 and dates would change their type without quotes.
  const plain =
    /^[A-Za-z/_.$][\w@/.$-]*$/.test(value) && !/^(y|n|yes|no|on|off|true|false|null|~)$/i.test(value)
  if (plain) return value
  return JSON.stringify(value).replace(
    /[\u007f-\u009f\u2028\u2029\ufeff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

const key = (name: string): string => scalar(name)

function print(name: string, value: Yaml, indent: number): string[] {
  const margin = ' '.repeat(indent)
  if (typeof value === 'string') return [`${margin}${key(name)}: ${scalar(value)}`]
  if (Array.isArray(value)) {
    const entries = value as readonly string[]
    return entries.length === 0
      ? [`${margin}${key(name)}: []`]
      : [`${margin}${key(name)}:`, ...entries.map((entry) => `${margin}  - ${scalar(entry)}`)]
  }
  const fields = Object.entries(value as { readonly [key: string]: Yaml })
  return fields.length === 0
    ? [`${margin}${key(name)}: {}`]
    : [`${margin}${key(name)}:`, ...fields.flatMap(([field, entry]) => print(field, entry, indent + 2))]
}

function item(value: string | { readonly [key: string]: Yaml }, indent: number): string[] {
  if (typeof value === 'string') return [`${' '.repeat(indent)}- ${scalar(value)}`]
  const lines = Object.entries(value).flatMap(([field, entry]) => print(field, entry, indent + 2))
  return [`${' '.repeat(indent)}- ${lines[0]!.trimStart()}`, ...lines.slice(1)]
}
