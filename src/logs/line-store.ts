import { blockSize, entryBytes, LineBlock, type NewLines } from './line-block.ts'

export interface HeldLine {
  readonly seq: number
  readonly seconds: number
  readonly nanos: number
  readonly source: number
  readonly flags: number
}

/** What a line takes in the three lists of line numbers that may hold it: those shown, those that match the filter, those found. */
const listed = 12

/**
 * Lines in the order they are shown, within a limit of bytes that counts everything: when it is reached the oldest go, or the
 * newest while one reads back. Lines are numbered without gaps; a number stays with its line.
 */
export class LineStore {
  #limit: number
  #blocks: LineBlock[] = []
  #bytes = 0
  /** Kept for the next block: a buffer that is used again needs no garbage collection. */
  #spare: SharedArrayBuffer | undefined
  #dropped = 0
  #cursor = 0

  constructor(limit: number) {
    this.#limit = Math.max(limit, 8 * blockSize)
  }

  /** The number of the oldest line held. */
  get first(): number {
    return this.#blocks[0]?.first ?? 0
  }

  /** The number after that of the newest line. */
  get end(): number {
    const last = this.#blocks.at(-1)
    return last === undefined ? 0 : last.first + last.count
  }

  get count(): number {
    return this.end - this.first
  }

  /** Bytes of memory in use, with those of the lists that a view of these lines needs. */
  get bytes(): number {
    return this.#bytes + this.count * listed
  }

  get limit(): number {
    return this.#limit
  }

  /** How many of the oldest lines have left the buffer. */
  get dropped(): number {
    return this.#dropped
  }

  get blocks(): readonly LineBlock[] {
    return this.#blocks
  }

  setLimit(limit: number): void {
    this.#limit = Math.max(limit, 8 * blockSize)
    this.#dropOldest()
  }

  append(lines: NewLines): void {
    this.#fill(this.#blocks, lines, this.end)
  }

  /** Puts older lines before the oldest; when there is no room for all, the newest go. True when some went. */
  prepend(pages: readonly NewLines[]): boolean {
    const count = pages.reduce((sum, { from, to }) => sum + to - from, 0)
    const blocks: LineBlock[] = []
    let next = this.first - count
    for (const lines of pages) {
      this.#fill(blocks, lines, next)
      next += lines.to - lines.from
    }
    this.#blocks.unshift(...blocks)
    this.#dropped = Math.max(0, this.#dropped - count)
    const before = this.end
    while (this.bytes > this.#limit && this.#blocks.length > 1) this.#release(this.#blocks.pop()!)
    return this.end < before
  }

  clear(): void {
    this.#blocks = []
    this.#bytes = 0
    this.#dropped = 0
  }

  line(seq: number): HeldLine | undefined {
    const block = this.#blockOf(seq)
    if (block === undefined) return undefined
    const index = seq - block.first
    return {
      seq,
      seconds: block.seconds(index),
      nanos: block.nanos(index),
      source: block.source(index),
      flags: block.flags(index),
    }
  }

  text(seq: number): string {
    const block = this.#blockOf(seq)
    return block === undefined ? '' : block.text(seq - block.first)
  }

  /** The blocks that hold lines from `from` up to `to`, each with the indices of those. */
  *range(from: number, to: number): Generator<{ block: LineBlock; from: number; to: number }> {
    for (let at = this.#indexOf(Math.max(from, this.first)); at >= 0 && at < this.#blocks.length; at += 1) {
      const block = this.#blocks[at]!
      if (block.first >= to) return
      const begin = Math.max(from - block.first, 0)
      const end = Math.min(to - block.first, block.count)
      if (begin < end) yield { block, from: begin, to: end }
    }
  }

  /** Puts lines behind those of the last block, and into new ones; the first of them has the number `first`. */
  #fill(blocks: LineBlock[], lines: NewLines, first: number): void {
    const { batch, from, to } = lines
    let at = from
    let block = blocks.at(-1)
    while (at < to) {
      at = block?.push(lines, at) ?? at
      if (at === to) break
      block = this.#make(batch.end(at) - batch.start(at), first + at - from)
      blocks.push(block)
      if (blocks === this.#blocks) this.#dropOldest()
    }
  }

  #make(length: number, first: number): LineBlock {
    const size = Math.max(blockSize, Math.ceil((length + 1 + entryBytes) / 4) * 4)
    let buffer = size === blockSize ? this.#spare : undefined
    if (buffer === undefined) buffer = new SharedArrayBuffer(size)
    else this.#spare = undefined
    this.#bytes += size
    return new LineBlock(buffer, first)
  }

  #release(block: LineBlock): void {
    this.#bytes -= block.size
    if (block.size === blockSize) this.#spare = block.buffer
  }

  #dropOldest(): void {
    let gone = 0
    let bytes = this.bytes
    while (bytes > this.#limit && gone < this.#blocks.length - 1) {
      const block = this.#blocks[gone]!
      gone += 1
      bytes -= block.size + block.count * listed
      this.#dropped += block.count
      this.#release(block)
    }
    if (gone > 0) this.#blocks.splice(0, gone)
  }

  #blockOf(seq: number): LineBlock | undefined {
    const index = this.#indexOf(seq)
    const block = this.#blocks[index]
    return block === undefined || seq - block.first >= block.count ? undefined : block
  }

  /** The index of the block that holds a line; the last one asked for is tried first. */
  #indexOf(seq: number): number {
    const near = this.#blocks[this.#cursor]
    if (near !== undefined && seq >= near.first && seq - near.first < near.count) return this.#cursor
    let low = 0
    let high = this.#blocks.length - 1
    while (low <= high) {
      const middle = (low + high) >> 1
      const block = this.#blocks[middle]!
      if (seq < block.first) high = middle - 1
      else if (seq >= block.first + block.count) low = middle + 1
      else {
        this.#cursor = middle
        return middle
      }
    }
    return -1
  }
}
