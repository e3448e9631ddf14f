import type { Disposable } from '../shared/disposable.ts'
import { t } from '../shared/l10n.ts'
import { LineSearch } from './line-search.ts'
import type { LineStore } from './line-store.ts'
import { compilePattern, isError, type Pattern } from './pattern.ts'
import type { Searcher } from './search.ts'
import { SeqList } from './seq-list.ts'
import type { LogView } from './view.ts'

export const tooSlow = (): string => t('This expression takes too long; write it in a simpler way.')

/** What is searched for in a viewer: the lines that match, and which of them the user is at. */
export class Finder implements Disposable {
  /** What is wrong with the expression; empty if nothing is. */
  error = ''
  /** The match the user is at. */
  match: number | undefined
  searching = false
  readonly #view: LogView
  readonly #search: LineSearch
  readonly #changed: () => void
  #found = new SeqList()

  constructor(store: LineStore, view: LogView, searcher: Searcher, changed: () => void) {
    this.#view = view
    this.#changed = changed
    this.#search = new LineSearch(store, searcher, {
      found: (seqs) => {
        this.#found.pushAll(seqs)
        changed()
      },
      tooSlow: () => {
        this.error = tooSlow()
        this.#found.clear()
        changed()
      },
    })
  }

  get count(): number {
    return this.#found.length
  }

  /** The place of the current match, from 1; 0 without one. */
  get ordinal(): number {
    return this.match === undefined ? 0 : this.#found.indexOf(this.match) + 1
  }

  has(seq: number): boolean {
    return this.#found.has(seq)
  }

  setPattern(pattern: Pattern): void {
    const compiled = compilePattern(pattern)
    this.error = isError(compiled) ? compiled.error : ''
    this.#found = new SeqList()
    this.match = undefined
    this.#search.setQuery(isError(compiled) ? {} : { include: pattern })
  }

  /** Lines came. */
  advance(): void {
    void this.#search.advance()
  }

  dropBelow(seq: number): void {
    this.#found.dropBelow(seq)
  }

  /** Goes to the next or previous match, seen from a line or else from the current match; round and round. */
  async step(direction: 1 | -1, from: number | undefined): Promise<number | undefined> {
    if (!this.#search.active) return undefined
    this.searching = true
    this.#changed()
    const found = this.#found
    await this.#search.advance()
    this.searching = false
    if (found !== this.#found) return undefined
    this.#view.update()
    const seq = this.#next(direction, from ?? this.match ?? (direction > 0 ? -Infinity : Infinity))
    if (seq !== undefined) this.match = seq
    return seq
  }

  dispose(): void {
    this.#search.dispose()
  }

  /** The next match that is shown, or would be with its stack trace folded out. */
  #next(direction: 1 | -1, from: number): number | undefined {
    const { length } = this.#found
    let index = direction > 0 ? this.#found.lowerBound(from + 1) : this.#found.lowerBound(from) - 1
    for (let tried = 0; tried < length; tried += 1, index += direction) {
      const seq = this.#found.at((index + length) % length)!
      if (this.#view.has(seq)) return seq
      if (!this.#view.options.filtered && this.#view.has(this.#view.headOf(seq))) return seq
    }
    return undefined
  }
}
