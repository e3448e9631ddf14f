import type { Stamp } from '../engine/logs/stamp.ts'
import type { ViewState, PageRow } from './messages.ts'
import { compilePattern, isError, type Matcher, type Range } from './pattern.ts'
import { mergeMarks, rowOf, textOf, type Row } from './row.ts'
import type { Searcher } from './search.ts'
import type { LogSession } from './session.ts'
import { startOf } from './source.ts'
import type { LogView } from './view.ts'

/**
 * Makes the rows of the stretch of lines that is looked at. What an expression of the user matches is found on another thread and
 * comes a moment later; all else is there at once.
 */
export class RowWindow {
  readonly #session: LogSession
  readonly #view: LogView
  readonly #searcher: Searcher
  /** The places of an expression became known: rows are to be made again. */
  readonly #changed: () => void
  #state: ViewState
  #highlights: readonly Matcher[] = []
  #find: Matcher | undefined
  /** Lines that are folded out. */
  readonly #expanded = new Set<number>()
  /** Rows without their marks, by line; of one choice of options. */
  #rows = new Map<number, Row>()
  #places = new Map<number, readonly Range[]>()
  #asked = new Set<number>()

  constructor(session: LogSession, view: LogView, searcher: Searcher, state: ViewState, changed: () => void) {
    this.#session = session
    this.#view = view
    this.#searcher = searcher
    this.#state = state
    this.#changed = changed
  }

  setState(state: ViewState): void {
    this.#state = state
    const find = compilePattern(state.find)
    this.#find = state.find.regex || state.find.text === '' || isError(find) ? undefined : find
    this.#places = new Map()
    this.#asked = new Set()
    this.forget()
  }

  setHighlights(terms: readonly string[]): void {
    this.#highlights = terms
      .map((text) => compilePattern({ text, regex: false, matchCase: false, wholeWord: false }))
      .filter((matcher): matcher is Matcher => !isError(matcher))
  }

  toggle(seq: number): void {
    if (!this.#expanded.delete(seq)) this.#expanded.add(seq)
    this.#rows.delete(seq)
  }

  /** Rows are made anew: their lines, or what is shown of them, may be others. */
  forget(): void {
    this.#rows = new Map()
  }

  reset(): void {
    this.forget()
    this.#expanded.clear()
    this.#places = new Map()
    this.#asked = new Set()
  }

  /** The rows from one index of the view up to another. `found` tells whether a line matches the search. */
  rows(from: number, to: number, found: (seq: number) => boolean): readonly PageRow[] {
    const seqs = this.#view.slice(from, to)
    const kept = new Map<number, Row>()
    let previous = from > 0 ? this.#stampOf(this.#view.seqAt(from - 1)) : undefined
    const unknown: Row[] = []
    const rows = seqs.map((seq) => {
      // With the time since the line above, a row depends on its neighbour.
      const row = (this.#state.time === 'delta' ? undefined : this.#rows.get(seq)) ?? this.#row(seq, previous)
      previous = this.#stampOf(seq)
      kept.set(seq, row)
      return this.#marked(row, found(seq), unknown)
    })
    this.#rows = kept
    if (unknown.length > 0) void this.#ask(unknown)
    return rows
  }

  /** The row of one line, however it is shown now. */
  row(seq: number): Row {
    return this.#row(seq, undefined)
  }

  #row(seq: number, previous: Stamp | undefined): Row {
    const line = this.#session.store.line(seq) ?? { seq, seconds: 0, nanos: 0, source: 0, flags: 0 }
    const source = this.#session.sources[line.source]
    return rowOf(
      {
        line,
        text: this.#session.store.text(seq),
        start: source === undefined ? undefined : startOf(source, line),
        previous,
        context: this.#view.isContext(seq),
        trace: this.#state.fold ? this.#view.traceLength(seq) : 0,
        open: this.#view.isOpen(seq),
        expanded: this.#expanded.has(seq),
      },
      { time: this.#state.time, fields: this.#state.fields },
    )
  }

  #stampOf(seq: number | undefined): Stamp | undefined {
    return seq === undefined ? undefined : this.#session.store.line(seq)
  }

  #marked(row: Row, found: boolean, unknown: Row[]): PageRow {
    const kinds: (readonly Range[])[] = [[]]
    if (row.stream !== 'mark') {
      const text = textOf(row.parts)
      if (this.#find !== undefined) kinds[0] = this.#find.ranges(text)
      else if (found && this.#state.find.text !== '') {
        const places = this.#places.get(row.seq)
        if (places === undefined) unknown.push(row)
        kinds[0] = places ?? []
      }
      for (const matcher of this.#highlights) kinds.push(matcher.ranges(text))
    }
    const { links, trace, ...rest } = row
    // A trace grows while it is written, so its length is not kept with the row.
    const length = this.#state.fold ? this.#view.traceLength(row.seq) : 0
    return {
      ...rest,
      links: links.map(({ kind, start, end }) => ({ kind, start, end })),
      marks: mergeMarks(kinds),
      ...(length > 0 || trace !== undefined ? { trace: length } : {}),
      ...(found && kinds[0]!.length === 0 ? { hit: true } : {}),
    }
  }

  async #ask(rows: readonly Row[]): Promise<void> {
    const fresh = rows.filter(({ seq }) => !this.#asked.has(seq)).slice(0, 500)
    if (fresh.length === 0) return
    const places = this.#places
    for (const { seq } of fresh) this.#asked.add(seq)
    const ranges = await this.#searcher.ranges(
      this.#state.find,
      fresh.map(({ parts }) => textOf(parts)),
    )
    if (places !== this.#places || ranges === 'tooSlow') return
    for (const [index, { seq }] of fresh.entries()) places.set(seq, ranges[index] ?? [])
    this.#changed()
  }
}
