import type { Clock } from '../engine/live/clock.ts'
import type { Disposable } from '../shared/disposable.ts'
import { densityOf } from './density.ts'
import type { LineStore } from './line-store.ts'
import type { HostMessage } from './messages.ts'
import type { LogView } from './view.ts'

const everyMs = 1_000
const buckets = 240

/** The strip of many lines is made less often: it takes no more than this share of the time. */
const share = 0.02

/** Keeps the strip over time up to date; it changes slowly, so once a second is enough. */
export class DensitySender implements Disposable {
  readonly #store: LineStore
  readonly #view: LogView
  readonly #clock: Clock
  readonly #post: (message: HostMessage) => void
  #sentAt = -Infinity
  #took = 0
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
    const pause = Math.max(everyMs, this.#took / share)
    const wait = Math.max(0, this.#sentAt + pause - this.#clock.now())
    this.#timer = this.#clock.after(wait, () => {
      this.#timer = undefined
      const begun = this.#clock.now()
      const density = densityOf(this.#store, this.#view, buckets) ?? null
      this.#sentAt = this.#clock.now()
      this.#took = this.#sentAt - begun
      this.#post({ type: 'density', density })
    })
  }
}
