import { monitorEventLoopDelay } from 'node:perf_hooks'

/** What a stretch of work costs the process it runs in. */
export interface Cost {
  /** Milliseconds by the clock, and of the processor. */
  readonly took: number
  readonly cpu: number
  /** How much later than asked timers ran, in milliseconds. */
  readonly delayP99: number
  readonly delayMax: number
  /** Bytes of memory above those at the beginning, at most. */
  readonly memory: number
}

const sampleMs = 100

export async function costOf(task: () => Promise<unknown>): Promise<Cost> {
  const delay = monitorEventLoopDelay({ resolution: 5 })
  const before = process.memoryUsage.rss()
  let most = before
  const sampling = setInterval(() => (most = Math.max(most, process.memoryUsage.rss())), sampleMs)
  const used = process.cpuUsage()
  const begun = performance.now()
  delay.enable()
  await task()
  delay.disable()
  const took = performance.now() - begun
  const { user, system } = process.cpuUsage(used)
  clearInterval(sampling)
  return {
    took,
    cpu: (user + system) / 1000,
    delayP99: delay.percentile(99) / 1e6,
    delayMax: delay.max / 1e6,
    memory: most - before,
  }
}

export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}
