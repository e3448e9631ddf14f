import type { Clock } from '../engine/live/clock.ts'
import type { Disposable } from '../shared/disposable.ts'
import { visibleText } from './ansi.ts'
import type { LineStore } from './line-store.ts'
import type { LogView } from './view.ts'

/** A screen reader needs its time: the last few of the new lines, now and then, and how many more there were. */
const announceMs = 1_500
const mostLines = 5
const longestLine = 500

/** Tells new lines to be read out, while that is wanted. */
export class Announcer implements Disposable {
  readonly #store: LineStore
  readonly #view: LogView
  readonly #clock: Clock
  readonly #tell: (lines: readonly string[], more: number) => void
  /** The first line that has not been told; undefined while nothing is to be told. */
  #from: number | undefined
  #timer: Disposable | undefined

  constructor(
    store: LineStore,
    view: LogView,
    clock: Clock,
    tell: (lines: readonly string[], more: number) => void,
  ) {
    this.#store = store
    this.#view = view
    this.#clock = clock
    this.#tell = tell
  }

  turn(on: boolean): void {
    if (!on) this.#from = undefined
    else this.#from ??= this.#store.end
  }

  /** What is held now counts as told. */
  fromNow(): void {
    if (this.#from !== undefined) this.#from = this.#store.end
  }

  update(): void {
    if (this.#from === undefined || this.#timer !== undefined) return
    if (this.#view.indexOf(this.#from) >= this.#view.length) return
    this.#timer = this.#clock.after(announceMs, () => {
      this.#timer = undefined
      if (this.#from === undefined) return
      const from = this.#view.indexOf(this.#from)
      const seqs = this.#view.slice(Math.max(from, this.#view.length - mostLines), this.#view.length)
      const lines = seqs.map((seq) => visibleText(this.#store.text(seq)).slice(0, longestLine))
      this.#from = this.#store.end
      if (lines.length > 0) this.#tell(lines, Math.max(0, this.#view.length - from - lines.length))
    })
  }

  dispose(): void {
    this.#timer?.dispose()
  }
}
