import { LineBatch } from './line-batch.ts'

/** Takes lines as they are found: those in a row that lie in the same piece of memory make a batch. */
export class BatchWriter {
  #batches: LineBatch[] = []
  #last: LineBatch | undefined

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
      batch = new LineBatch(memory, start)
      this.#batches.push(batch)
      this.#last = batch
    }
    batch.push(start, end, seconds, nanos, stream, unfinished)
  }

  /** What has come since the last time. */
  take(): readonly LineBatch[] {
    const batches = this.#batches
    this.#batches = []
    this.#last = undefined
    return batches
  }
}
