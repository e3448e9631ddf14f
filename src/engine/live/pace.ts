import type { Clock } from './clock.ts'

/** A few calls at once after quiet, then so many a second: one for a list of some objects, two for a list of all. */
export class Pace {
  readonly #clock: Clock
  readonly #burst: number
  readonly #perSecond: number
  #tokens: number
  #at: number

  constructor(clock: Clock, burst = 8, perSecond = 2) {
    this.#clock = clock
    this.#burst = burst
    this.#perSecond = perSecond
    this.#tokens = burst
    this.#at = clock.now()
  }

  /** Whether a call of this cost may go now; it is counted if so. */
  take(cost: number): boolean {
    this.#refill()
    if (this.#tokens < cost) return false
    this.#tokens -= cost
    return true
  }

  /** Milliseconds until a call of this cost may go. */
  wait(cost: number): number {
    this.#refill()
    return Math.ceil((Math.max(0, cost - this.#tokens) * 1000) / this.#perSecond)
  }

  #refill(): void {
    const now = this.#clock.now()
    const passed = Math.max(0, now - this.#at)
    this.#tokens = Math.min(this.#burst, this.#tokens + (passed * this.#perSecond) / 1000)
    this.#at = now
  }
}
