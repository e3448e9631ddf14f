import { LineBatch } from './line-batch.ts'

/** In so many bytes with their stamps a line is expected before there has been one. */
const usualSpacing = 128
/** Pieces of memory from here on tell how close lines are. */
const telling = 4 * 1024

/** Takes lines as they are found: those in a row that lie in the same piece of memory make a batch. */
export class BatchWriter {
  readonly #lent: boolean
  /** Lists of batches before, to be used again. */
  #spare: Uint32Array[] = []
  #batches: LineBatch[] = []
  #last: LineBatch | undefined
  #spacing = usualSpacing

  /** `lent`: what is taken is needed only until more is added. */
  constructor(lent = false) {
    this.#lent = lent
  }

  /** As `LineBatch.push`. */
  add(
    memory: Uint8Array,
    start: number,
    end: number,
    seconds: number,
    nanos: number,
    stream: number,
    unfinished: boolean,
  ): void {
    let batch = this.#last
    if (batch === undefined || batch.memory !== memory) {
      this.#learn()
      const expected = Math.ceil(memory.length / this.#spacing) + 1
      const entries = this.#spare.pop()
      batch =
        entries === undefined
          ? new LineBatch(memory, start, expected)
          : new LineBatch(memory, start, expected, entries)
      this.#batches.push(batch)
      this.#last = batch
    }
    batch.push(start, end, seconds, nanos, stream, unfinished)
  }

  /** What has come since the last time. */
  take(): readonly LineBatch[] {
    this.#learn()
    const batches = this.#batches
    if (batches.length === 0) return batches
    if (this.#lent) this.#spare = batches.map(({ entries }) => entries)
    this.#batches = []
    this.#last = undefined
    return batches
  }

  /** A list of the right size need not grow, and holds no more than is needed. */
  #learn(): void {
    const last = this.#last
    if (last !== undefined && last.memory.length >= telling)
      this.#spacing = (0.9 * last.memory.length) / last.count
  }
}
