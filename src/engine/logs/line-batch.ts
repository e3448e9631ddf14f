import { logStreams, type LogLine } from './line.ts'
import type { Stamp, Stamps } from './stamp.ts'

/** Of each line: where its text ends in the memory, seconds, nanoseconds, stream and whether it is unfinished. */
const entryWords = 4
const unfinished = 1 << 2
const streamBits = 0b11
/** What the objects of a batch take. */
const objectBytes = 256
const latest = 2 ** 32 - 1
const newline = 0x0a

/**
 * Lines that arrived together, in the order of their log. Their texts stand one behind the other where they arrived, each with a line
 * end, and the rest is in columns: a line costs no object of its own, and many are copied as one. Who wants a single one has it
 * made by `line`.
 */
export class LineBatch implements Stamps {
  /** What the texts lie in, and more that is none. */
  readonly memory: Uint8Array
  /** Where the first text starts. */
  readonly #begin: number
  #entries: Uint32Array
  #count: number

  /** `expected` is a guess of how many lines will come. */
  constructor(
    memory: Uint8Array,
    begin = 0,
    expected = 1,
    entries: Uint32Array = new Uint32Array(expected * entryWords),
    count = 0,
  ) {
    this.memory = memory
    this.#begin = begin
    this.#entries = entries
    this.#count = count
  }

  /** A batch of one line. */
  static of(text: Uint8Array, { seconds, nanos }: Stamp, stream: number, goesOn = false): LineBatch {
    const memory = new Uint8Array(text.length + 1)
    memory.set(text)
    const batch = new LineBatch(memory)
    batch.push(0, text.length, seconds, nanos, stream, goesOn)
    return batch
  }

  get count(): number {
    return this.#count
  }

  /** The list of its lines, to be used again once nobody needs the batch any more. */
  get entries(): Uint32Array {
    return this.#entries
  }

  /** Bytes of memory that it holds. */
  get bytes(): number {
    return this.memory.length + this.#entries.byteLength + objectBytes
  }

  /**
   * The text is what the memory has from `start` up to `end`, behind that of the line before: it is moved there. The byte at `end`
   * is the line's too. `stream` is its index in `logStreams`; the one after those is left to who puts lines of its own between.
   */
  push(start: number, end: number, seconds: number, nanos: number, stream: number, goesOn: boolean): void {
    const to = this.start(this.#count)
    const textEnd = to + end - start
    if (to !== start) this.memory.copyWithin(to, start, end)
    this.memory[textEnd] = newline
    let at = this.#count * entryWords
    if (at === this.#entries.length) this.#grow()
    const entries = this.#entries
    entries[at++] = textEnd
    entries[at++] = seconds < 0 ? 0 : seconds > latest ? latest : seconds
    entries[at++] = nanos
    entries[at] = goesOn ? stream | unfinished : stream
    this.#count += 1
  }

  start(at: number): number {
    return at === 0 ? this.#begin : this.#entries[(at - 1) * entryWords]! + 1
  }

  end(at: number): number {
    return this.#entries[at * entryWords]!
  }

  seconds(at: number): number {
    return this.#entries[at * entryWords + 1]!
  }

  nanos(at: number): number {
    return this.#entries[at * entryWords + 2]!
  }

  stream(at: number): number {
    return this.#entries[at * entryWords + 3]! & streamBits
  }

  unfinished(at: number): boolean {
    return (this.#entries[at * entryWords + 3]! & unfinished) !== 0
  }

  stamp(at: number): Stamp {
    return { seconds: this.seconds(at), nanos: this.nanos(at) }
  }

  line(at: number): LogLine {
    return {
      stream: logStreams[this.stream(at)]!,
      seconds: this.seconds(at),
      nanos: this.nanos(at),
      bytes: this.memory.subarray(this.start(at), this.end(at)),
      unfinished: this.unfinished(at),
    }
  }

  *[Symbol.iterator](): Generator<LogLine> {
    for (let at = 0; at < this.#count; at += 1) yield this.line(at)
  }

  /** The lines from `from` up to `to`, in the same memory. */
  slice(from: number, to: number): LineBatch {
    if (from === 0 && to === this.#count) return this
    const entries = this.#entries.subarray(from * entryWords, to * entryWords)
    const count = to - from
    return new LineBatch(this.memory, this.start(from), count, entries, count)
  }

  /** The lines from `from` on, in memory of their own that holds nothing else. */
  copy(from = 0): LineBatch {
    if (from >= this.#count) return new LineBatch(new Uint8Array(0))
    const begin = this.start(from)
    const memory = new Uint8Array(this.memory.subarray(begin, this.end(this.#count - 1) + 1))
    const entries = this.#entries.slice(from * entryWords, this.#count * entryWords)
    for (let at = 0; at < entries.length; at += entryWords) entries[at]! -= begin
    return new LineBatch(memory, 0, 0, entries, this.#count - from)
  }

  #grow(): void {
    const larger = new Uint32Array(this.#entries.length * 2)
    larger.set(this.#entries)
    this.#entries = larger
  }
}
