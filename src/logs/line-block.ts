import type { LineBatch } from '../engine/logs/line-batch.ts'

/**
 * A block of lines in one shared buffer: texts grow from the front, each with a line end; entries of 16 bytes grow from
 * the back, the first line's last: end of the text, seconds, nanoseconds, source and flags. Shared, so that a search may read
 * it on another thread without a copy.
 */
export interface BlockData {
  readonly buffer: SharedArrayBuffer
  readonly count: number
}

/** Lines of a source in a row: those of a batch from `from` up to `to`, and the flags of each. */
export interface NewLines {
  readonly batch: LineBatch
  readonly from: number
  readonly to: number
  readonly source: number
  readonly flags: Uint16Array
}

export const blockSize = 128 * 1024
const entryWords = 4
export const entryBytes = entryWords * 4

export class LineBlock {
  readonly buffer: SharedArrayBuffer
  readonly bytes: Uint8Array
  readonly #words: Uint32Array
  /** The number of its first line. */
  first: number
  count = 0
  #textEnd = 0

  constructor(buffer: SharedArrayBuffer, first: number) {
    this.buffer = buffer
    this.bytes = new Uint8Array(buffer)
    this.#words = new Uint32Array(buffer)
    this.first = first
  }

  static read({ buffer, count }: BlockData, first: number): LineBlock {
    const block = new LineBlock(buffer, first)
    block.count = count
    block.#textEnd = count === 0 ? 0 : block.#word(count - 1, 0)
    return block
  }

  get size(): number {
    return this.bytes.length
  }

  /** Takes in lines from `from` on, for as long as there is room; the first that it has not taken. */
  push({ batch, from: first, to, source, flags }: NewLines, from: number): number {
    const words = this.#words
    const start = batch.start(from)
    const shift = this.#textEnd - start
    let entry = words.length - this.count * entryWords
    let at = from
    for (; at < to; at += 1) {
      const end = batch.end(at) + 1 + shift
      entry -= entryWords
      if (end > entry * 4) break
      words[entry] = end
      words[entry + 1] = batch.seconds(at)
      words[entry + 2] = batch.nanos(at)
      words[entry + 3] = (source << 16) | flags[at - first]!
    }
    if (at === from) return at
    const textEnd = batch.end(at - 1) + 1
    this.bytes.set(batch.memory.subarray(start, textEnd), this.#textEnd)
    this.#textEnd = textEnd + shift
    this.count += at - from
    return at
  }

  seconds(index: number): number {
    return this.#word(index, 1)
  }

  nanos(index: number): number {
    return this.#word(index, 2)
  }

  source(index: number): number {
    return this.#word(index, 3) >>> 16
  }

  flags(index: number): number {
    return this.#word(index, 3) & 0xffff
  }

  /** Where the text of a line begins and ends, without its line end. */
  textStart(index: number): number {
    return index === 0 ? 0 : this.#word(index - 1, 0)
  }

  textEnd(index: number): number {
    return this.#word(index, 0) - 1
  }

  text(index: number): string {
    return decoder.decode(this.bytes.subarray(this.textStart(index), this.textEnd(index)))
  }

  /** The texts from `from` up to `to`, one at least, with line ends between them. */
  wholeText(from: number, to: number): string {
    return decoder.decode(this.bytes.subarray(this.textStart(from), this.textEnd(to - 1)))
  }

  #word(index: number, which: number): number {
    return this.#words[this.#words.length - (index + 1) * entryWords + which]!
  }
}

// What is not UTF-8 becomes U+FFFD; a byte order mark stays, so that offsets agree.
const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
