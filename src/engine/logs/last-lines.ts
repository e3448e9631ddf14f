import type { LineBatch } from './line-batch.ts'

/** So many bytes of lines are held at most while the last of them are looked for. */
const mostBytes = 32 * 1024 * 1024

/** Lines in a row of one batch. */
interface Stretch {
  readonly batch: LineBatch
  from: number
  to: number
}

/** The last lines of many that come: so many at most, and so many bytes of them. Batches are copied. */
export class LastLines {
  /** How many lines have come. */
  read = 0
  readonly #count: number
  readonly #most: number
  #stretches: Stretch[] = []
  #length = 0
  /** How many of those that are kept end there: the pieces of a very long line count once. */
  #ends = 0
  #bytes = 0
  /** The batch that came last, and its copy. */
  #from: LineBatch | undefined
  #copy: LineBatch | undefined

  constructor(count: number, most = mostBytes) {
    this.#count = count
    this.#most = most
  }

  /** Lines that came have been left out. */
  get trimmed(): boolean {
    return this.read > this.#length
  }

  /** Takes the line of a batch at `at`. */
  add(batch: LineBatch, at: number): void {
    this.read += 1
    if (this.#count === 0) return
    const own = this.#copyOf(batch)
    const last = this.#stretches.at(-1)
    if (last?.batch === own && last.to === at) last.to += 1
    else this.#stretches.push({ batch: own, from: at, to: at + 1 })
    this.#tally(own, at, 1)
    while (this.#ends > this.#count || (this.#bytes > this.#most && this.#length > 1)) this.#drop()
  }

  take(): readonly LineBatch[] {
    return this.#stretches.map(({ batch, from, to }) => batch.slice(from, to))
  }

  #copyOf(batch: LineBatch): LineBatch {
    if (batch !== this.#from || this.#copy === undefined) {
      this.#from = batch
      this.#copy = batch.copy()
    }
    return this.#copy
  }

  #tally(batch: LineBatch, at: number, by: 1 | -1): void {
    this.#length += by
    this.#bytes += by * (batch.end(at) - batch.start(at))
    if (!batch.unfinished(at)) this.#ends += by
  }

  #drop(): void {
    const first = this.#stretches[0]!
    this.#tally(first.batch, first.from, -1)
    first.from += 1
    // Let go at once: it may be all that holds the piece of memory that it came in.
    if (first.from === first.to) this.#stretches.shift()
  }
}
