import type { BatchWriter } from './batch-writer.ts'
import { logStreams, longestLine, type LogStream } from './line.ts'

const carriageReturn = 0x0d

/** Puts the pieces of one stream's line together. A line that comes whole stays where it is. */
export class LineBuilder {
  readonly #stream: number
  #parts: Uint8Array[] = []
  #size = 0
  #open = false
  #seconds = 0
  #nanos = 0

  constructor(stream: LogStream) {
    this.#stream = logStreams.indexOf(stream)
  }

  /** Part of a line is held. */
  get open(): boolean {
    return this.#open
  }

  /** The stamp of a line is that of its first piece. */
  stamp(seconds: number, nanos: number): void {
    if (this.#open) return
    this.#seconds = seconds
    this.#nanos = nanos
  }

  /** A piece of a line: the bytes of `memory` from `start` up to `end`. */
  add(memory: Uint8Array, start: number, end: number, out: BatchWriter): void {
    let from = start
    this.#open = true
    while (this.#size + end - from > longestLine) {
      const to = from + longestLine - this.#size
      this.#hold(memory, from, to)
      from = to
      this.#take(true, out)
      this.#open = true
    }
    this.#hold(memory, from, end)
  }

  /** The line ends here, with this as its last piece; the byte at `end` is its own too. */
  finish(memory: Uint8Array, start: number, end: number, out: BatchWriter): void {
    if (this.#size === 0 && end - start <= longestLine) {
      this.#open = false
      this.#put(memory, start, end, false, out)
      return
    }
    this.add(memory, start, end, out)
    this.#take(false, out)
  }

  /** The line ends with what is held of it. */
  close(out: BatchWriter): void {
    if (this.#open) this.#take(false, out)
  }

  #hold(memory: Uint8Array, start: number, end: number): void {
    if (start === end) return
    // A copy: what lies before a line that has come whole may be written over. `slice` of a Buffer would be none.
    this.#parts.push(new Uint8Array(memory.subarray(start, end)))
    this.#size += end - start
  }

  #take(unfinished: boolean, out: BatchWriter): void {
    const whole = join(this.#parts, this.#size)
    const size = this.#size
    this.#parts = []
    this.#size = 0
    this.#open = false
    this.#put(whole, 0, size, unfinished, out)
  }

  #put(memory: Uint8Array, start: number, end: number, unfinished: boolean, out: BatchWriter): void {
    const to = !unfinished && end > start && memory[end - 1] === carriageReturn ? end - 1 : end
    out.add(memory, start, to, this.#seconds, this.#nanos, this.#stream, unfinished)
  }
}

/** The parts as one, with room for a line end behind them. */
export function join(parts: readonly Uint8Array[], size: number): Uint8Array {
  const whole = new Uint8Array(size + 1)
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}
