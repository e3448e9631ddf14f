import type { Raw } from '../../engine/engine.ts'
import type { RunSpec } from '../../shared/docker-run/run-line.ts'
import { array as list, number, object, string as text, strings } from '../raw.ts'
import { csvLine } from '../../shared/docker-run/csv-fields.ts'
import { commandLine } from '../../shared/shell-words.ts'
import { deviceFlags, gpusFlag } from './devices.ts'

class FlagValues {
  readonly values = new Map<string, string | readonly string[]>()

  set(name: string, value: string, unless: string = ''): void {
    if (value !== '' && value !== unless) this.values.set(name, value)
  }

  on(name: string, value: unknown): void {
    if (value === true) this.values.set(name, 'true')
  }

  list(name: string, entries: readonly string[]): void {
    if (entries.length > 0) this.values.set(name, entries)
  }

  number(name: string, value: unknown, unless = 0): void {
    if (number(value) !== unless && typeof value === 'number') this.values.set(name, String(value))
  }
}

/**
 * The `docker run` that makes a container like this one: what `GET /containers/{id}/json` says, without what comes from the image
 * (`GET /images/{name}/json`) or from the engine anyway. `createBody` of it makes a container with the same inspect result.
 */
export function specOfContainer(container: Raw, image: Raw): RunSpec {
  const config = object(container['Config'])
  const host = object(container['HostConfig'])
  const standard = object(image['Config'])
  const flags = new FlagValues()
  const detached = config['AttachStdout'] !== true
  flags.on('detach', detached)
  flags.on('interactive', config['OpenStdin'])
  flags.on('tty', config['Tty'])
  flags.on('rm', host['AutoRemove'])
  flags.set('name', text(container['Name']).replace(/^\//, ''))
  flags.set('restart', restartPolicy(object(host['RestartPolicy'])), 'no')
  ports(flags, config, host, standard)
  volumes(flags, config, host, standard)
  flags.list('env', without(strings(config['Env']), strings(standard['Env'])))
  networks(flags, container, host)
  const id = text(container['Id'])
  // Without `--hostname` it is the beginning of the id; with the host's network it is the machine's name.
  if (text(config['Hostname']) !== id.slice(0, 12) && text(host['NetworkMode']) !== 'host')
    flags.set('hostname', text(config['Hostname']))
  flags.set('domainname', text(config['Domainname']))
  flags.set('workdir', text(config['WorkingDir']), text(standard['WorkingDir']))
  flags.set('user', text(config['User']), text(standard['User']))
  flags.set('stop-signal', text(config['StopSignal']), text(standard['StopSignal']))
  flags.number('stop-timeout', config['StopTimeout'], -1)
  flags.list('label', labels(config, standard))
  health(flags, object(config['Healthcheck']), object(standard['Healthcheck']))
  limits(flags, host)
  rights(flags, host)
  logging(flags, object(host['LogConfig']))
  const { command, entrypoint } = program(config, standard)
  if (entrypoint !== undefined) flags.values.set('entrypoint', entrypoint)
  return { flags: flags.values, image: text(config['Image']) || text(container['Image']), command }
}

const same = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((entry, i) => entry === b[i])
const without = (entries: readonly string[], known: readonly string[]): readonly string[] =>
  entries.filter((entry) => !known.includes(entry))

/** ENTRYPOINT and CMD: a flag holds one word, so what else is in the entrypoint goes before the command. */
function program(
  config: Raw,
  standard: Raw,
): { readonly command: readonly string[]; readonly entrypoint?: string } {
  const entrypoint = strings(config['Entrypoint'])
  const command = strings(config['Cmd'])
  if (same(entrypoint, strings(standard['Entrypoint'])))
    return { command: same(command, strings(standard['Cmd'])) ? [] : command }
  const [first = '', ...rest] = entrypoint
  return { entrypoint: first, command: [...rest, ...command] }
}

function restartPolicy(policy: Raw): string {
  const name = text(policy['Name']) || 'no'
  const count = number(policy['MaximumRetryCount'])
  return name === 'on-failure' && count > 0 ? `${name}:${count}` : name
}

function ports(flags: FlagValues, config: Raw, host: Raw, standard: Raw): void {
  flags.on('publish-all', host['PublishAllPorts'])
  const published: string[] = []
  for (const [port, bindings] of Object.entries(object(host['PortBindings'])))
    for (const binding of list(bindings)) {
      const ip = text(object(binding)['HostIp'])
      const hostPort = text(object(binding)['HostPort'])
      const inside = port.replace(/\/tcp$/, '')
      const address = ip === '' ? '' : ip.includes(':') ? `[${ip}]:` : `${ip}:`
      published.push(ip === '' && hostPort === '' ? inside : `${address}${hostPort}:${inside}`)
    }
  flags.list('publish', published)
  const known = new Set([
    ...Object.keys(object(standard['ExposedPorts'])),
    ...Object.keys(object(host['PortBindings'])),
  ])
  flags.list(
    'expose',
    Object.keys(object(config['ExposedPorts']))
      .filter((port) => !known.has(port))
      .map((port) => port.replace(/\/tcp$/, '')),
  )
}

function volumes(flags: FlagValues, config: Raw, host: Raw, standard: Raw): void {
  const anonymous = Object.keys(object(config['Volumes'])).filter(
    (target) => !(target in object(standard['Volumes'])),
  )
  const taken = new Set([
    ...strings(host['Binds']).map((bind) => bind.split(':')[1]),
    ...list(host['Mounts']).map((entry) => text(object(entry)['Target'])),
  ])
  flags.list('volume', [...strings(host['Binds']), ...anonymous.filter((target) => !taken.has(target))])
  flags.list(
    'mount',
    list(host['Mounts']).map((entry) => mountFlag(object(entry))),
  )
  flags.list(
    'tmpfs',
    Object.entries(object(host['Tmpfs'])).map(([target, options]) =>
      text(options) === '' ? target : `${target}:${text(options)}`,
    ),
  )
  flags.list('volumes-from', strings(host['VolumesFrom']))
  flags.set('volume-driver', text(host['VolumeDriver']))
}

function mountFlag(mount: Raw): string {
  const tmpfs = object(mount['TmpfsOptions'])
  const volume = object(mount['VolumeOptions'])
  const bind = object(mount['BindOptions'])
  const fields: (readonly [string, string])[] = [
    ['type', text(mount['Type']) || 'volume'],
    ['source', text(mount['Source'])],
    ['target', text(mount['Target'])],
    ['readonly', mount['ReadOnly'] === true ? 'true' : ''],
    ['tmpfs-size', number(tmpfs['SizeBytes']) === 0 ? '' : String(number(tmpfs['SizeBytes']))],
    ['tmpfs-mode', number(tmpfs['Mode']) === 0 ? '' : number(tmpfs['Mode']).toString(8)],
    ['volume-nocopy', volume['NoCopy'] === true ? 'true' : ''],
    ['volume-subpath', text(volume['Subpath'])],
    ['volume-driver', text(object(volume['DriverConfig'])['Name'])],
    ...Object.entries(object(object(volume['DriverConfig'])['Options'])).map(
      ([name, value]) => ['volume-opt', `${name}=${text(value)}`] as const,
    ),
    ['bind-propagation', text(bind['Propagation'])],
  ]
  return csvLine(fields.filter(([, value]) => value !== ''))
}

function networks(flags: FlagValues, container: Raw, host: Raw): void {
  const mode = text(host['NetworkMode'])
  const id = text(container['Id']).slice(0, 12)
  const attached = Object.entries(object(object(container['NetworkSettings'])['Networks']))
  const named = attached.filter(([name]) => name !== mode && name !== 'bridge')
  const own = (alias: string): boolean => alias !== id && alias !== text(container['Name']).replace(/^\//, '')
  const further = named.map(([name, endpoint]) => furtherNetwork(name, object(endpoint), own))
  if (mode !== '' && mode !== 'default' && mode !== 'bridge') flags.list('network', [mode, ...further])
  else if (further.length > 0) flags.list('network', ['bridge', ...further])
  const first = object(attached.find(([name]) => name === mode)?.[1])
  // The engine adds the short id by itself.
  flags.list('network-alias', strings(first['Aliases']).filter(own))
  const address = object(first['IPAMConfig'])
  flags.set('ip', text(address['IPv4Address']))
  flags.set('ip6', text(address['IPv6Address']))
  flags.list(
    'link',
    strings(host['Links']).map((link) => link.replace(/^\//, '').replace(/:\/[^/]+\//, ':')),
  )
  flags.list('dns', strings(host['Dns']))
  flags.list('dns-option', strings(host['DnsOptions']))
  flags.list('dns-search', strings(host['DnsSearch']))
  flags.list('add-host', strings(host['ExtraHosts']))
}

/** A network beside the first: its name alone, or with aliases and addresses in the long form. */
function furtherNetwork(name: string, endpoint: Raw, own: (alias: string) => boolean): string {
  const address = object(endpoint['IPAMConfig'])
  const fields: (readonly [string, string])[] = [
    ...strings(endpoint['Aliases'])
      .filter(own)
      .map((alias) => ['alias', alias] as const),
    ['ip', text(address['IPv4Address'])],
    ['ip6', text(address['IPv6Address'])],
  ]
  const set = fields.filter(([, value]) => value !== '')
  return set.length === 0 ? name : csvLine([['name', name], ...set])
}

function labels(config: Raw, standard: Raw): readonly string[] {
  const known = object(standard['Labels'])
  return Object.entries(object(config['Labels']))
    .filter(([name, value]) => known[name] !== value)
    .map(([name, value]) => `${name}=${text(value)}`)
}

function duration(nanoseconds: number): string {
  if (nanoseconds % 1e9 !== 0) return nanoseconds % 1e6 === 0 ? `${nanoseconds / 1e6}ms` : `${nanoseconds}ns`
  return `${nanoseconds / 1e9}s`
}

function health(flags: FlagValues, check: Raw, standard: Raw): void {
  const test = strings(check['Test'])
  if (test[0] === 'NONE') return flags.on('no-healthcheck', true)
  if (!same(test, strings(standard['Test']))) {
    if (test[0] === 'CMD-SHELL') flags.set('health-cmd', test[1] ?? '')
    else if (test[0] === 'CMD') flags.set('health-cmd', commandLine(test.slice(1)))
  }
  const times = [
    ['health-interval', 'Interval'],
    ['health-timeout', 'Timeout'],
    ['health-start-period', 'StartPeriod'],
    ['health-start-interval', 'StartInterval'],
  ] as const
  for (const [flag, field] of times) {
    const value = number(check[field])
    if (value > 0 && value !== number(standard[field])) flags.set(flag, duration(value))
  }
  if (number(check['Retries']) !== number(standard['Retries']))
    flags.number('health-retries', check['Retries'])
}

const standardShm = 64 * 1024 ** 2

function limits(flags: FlagValues, host: Raw): void {
  flags.number('memory', host['Memory'])
  flags.number('memory-reservation', host['MemoryReservation'])
  // The engine sets twice the memory where nothing was said.
  if (number(host['MemorySwap']) !== 2 * number(host['Memory']))
    flags.number('memory-swap', host['MemorySwap'])
  flags.number('memory-swappiness', host['MemorySwappiness'], -1)
  if (number(host['NanoCpus']) > 0) flags.set('cpus', String(number(host['NanoCpus']) / 1e9))
  flags.number('cpu-shares', host['CpuShares'])
  flags.number('cpu-period', host['CpuPeriod'])
  flags.number('cpu-quota', host['CpuQuota'])
  flags.number('cpu-rt-period', host['CpuRealtimePeriod'])
  flags.number('cpu-rt-runtime', host['CpuRealtimeRuntime'])
  flags.set('cpuset-cpus', text(host['CpusetCpus']))
  flags.set('cpuset-mems', text(host['CpusetMems']))
  flags.number('pids-limit', host['PidsLimit'])
  flags.number('blkio-weight', host['BlkioWeight'])
  flags.number('shm-size', host['ShmSize'], standardShm)
  flags.number('oom-score-adj', host['OomScoreAdj'])
  flags.on('oom-kill-disable', host['OomKillDisable'])
  flags.list(
    'ulimit',
    list(host['Ulimits']).map(
      (entry) =>
        `${text(object(entry)['Name'])}=${number(object(entry)['Soft'])}:${number(object(entry)['Hard'])}`,
    ),
  )
}

function rights(flags: FlagValues, host: Raw): void {
  flags.on('init', host['Init'])
  flags.on('privileged', host['Privileged'])
  flags.on('read-only', host['ReadonlyRootfs'])
  flags.list('cap-add', strings(host['CapAdd']))
  flags.list('cap-drop', strings(host['CapDrop']))
  // A privileged container gets these by itself.
  flags.list(
    'security-opt',
    host['Privileged'] === true
      ? strings(host['SecurityOpt']).filter((entry) => entry !== 'label=disable')
      : strings(host['SecurityOpt']),
  )
  flags.list('group-add', strings(host['GroupAdd']))
  for (const [flag, values] of deviceFlags(host)) flags.list(flag, values)
  flags.set('gpus', gpusFlag(host))
  flags.list('device-cgroup-rule', strings(host['DeviceCgroupRules']))
  flags.list(
    'sysctl',
    Object.entries(object(host['Sysctls'])).map(([name, value]) => `${name}=${text(value)}`),
  )
  flags.list(
    'storage-opt',
    Object.entries(object(host['StorageOpt'])).map(([name, value]) => `${name}=${text(value)}`),
  )
  flags.list(
    'annotation',
    Object.entries(object(host['Annotations'])).map(([name, value]) => `${name}=${text(value)}`),
  )
  flags.set('runtime', text(host['Runtime']), 'runc')
  flags.set('ipc', text(host['IpcMode']), 'private')
  flags.set('pid', text(host['PidMode']))
  flags.set('userns', text(host['UsernsMode']))
  flags.set('uts', text(host['UTSMode']))
  flags.set('cgroup-parent', text(host['CgroupParent']))
  if (text(host['CgroupnsMode']) === 'host' && host['Privileged'] !== true) flags.set('cgroupns', 'host')
  flags.set('isolation', text(host['Isolation']), 'default')
}

/** The engine's usual driver is not told apart from one that was asked for; it is left out when it is the common one. */
function logging(flags: FlagValues, config: Raw): void {
  flags.set('log-driver', text(config['Type']), 'json-file')
  flags.list(
    'log-opt',
    Object.entries(object(config['Config'])).map(([name, value]) => `${name}=${text(value)}`),
  )
}
