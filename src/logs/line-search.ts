import { isEmptyQuery, type LineQuery, type Searcher } from './search.ts'
import type { LineStore } from './line-store.ts'

/** So many lines are looked through before the next ones are gathered: newer questions come in between. */
const stretch = 200_000

/**
 * Keeps the lines of a store that match a query known, as lines come: runs the searcher over what is new, one stretch at a time.
 */
export class LineSearch {
  readonly #store: LineStore
  readonly #searcher: Searcher
  readonly #found: (seqs: readonly number[], upTo: number) => void
  readonly #tooSlow: () => void
  #query: LineQuery = {}
  #searchedTo = 0
  #running: Promise<void> | undefined
  #controller = new AbortController()

  constructor(
    store: LineStore,
    searcher: Searcher,
    events: {
      /** Lines that match, in order, and how far the lines are known now. */
      found(seqs: readonly number[], upTo: number): void
      tooSlow(): void
    },
  ) {
    this.#store = store
    this.#searcher = searcher
    this.#found = (seqs, upTo) => events.found(seqs, upTo)
    this.#tooSlow = () => events.tooSlow()
  }

  get active(): boolean {
    return !isEmptyQuery(this.#query)
  }

  /** Begins anew at the oldest line. */
  setQuery(query: LineQuery): void {
    this.#controller.abort()
    this.#controller = new AbortController()
    this.#query = query
    this.#searchedTo = this.#store.first
    this.#running = undefined
    void this.advance()
  }

  /** Looks through what has come; resolves when all lines there are now are known. */
  advance(): Promise<void> {
    if (!this.active) return Promise.resolve()
    this.#running ??= this.#run(this.#controller.signal).finally(() => {
      if (!this.#controller.signal.aborted) this.#running = undefined
    })
    return this.#running
  }

  dispose(): void {
    this.#controller.abort()
    this.#query = {}
  }

  async #run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const from = Math.max(this.#searchedTo, this.#store.first)
      const to = Math.min(from + stretch, this.#store.end)
      if (from >= to) return
      const slices = [...this.#store.range(from, to)].map(({ block, from: begin, to: end }) => ({
        buffer: block.buffer,
        first: block.first,
        from: begin,
        to: end,
      }))
      const outcome = await this.#searcher.scan(
        this.#query,
        slices,
        (seqs, upTo) => {
          if (signal.aborted) return
          this.#searchedTo = upTo
          // What has left the buffer in the meantime may have been overwritten while it was looked at.
          this.#found(
            seqs[0] !== undefined && seqs[0] < this.#store.first ? this.#stillHeld(seqs) : seqs,
            upTo,
          )
        },
        signal,
      )
      if (signal.aborted || outcome === 'cancelled') return
      if (outcome === 'tooSlow') {
        this.#query = {}
        this.#tooSlow()
        return
      }
      this.#searchedTo = Math.max(this.#searchedTo, to)
    }
  }

  #stillHeld(seqs: readonly number[]): readonly number[] {
    return seqs.filter((seq) => seq >= this.#store.first)
  }
}
