/**
 * Wakes many readers at once: of many connections that get something small at about the same time, such as every second, reading each
 * on its own costs several times what reading one after the other does.
 */
export class Together {
  readonly #ms: number
  #waiting: Set<() => void> = new Set()

  /** `ms` is how long what has arrived may wait for more. */
  constructor(ms: number) {
    this.#ms = ms
  }

  soon(wake: () => void): void {
    if (this.#waiting.size === 0) setTimeout(() => this.#wakeAll(), this.#ms)
    this.#waiting.add(wake)
  }

  #wakeAll(): void {
    const waiting = this.#waiting
    this.#waiting = new Set()
    for (const wake of waiting) wake()
  }
}
