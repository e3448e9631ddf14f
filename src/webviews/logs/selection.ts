import type { Scroller } from './scroller.ts'

/** The line the user is at, and the stretch of lines from where a selection began: by number, so that it may be longer than what is drawn. */
export class Selection {
  readonly #scroller: Scroller
  #current: number | undefined
  #anchor: number | undefined

  constructor(scroller: Scroller) {
    this.#scroller = scroller
  }

  get current(): number | undefined {
    return this.#current
  }

  /** The first and last line that are selected; undefined while there is none. */
  get range(): readonly [number, number] | undefined {
    if (this.#current === undefined || this.#anchor === undefined) return undefined
    return [Math.min(this.#current, this.#anchor), Math.max(this.#current, this.#anchor)]
  }

  set(seq: number | undefined, extend = false): void {
    this.#current = seq
    if (!extend || this.#anchor === undefined) this.#anchor = seq
    this.draw()
  }

  select(first: number, last: number): void {
    this.#anchor = first
    this.#current = last
    this.draw()
  }

  /** Moves by lines among those that are drawn; the host knows of the others. */
  move(by: number, extend: boolean): void {
    const { rows } = this.#scroller
    if (rows.length === 0) return
    const at = rows.findIndex(({ seq }) => seq === this.#current)
    const start =
      at >= 0 ? at : rows.findIndex(({ seq }) => seq === (this.#scroller.top ?? this.#scroller.lastSeen))
    const next =
      rows[Math.max(0, Math.min(rows.length - 1, (start < 0 ? rows.length - 1 : start) + (at >= 0 ? by : 0)))]
    if (next === undefined) return
    this.set(next.seq, extend)
    this.#intoView(next.seq)
  }

  /** Shows in the rows that are drawn what is selected. */
  draw(): void {
    const range = this.range
    for (const { seq } of this.#scroller.rows) {
      const row = this.#scroller.elementOf(seq)
      if (row === undefined) continue
      row.setAttribute('aria-selected', String(range !== undefined && seq >= range[0] && seq <= range[1]))
      row.classList.toggle('current', seq === this.#current)
    }
    const { pane } = this.#scroller
    if (this.#current !== undefined && this.#scroller.elementOf(this.#current) !== undefined)
      pane.setAttribute('aria-activedescendant', `row-${this.#current}`)
    else pane.removeAttribute('aria-activedescendant')
  }

  #intoView(seq: number): void {
    const row = this.#scroller.elementOf(seq)?.getBoundingClientRect()
    if (row === undefined) return
    const pane = this.#scroller.pane.getBoundingClientRect()
    if (row.top < pane.top) this.#scroller.scrollBy(row.top - pane.top)
    else if (row.bottom > pane.bottom) this.#scroller.scrollBy(row.bottom - pane.bottom)
  }
}
