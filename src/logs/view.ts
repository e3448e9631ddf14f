import type { LineBlock } from './line-block.ts'
import { inTrace, isMark, levelOf, type LevelIndex } from './line-flags.ts'
import type { LineStore } from './line-store.ts'
import { SeqList } from './seq-list.ts'

export interface ViewOptions {
  /** Sources that are switched off. */
  readonly hidden: ReadonlySet<number>
  readonly minLevel: LevelIndex
  /** Whether lines are filtered by text: then only those in `matches` are shown. */
  readonly filtered: boolean
  /** Lines shown before and after a match. */
  readonly context: number
  /** Stack traces are folded to their first line. */
  readonly fold: boolean
}

export const allLines: ViewOptions = {
  hidden: new Set(),
  minLevel: 0,
  filtered: false,
  context: 0,
  fold: true,
}

interface BlockCounts {
  readonly first: number
  readonly counts: Uint32Array
}

/**
 * Which of the held lines are shown, in order. Follows the store: new lines are looked at once, dropped ones go; another choice
 * looks at all again.
 */
export class LogView {
  readonly #store: LineStore
  readonly #shown = new SeqList()
  #options: ViewOptions = allLines
  /** Of a filter: the lines that match, and how far they are known. */
  readonly #matches = new SeqList()
  #matchedTo = 0
  #doneTo = 0
  /** First lines of stack traces that are folded out. */
  readonly #open = new Set<number>()
  /** How many lines belong to the trace that begins with a line. */
  readonly #traces = new Map<number, number>()
  /** Of each source, the last line that could begin a trace. */
  readonly #heads = new Map<number, number>()
  #counts: BlockCounts[] = []
  readonly #before: number[] = []
  #contextLeft = 0

  constructor(store: LineStore) {
    this.#store = store
  }

  get options(): ViewOptions {
    return this.#options
  }

  get length(): number {
    return this.#shown.length
  }

  /** Up to where the lines have been looked at. */
  get doneTo(): number {
    return this.#doneTo
  }

  /** Where the search for matches of the filter has to go on. */
  get matchedTo(): number {
    return Math.max(this.#matchedTo, this.#store.first)
  }

  seqAt(index: number): number | undefined {
    return this.#shown.at(index)
  }

  slice(from: number, to: number): number[] {
    return this.#shown.slice(from, to)
  }

  /** The index of a line, or of the next one that is shown. */
  indexOf(seq: number): number {
    return this.#shown.lowerBound(seq)
  }

  has(seq: number): boolean {
    return this.#shown.has(seq)
  }

  /** A line around a match, not a match itself. */
  isContext(seq: number): boolean {
    return this.#options.filtered && !this.#matches.has(seq)
  }

  /** How many lines of a stack trace follow this one; 0 for other lines. */
  traceLength(seq: number): number {
    return this.#traces.get(seq) ?? 0
  }

  isOpen(seq: number): boolean {
    return this.#open.has(seq)
  }

  /** The line that a line of a stack trace belongs to, looked for backwards. */
  headOf(seq: number): number {
    const line = this.#store.line(seq)
    for (let at = seq; line !== undefined && at >= this.#store.first; at -= 1) {
      const other = this.#store.line(at)
      if (other?.source === line.source && (other.flags & inTrace) === 0 && !isMark(other.flags)) return at
    }
    return seq
  }

  /** Lines of each level, of the sources that are on and of those that match the filter; index as in `levels`. */
  get levelCounts(): readonly number[] {
    const sums = [0, 0, 0, 0, 0, 0, 0]
    for (const { counts } of this.#counts)
      for (let level = 0; level < 7; level += 1) sums[level]! += counts[level]!
    return sums
  }

  /** Another choice of what is shown; `filterChanged` when the lines that match have to be found anew. */
  setOptions(options: ViewOptions, filterChanged: boolean): void {
    this.#options = options
    if (filterChanged) {
      this.#matches.clear()
      this.#matchedTo = this.#store.first
    }
    this.#restart()
  }

  setOpen(seq: number, open: boolean): void {
    if (open) this.#open.add(seq)
    else this.#open.delete(seq)
    this.#restart()
  }

  /** Lines that match the filter, in order, and up to where they are all known. */
  addMatches(seqs: readonly number[], upTo: number): void {
    this.#matches.pushAll(seqs)
    this.#matchedTo = upTo
  }

  /** Lines were put before the others, or all have gone: everything is looked at again. */
  reset(): void {
    this.#matches.clear()
    this.#matchedTo = this.#store.first
    this.#restart()
  }

  /** Takes in what has come and gone since. */
  update(): void {
    const { first, end } = this.#store
    this.#shown.dropBelow(first)
    this.#shown.dropFrom(end)
    this.#matches.dropBelow(first)
    for (const [seq] of this.#traces) {
      if (seq >= first) break
      this.#traces.delete(seq)
      this.#open.delete(seq)
    }
    while (this.#counts.length > 0 && this.#counts[0]!.first < first) this.#counts.shift()
    const to = this.#options.filtered ? Math.min(end, this.matchedTo) : end
    for (const { block, from, to: until } of this.#store.range(this.#doneTo, to))
      this.#take(block, from, until)
    this.#doneTo = Math.max(to, first)
  }

  #restart(): void {
    this.#shown.clear()
    this.#traces.clear()
    this.#heads.clear()
    this.#counts = []
    this.#before.length = 0
    this.#contextLeft = 0
    this.#doneTo = this.#store.first
    this.update()
  }

  #take(block: LineBlock, from: number, to: number): void {
    const { hidden, minLevel, filtered, fold } = this.#options
    let counts = this.#counts.at(-1)
    if (counts?.first !== block.first) {
      counts = { first: block.first, counts: new Uint32Array(7) }
      this.#counts.push(counts)
    }
    const firstSeq = block.first
    let match = filtered ? this.#matches.lowerBound(firstSeq + from) : 0
    for (let index = from; index < to; index += 1) {
      const source = block.source(index)
      if (hidden.has(source)) continue
      const seq = firstSeq + index
      const flags = block.flags(index)
      if (isMark(flags)) {
        this.#shown.push(seq)
        continue
      }
      const folded = this.#inFold(seq, source, flags) && fold
      const level = levelOf(flags)
      const matches = !filtered || this.#matches.at(match) === seq
      if (filtered && matches) match += 1
      if (matches) counts.counts[level]! += 1
      if (level < minLevel) continue
      if (!filtered) {
        if (!folded) this.#shown.push(seq)
      } else if (matches) {
        this.#shown.pushAll(this.#before)
        this.#before.length = 0
        this.#shown.push(seq)
        this.#contextLeft = this.#options.context
      } else if (!folded) this.#around(seq)
    }
  }

  /** Whether a line is in a trace that is not folded out; keeps count of traces. */
  #inFold(seq: number, source: number, flags: number): boolean {
    if ((flags & inTrace) === 0) {
      this.#heads.set(source, seq)
      return false
    }
    const head = this.#heads.get(source)
    if (head === undefined) return false
    this.#traces.set(head, (this.#traces.get(head) ?? 0) + 1)
    return !this.#open.has(head)
  }

  #around(seq: number): void {
    const { context } = this.#options
    if (context === 0) return
    if (this.#contextLeft > 0) {
      this.#contextLeft -= 1
      this.#shown.push(seq)
      return
    }
    this.#before.push(seq)
    if (this.#before.length > context) this.#before.shift()
  }
}
