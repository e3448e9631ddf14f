import type { Clock } from '../engine/live/clock.ts'
import type { Disposable } from '../shared/disposable.ts'
import { densityOf } from './density.ts'
import type { LineStore } from './line-store.ts'
import type { HostMessage } from './messages.ts'
import type { LogView } from './view.ts'

const everyMs = 1_000
const buckets = 240

/** Keeps the strip over time up to date; it changes slowly, so once a second is enough. */
export class DensitySender implements Disposable {
  readonly #store: LineStore
  readonly #view: LogView
  readonly #clock: Clock
  readonly #post: (message: HostMessage) => void
  #sentAt = -Infinity
  #timer: Disposable | undefined

  constructor(store: LineStore, view: LogView, clock: Clock, post: (message: HostMessage) => void) {
    this.#store = store
    this.#view = view
    this.#clock = clock
    this.#post = post
  }

  /** The page shows no strip yet. */
  begin(): void {
    this.#sentAt = -Infinity
  }

  dispose(): void {
    this.#timer?.dispose()
    this.#timer = undefined
  }

  /** What is shown has changed. */
  schedule(): void {
    if (this.#timer !== undefined) return
    const wait = Math.max(0, this.#sentAt + everyMs - this.#clock.now())
    this.#timer = this.#clock.after(wait, () => {
      this.#timer = undefined
      this.#sentAt = this.#clock.now()
      this.#post({ type: 'density', density: densityOf(this.#store, this.#view, buckets) ?? null })
    })
  }
}
