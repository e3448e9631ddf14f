import type { Clock } from '../../src/engine/live/clock.ts'
import { disposable } from '../../src/shared/disposable.ts'

interface Alarm {
  readonly at: number
  readonly call: () => void
}

/** A clock whose hands are turned by the test. */
export class FakeClock implements Clock {
  #now: number
  #alarms = new Set<Alarm>()

  constructor(now = Date.UTC(2026, 0, 15, 12)) {
    this.#now = now
  }

  readonly now = (): number => this.#now

  readonly after: Clock['after'] = (ms, call) => {
    const alarm = { at: this.#now + ms, call }
    this.#alarms.add(alarm)
    return disposable(() => this.#alarms.delete(alarm))
  }

  /** How many timers run. */
  get timers(): number {
    return this.#alarms.size
  }

  /** Lets time pass: what is due is called in its order, and what that sets off is awaited. */
  async advance(ms: number): Promise<void> {
    const end = this.#now + ms
    await settled()
    for (;;) {
      const next = [...this.#alarms].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0]
      if (next === undefined) break
      this.#alarms.delete(next)
      this.#now = Math.max(this.#now, next.at)
      next.call()
      await settled()
    }
    this.#now = end
  }

  /** Sets the hands without calling anybody, as a machine that slept does. */
  jump(ms: number): void {
    this.#now += ms
  }
}

/** All that can go on without time or the outside has gone on. */
export function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}
