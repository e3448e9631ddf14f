import type { Raw } from '../model/raw.ts'

/** What an engine was told to give a container at most; without an entry it may have all that the machine has. */
export interface Limits {
  /** CPUs, such as 1.5. */
  readonly cpus?: number
  /** Bytes. */
  readonly memory?: number
  /** Processes and threads. */
  readonly pids?: number
}

/** The limits that `GET /containers/{id}/json` tells; statistics tell nothing of CPUs. */
export function limitsOf(inspected: Raw): Limits {
  const host = inspected['HostConfig']
  if (typeof host !== 'object' || host === null) return {}
  const number = (name: string): number => {
    const value = (host as Raw)[name]
    return typeof value === 'number' && value > 0 ? value : 0
  }
  const quota = number('CpuQuota') / (number('CpuPeriod') || kernelPeriod)
  const cpuset = (host as Raw)['CpusetCpus']
  // Whichever is the least is what holds.
  const cpus = [
    number('NanoCpus') / 1e9,
    quota,
    number('CpuCount'),
    typeof cpuset === 'string' ? cpusIn(cpuset) : 0,
  ].filter((limit) => limit > 0)
  const memory = number('Memory')
  const pids = number('PidsLimit')
  return {
    ...(cpus.length === 0 ? {} : { cpus: Math.min(...cpus) }),
    ...(memory === 0 ? {} : { memory }),
    ...(pids === 0 ? {} : { pids }),
  }
}

/** Microseconds; what a quota is of where no period is given. */
const kernelPeriod = 100_000

/** How many CPUs `0-2,4` names. */
function cpusIn(list: string): number {
  return list.split(',').reduce((sum, part) => {
    const [, from, to = from] = /^(\d+)(?:-(\d+))?$/.exec(part.trim()) ?? []
    return from === undefined ? sum : sum + Math.max(0, Number(to) - Number(from) + 1)
  }, 0)
}
