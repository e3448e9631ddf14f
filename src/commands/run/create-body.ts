import type { Raw } from '../../engine/engine.ts'
import { t } from '../../shared/l10n.ts'
import type { RunSpec } from '../../shared/docker-run/run-line.ts'
import { devices } from './devices.ts'
import { mounts } from './mounts.ts'
import { endpoints, networkMode } from './networks.ts'
import { bytes, exposedPorts, invalid, nanoseconds, publishedPorts } from './values.ts'

/** What a line needs from outside: the text of files that it names, and variables that it passes on by name alone. */
export interface RunSurroundings {
  /** The lines of an `--env-file` or `--label-file`; rejects with what to do. */
  readonly readLines: (path: string) => Promise<readonly string[]>
  /** The value of a variable for `-e NAME`; undefined leaves it out. */
  readonly variable: (name: string) => string | undefined
  /** Makes a bind mount's relative path absolute, from the workspace. */
  readonly absolute: (path: string) => string
}

/** Flags whose values the body takes as they are: flag, place. */
const hostStrings: readonly (readonly [flag: string, field: string])[] = [
  ['cpuset-cpus', 'CpusetCpus'],
  ['cpuset-mems', 'CpusetMems'],
  ['runtime', 'Runtime'],
  ['ipc', 'IpcMode'],
  ['pid', 'PidMode'],
  ['userns', 'UsernsMode'],
  ['uts', 'UTSMode'],
  ['cgroupns', 'CgroupnsMode'],
  ['cgroup-parent', 'CgroupParent'],
  ['isolation', 'Isolation'],
  ['volume-driver', 'VolumeDriver'],
  ['cidfile', 'ContainerIDFile'],
]
const hostLists: readonly (readonly [flag: string, field: string])[] = [
  ['cap-add', 'CapAdd'],
  ['cap-drop', 'CapDrop'],
  ['security-opt', 'SecurityOpt'],
  ['dns', 'Dns'],
  ['dns-option', 'DnsOptions'],
  ['dns-search', 'DnsSearch'],
  ['add-host', 'ExtraHosts'],
  ['group-add', 'GroupAdd'],
  ['volumes-from', 'VolumesFrom'],
  ['link', 'Links'],
  ['device-cgroup-rule', 'DeviceCgroupRules'],
]
const hostIntegers: readonly (readonly [flag: string, field: string])[] = [
  ['cpu-shares', 'CpuShares'],
  ['cpu-period', 'CpuPeriod'],
  ['cpu-quota', 'CpuQuota'],
  ['cpu-rt-period', 'CpuRealtimePeriod'],
  ['cpu-rt-runtime', 'CpuRealtimeRuntime'],
  ['cpu-count', 'CpuCount'],
  ['cpu-percent', 'CpuPercent'],
  ['pids-limit', 'PidsLimit'],
  ['blkio-weight', 'BlkioWeight'],
  ['io-maxiops', 'IOMaximumIOps'],
  ['memory-swappiness', 'MemorySwappiness'],
  ['oom-score-adj', 'OomScoreAdj'],
]
const hostBytes: readonly (readonly [flag: string, field: string])[] = [
  ['memory', 'Memory'],
  ['memory-reservation', 'MemoryReservation'],
  ['memory-swap', 'MemorySwap'],
  ['kernel-memory', 'KernelMemory'],
  ['shm-size', 'ShmSize'],
  ['io-maxbandwidth', 'IOMaximumBandwidth'],
]
const hostBooleans: readonly (readonly [flag: string, field: string])[] = [
  ['rm', 'AutoRemove'],
  ['privileged', 'Privileged'],
  ['read-only', 'ReadonlyRootfs'],
  ['publish-all', 'PublishAllPorts'],
  ['init', 'Init'],
  ['oom-kill-disable', 'OomKillDisable'],
]

/** Reads flags by name. */
export interface Flags {
  text(name: string): string | undefined
  list(name: string): readonly string[]
  on(name: string): boolean
}

export function flagsOf(spec: RunSpec): Flags {
  return {
    text: (name) => {
      const value = spec.flags.get(name)
      return typeof value === 'string' && value !== '' ? value : undefined
    },
    list: (name) => {
      const value = spec.flags.get(name)
      return value === undefined ? [] : typeof value === 'string' ? [value] : value
    },
    on: (name) => spec.flags.get(name) === 'true',
  }
}

/**
 * The body of `POST /containers/create` that does what the line says, by the rules of the docker CLI (docker/cli,
 * `cli/command/container/opts.go`). Rejects with `invalid`, naming the flag.
 */
export async function createBody(spec: RunSpec, surroundings: RunSurroundings): Promise<Raw> {
  const flags = flagsOf(spec)
  const exposed = new Set<string>()
  for (const value of flags.list('expose')) {
    const ports = exposedPorts(value)
    if (ports === undefined)
      throw invalid('expose', value, t('Write a port or a range, such as 80 or 7000-7010/udp.'))
    for (const port of ports) exposed.add(port)
  }
  const bindings: Record<string, { HostIp: string; HostPort: string }[]> = {}
  for (const value of flags.list('publish')) {
    const ports = publishedPorts(value)
    if (ports === undefined)
      throw invalid(
        'publish',
        value,
        t('Write HOST:CONTAINER, such as 8080:80, 127.0.0.1:8080:80 or 53:53/udp.'),
      )
    for (const { containerPort, protocol, hostIp, hostPort } of ports) {
      exposed.add(`${containerPort}/${protocol}`)
      ;(bindings[`${containerPort}/${protocol}`] ??= []).push({ HostIp: hostIp, HostPort: hostPort })
    }
  }
  const env = await environment(flags, surroundings)
  const labels = await pairsOf(flags, 'label', 'label-file', surroundings)
  const volumes = mounts(flags, surroundings.absolute)
  const entrypoint = spec.flags.get('entrypoint')
  const detached = flags.on('detach')
  return {
    Image: spec.image,
    ...(spec.command.length === 0 ? {} : { Cmd: spec.command }),
    // `--entrypoint ''` takes the image's away.
    ...(entrypoint === undefined ? {} : { Entrypoint: entrypoint === '' ? [''] : [entrypoint] }),
    ...(env.length === 0 ? {} : { Env: env }),
    ...(Object.keys(labels).length === 0 ? {} : { Labels: labels }),
    ...(exposed.size === 0
      ? {}
      : { ExposedPorts: Object.fromEntries([...exposed].map((port) => [port, {}])) }),
    ...(Object.keys(volumes.anonymous).length === 0 ? {} : { Volumes: volumes.anonymous }),
    ...one('Hostname', flags.text('hostname')),
    ...one('Domainname', flags.text('domainname')),
    ...one('User', flags.text('user')),
    ...one('WorkingDir', flags.text('workdir')),
    ...one('StopSignal', flags.text('stop-signal')),
    ...one('StopTimeout', number(flags, 'stop-timeout')),
    ...one('Healthcheck', healthcheck(flags)),
    Tty: flags.on('tty'),
    OpenStdin: flags.on('interactive'),
    StdinOnce: flags.on('interactive') && !detached,
    AttachStdin: flags.on('interactive') && !detached,
    AttachStdout: !detached,
    AttachStderr: !detached,
    HostConfig: hostConfig(flags, bindings, volumes),
    ...one('NetworkingConfig', endpoints(flags)),
  }
}

function one(field: string, value: unknown): Raw {
  return value === undefined ? {} : { [field]: value }
}

function number(flags: Flags, name: string): number | undefined {
  const value = flags.text(name)
  return value === undefined ? undefined : Number(value)
}

function hostConfig(flags: Flags, bindings: Raw, volumes: ReturnType<typeof mounts>): Raw {
  const config: Record<string, unknown> = {}
  for (const [flag, field] of hostStrings)
    if (flags.text(flag) !== undefined) config[field] = flags.text(flag)
  for (const [flag, field] of hostLists) if (flags.list(flag).length > 0) config[field] = flags.list(flag)
  for (const [flag, field] of hostIntegers)
    if (flags.text(flag) !== undefined) config[field] = number(flags, flag)
  for (const [flag, field] of hostBooleans) if (flags.on(flag)) config[field] = true
  for (const [flag, field] of hostBytes) {
    const value = flags.text(flag)
    if (value === undefined) continue
    const size = bytes(value)
    if (size === undefined) throw invalid(flag, value, t('Write a size such as 512m or 2g.'))
    config[field] = size
  }
  const cpus = flags.text('cpus')
  if (cpus !== undefined) config['NanoCpus'] = Math.round(Number(cpus) * 1e9)
  if (Object.keys(bindings).length > 0) config['PortBindings'] = bindings
  if (volumes.binds.length > 0) config['Binds'] = volumes.binds
  if (volumes.mounts.length > 0) config['Mounts'] = volumes.mounts
  if (Object.keys(volumes.tmpfs).length > 0) config['Tmpfs'] = volumes.tmpfs
  return {
    ...config,
    ...one('NetworkMode', networkMode(flags)),
    ...one('RestartPolicy', restartPolicy(flags.text('restart'))),
    ...one('LogConfig', logConfig(flags)),
    ...one('Ulimits', nonEmpty(flags.list('ulimit').map(ulimit))),
    ...one('Sysctls', nonEmptyRecord(keyValues(flags.list('sysctl')))),
    ...one('StorageOpt', nonEmptyRecord(keyValues(flags.list('storage-opt')))),
    ...one('Annotations', nonEmptyRecord(keyValues(flags.list('annotation')))),
    ...devices(flags),
  }
}

const nonEmpty = <T>(entries: readonly T[]): readonly T[] | undefined =>
  entries.length === 0 ? undefined : entries
const nonEmptyRecord = (record: Raw): Raw | undefined =>
  Object.keys(record).length === 0 ? undefined : record

function keyValues(entries: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    entries.map((entry) => {
      const equals = entry.indexOf('=')
      return equals === -1 ? [entry, ''] : [entry.slice(0, equals), entry.slice(equals + 1)]
    }),
  )
}

const significant = (lines: readonly string[]): readonly string[] =>
  lines.map((line) => line.trimStart()).filter((line) => line !== '' && !line.startsWith('#'))

async function environment(
  flags: Flags,
  { readLines, variable }: RunSurroundings,
): Promise<readonly string[]> {
  const entries: string[] = []
  for (const path of flags.list('env-file')) entries.push(...significant(await readLines(path)))
  entries.push(...flags.list('env'))
  return entries.flatMap((entry) => {
    if (entry.includes('=')) return [entry]
    const value = variable(entry)
    return value === undefined ? [] : [`${entry}=${value}`]
  })
}

async function pairsOf(
  flags: Flags,
  flag: string,
  fileFlag: string,
  { readLines }: RunSurroundings,
): Promise<Record<string, string>> {
  const entries: string[] = []
  for (const path of flags.list(fileFlag)) entries.push(...significant(await readLines(path)))
  return keyValues([...entries, ...flags.list(flag)])
}

function restartPolicy(value: string | undefined): Raw | undefined {
  if (value === undefined) return undefined
  const [name = '', count, ...rest] = value.split(':')
  if (
    !['no', 'always', 'unless-stopped', 'on-failure'].includes(name) ||
    rest.length > 0 ||
    (count !== undefined && (name !== 'on-failure' || !/^\d+$/.test(count)))
  )
    throw invalid('restart', value, t('It is no, always, unless-stopped, on-failure or on-failure:N.'))
  return { Name: name, MaximumRetryCount: Number(count ?? 0) }
}

function logConfig(flags: Flags): Raw | undefined {
  const options = keyValues(flags.list('log-opt'))
  const driver = flags.text('log-driver')
  if (driver === undefined && Object.keys(options).length === 0) return undefined
  return { Type: driver ?? '', Config: options }
}

function healthcheck(flags: Flags): Raw | undefined {
  if (flags.on('no-healthcheck')) return { Test: ['NONE'] }
  const times = [
    ['health-interval', 'Interval'],
    ['health-timeout', 'Timeout'],
    ['health-start-period', 'StartPeriod'],
    ['health-start-interval', 'StartInterval'],
  ] as const
  const check: Record<string, unknown> = {}
  const command = flags.text('health-cmd')
  if (command !== undefined) check['Test'] = ['CMD-SHELL', command]
  for (const [flag, field] of times) {
    const value = flags.text(flag)
    if (value !== undefined) check[field] = nanoseconds(value)
  }
  const retries = number(flags, 'health-retries')
  if (retries !== undefined) check['Retries'] = retries
  return nonEmptyRecord(check)
}

function ulimit(value: string): Raw {
  const match = /^([a-z]+)=(-?\d+)(?::(-?\d+))?$/.exec(value)
  if (match === null) throw invalid('ulimit', value, t('Write NAME=SOFT:HARD, such as nofile=1024:2048.'))
  return { Name: match[1], Soft: Number(match[2]), Hard: Number(match[3] ?? match[2]) }
}
