import type { Raw } from '../model/raw.ts'

/** One moment of a container's use of the machine. */
export interface Sample {
  /** Milliseconds since the epoch, by the engine's clock. */
  readonly time: number
  /** Percent of one CPU: 200 is two CPUs busy. Undefined in the first sample, which has nothing to compare with. */
  readonly cpu: number | undefined
  readonly cpus: number
  /** Bytes, without the page cache that can be dropped. */
  readonly memory: number
  /** Bytes; the machine's memory where the container has no limit. */
  readonly memoryLimit: number
  /** Bytes since the container started. */
  readonly received: number
  readonly sent: number
  readonly read: number
  readonly written: number
  readonly pids: number
  readonly pidsLimit: number | undefined
}

const object = (value: unknown): Raw => (typeof value === 'object' && value !== null ? (value as Raw) : {})
const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])
const number = (value: unknown): number => (typeof value === 'number' && Number.isFinite(value) ? value : 0)

/**
 * A record of `GET /containers/{id}/stats` in the units that people read, by the formulae of the docker CLI
 * (docker/cli, `stats_helpers.go`): CPU time against system time on Linux, against wall time on Windows; memory without
 * `inactive_file` on cgroup v2 and without `total_inactive_file` on v1. Undefined for a record of a container that does not run.
 */
export function sampleOf(raw: Raw): Sample | undefined {
  const read = typeof raw['read'] === 'string' ? Date.parse(raw['read']) : Number.NaN
  // An engine sends one record of zeros, stamped in the year 1, for a container that has stopped.
  if (!(read > 0)) return undefined
  const windows =
    Object.keys(object(raw['storage_stats'])).length > 0 ||
    ('num_procs' in raw && number(raw['num_procs']) > 0)
  const pids = object(raw['pids_stats'])
  const limit = number(pids['limit'])
  return {
    time: read,
    cpu: windows ? windowsCpu(raw, read) : unixCpu(raw),
    cpus: onlineCpus(object(raw['cpu_stats'])) || number(raw['num_procs']),
    ...(windows ? windowsMemory(raw) : unixMemory(object(raw['memory_stats']))),
    ...network(object(raw['networks'])),
    ...(windows ? windowsDisk(object(raw['storage_stats'])) : unixDisk(object(raw['blkio_stats']))),
    pids: number(pids['current']) || (windows ? number(raw['num_procs']) : 0),
    // "No limit" comes as 0, or as the largest number of the kernel.
    pidsLimit: limit > 0 && limit < 2 ** 31 ? limit : undefined,
  }
}

function onlineCpus(cpu: Raw): number {
  return number(cpu['online_cpus']) || list(object(cpu['cpu_usage'])['percpu_usage']).length
}

function unixCpu(raw: Raw): number | undefined {
  const now = object(raw['cpu_stats'])
  const before = object(raw['precpu_stats'])
  if (number(before['system_cpu_usage']) === 0) return undefined
  const used =
    number(object(now['cpu_usage'])['total_usage']) - number(object(before['cpu_usage'])['total_usage'])
  const passed = number(now['system_cpu_usage']) - number(before['system_cpu_usage'])
  return used > 0 && passed > 0 ? (used / passed) * (onlineCpus(now) || 1) * 100 : 0
}

/** Windows counts CPU time in units of 100 ns, of all processors together. */
function windowsCpu(raw: Raw, read: number): number | undefined {
  const before = typeof raw['preread'] === 'string' ? Date.parse(raw['preread']) : Number.NaN
  if (!(before > 0)) return undefined
  const possible = (read - before) * 10_000 * (number(raw['num_procs']) || 1)
  const used =
    number(object(object(raw['cpu_stats'])['cpu_usage'])['total_usage']) -
    number(object(object(raw['precpu_stats'])['cpu_usage'])['total_usage'])
  return possible > 0 ? Math.max(0, (used / possible) * 100) : 0
}

function unixMemory(memory: Raw): Pick<Sample, 'memory' | 'memoryLimit'> {
  const usage = number(memory['usage'])
  const details = object(memory['stats'])
  const cache =
    'total_inactive_file' in details
      ? number(details['total_inactive_file'])
      : number(details['inactive_file'])
  return { memory: cache < usage ? usage - cache : usage, memoryLimit: number(memory['limit']) }
}

function windowsMemory(raw: Raw): Pick<Sample, 'memory' | 'memoryLimit'> {
  return { memory: number(object(raw['memory_stats'])['privateworkingset']), memoryLimit: 0 }
}

function network(networks: Raw): Pick<Sample, 'received' | 'sent'> {
  let received = 0
  let sent = 0
  for (const entry of Object.values(networks)) {
    received += number(object(entry)['rx_bytes'])
    sent += number(object(entry)['tx_bytes'])
  }
  return { received, sent }
}

function unixDisk(blkio: Raw): Pick<Sample, 'read' | 'written'> {
  let read = 0
  let written = 0
  for (const entry of list(blkio['io_service_bytes_recursive'])) {
    const operation = String(object(entry)['op']).toLowerCase()
    if (operation === 'read') read += number(object(entry)['value'])
    else if (operation === 'write') written += number(object(entry)['value'])
  }
  return { read, written }
}

function windowsDisk(storage: Raw): Pick<Sample, 'read' | 'written'> {
  return { read: number(storage['read_size_bytes']), written: number(storage['write_size_bytes']) }
}
