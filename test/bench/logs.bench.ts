import { flood } from './logs-flood.ts'
import { latency } from './logs-latency.ts'
import { million } from './logs-million.ts'
import { reading } from './logs-reading.ts'
import type { Bench } from './bench.ts'

/**
 * What the log viewer must keep up with: large logs, floods, a million lines held, and a line just written. `QUAYSIDE_BENCH_PART`
 * (`million`, `latency`, `reading`, `flood`) runs one part alone; `latency` and `flood` open a window with what `npm run build` made.
 */
export const bench: Bench = {
  name: 'logs',
  async run(print) {
    // The search thread alone does not keep a process alive.
    const awake = setInterval(() => undefined, 1_000)
    try {
      for (const part of [million, latency, reading, flood])
        if ((process.env['QUAYSIDE_BENCH_PART'] ?? part.name) === part.name) await part(print)
    } finally {
      clearInterval(awake)
    }
  },
}
