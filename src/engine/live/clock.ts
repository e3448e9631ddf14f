import type { Disposable } from '../../shared/disposable.ts'

/** Time as the live store sees it: tests turn the hands themselves. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number
  /** Calls back once; dispose to call it off. */
  after(ms: number, call: () => void): Disposable
}

export const systemClock: Clock = {
  now: () => Date.now(),
  after(ms, call) {
    const timer = setTimeout(call, ms)
    return { dispose: () => clearTimeout(timer) }
  },
}
