import type { PageRow } from '../../logs/messages.ts'
import { element } from './dom.ts'
import { rowElement, type RowSurroundings } from './row-element.ts'
import { Scrollbar } from './scrollbar.ts'

/** What is wanted of the host: rows from a line or an index on, or the newest ones. */
export interface Wanted {
  readonly top: number | null
  readonly index: number
  readonly before: number
  readonly count: number
  readonly follow: boolean
}

/** A row as it is on the page, and what it was made from. */
interface Drawn {
  readonly row: string
  readonly element: HTMLElement
}

/** Rows that are drawn above and below what can be seen, so that a turn of the wheel finds them there. */
const overscan = 40

/**
 * Shows a stretch of any number of lines. Where it stands is a line and some pixels into it, so that lines may be of any height
 * and lines that come and go above do not move what is read.
 */
export class Scroller {
  readonly element: HTMLElement
  readonly pane: HTMLElement
  /** The newest lines are shown as they come. */
  follow = true
  onWanted: (wanted: Wanted) => void = () => undefined
  onFollow: (follow: boolean) => void = () => undefined
  readonly #list = element('div', { class: 'rows' })
  readonly #bar = new Scrollbar((to) => (to === 'end' ? this.toEnd() : this.jump(to)))
  readonly #around: RowSurroundings
  #rows: readonly PageRow[] = []
  #elements = new Map<number, Drawn>()
  /** Index of the first row that is drawn, and how many lines there are in all. */
  #from = 0
  #length = 0
  /** The line at the top, its index, and how many pixels of it are above the edge. */
  #top: number | null = null
  #index = 0
  #offset = 0
  /** Lines come faster than they can be seen: none is still there when the next are drawn. */
  #rushing = false
  #asked = ''
  #lineHeight = 18

  constructor(pane: HTMLElement, around: RowSurroundings) {
    this.#around = around
    this.pane = pane
    pane.append(this.#list)
    this.element = element('div', { class: 'scroller' }, pane, this.#bar.element)
    this.element.addEventListener('wheel', (event) => this.#wheel(event), { passive: false })
    this.#touch()
    new ResizeObserver(() => this.refresh()).observe(pane)
  }

  get length(): number {
    return this.#length
  }

  get rows(): readonly PageRow[] {
    return this.#rows
  }

  /** The line at the top. */
  get top(): number | null {
    return this.#top
  }

  get lineHeight(): number {
    return this.#lineHeight
  }

  /** How many lines of usual height fit. */
  get fits(): number {
    return Math.max(1, Math.floor(this.pane.clientHeight / this.#lineHeight))
  }

  /** The newest line that can be seen. */
  get lastSeen(): number | undefined {
    const bottom = this.pane.getBoundingClientRect().bottom
    let last: number | undefined
    for (const { seq } of this.#rows) {
      const at = this.#elements.get(seq)?.element.getBoundingClientRect()
      if (at === undefined || at.top >= bottom) break
      last = seq
    }
    return last
  }

  /** How many lines there are above what can be seen. */
  get lengthBefore(): number {
    return this.follow ? Math.max(0, this.#length - this.fits) : this.#index
  }

  /** The first and the last row that can be seen. */
  get visible(): readonly [PageRow | undefined, PageRow | undefined] {
    const last = this.lastSeen
    const first = this.follow
      ? this.#rows[Math.max(0, this.#rows.findIndex(({ seq }) => seq === last) - this.fits)]
      : this.#rows[this.#index - this.#from]
    return [first, this.#rows.find(({ seq }) => seq === last)]
  }

  elementOf(seq: number): HTMLElement | undefined {
    return this.#elements.get(seq)?.element
  }

  indexOf(seq: number): number | undefined {
    const at = this.#rows.findIndex((row) => row.seq === seq)
    return at < 0 ? undefined : this.#from + at
  }

  /** Draws rows: `from` is the index of the first, `top` that of the line asked for, of `length` in all. */
  draw(rows: readonly PageRow[] | undefined, from: number, top: number, length: number): void {
    this.#length = length
    if (rows !== undefined) {
      this.#rows = rows
      this.#from = from
      if (!this.follow && this.#top === null) {
        this.#index = top
        this.#top = rows[top - from]?.seq ?? null
      }
      this.#reconcile()
    }
    this.#place()
    this.#moveBar()
  }

  /** Shows a line, a third from the top, unless it can be seen already. */
  reveal(seq: number, index: number): void {
    const shown = this.#elements.get(seq)?.element.getBoundingClientRect()
    const pane = this.pane.getBoundingClientRect()
    if (shown !== undefined && shown.top >= pane.top && shown.bottom <= pane.bottom) return
    this.jump(Math.max(0, index - Math.floor(this.fits / 3)))
  }

  /** Goes to the line with an index. */
  jump(index: number): void {
    this.#setFollow(false)
    this.#index = Math.max(0, Math.min(Math.floor(index), this.#length - 1))
    this.#offset = 0
    this.#top = this.#rows[this.#index - this.#from]?.seq ?? null
    this.#place()
    this.#moveBar()
  }

  toEnd(): void {
    this.#setFollow(true)
    this.refresh()
  }

  /** Takes up where a viewer was before its page was loaded again. */
  restore(seq: number): void {
    this.#setFollow(false)
    this.#top = seq
  }

  scrollBy(pixels: number): void {
    if (this.#rows.length === 0) return
    if (pixels < 0 && this.follow) this.#leaveEnd()
    if (pixels > 0 && this.follow) return
    this.#offset += pixels
    this.#settle()
    this.#place()
    this.#moveBar()
  }

  /** Measures anew and asks for what is missing: the size, the font or the wrapping changed. */
  refresh(): void {
    const sample = this.#list.querySelector<HTMLElement>('.row:not(.mark)')
    if (sample !== null && sample.querySelector('.fields') === null) {
      const height = Number.parseFloat(getComputedStyle(sample).lineHeight)
      if (height > 0) this.#lineHeight = height
    }
    this.#asked = ''
    this.#place()
    this.#moveBar()
  }

  /** All rows are made anew: something about all of them changed. */
  redraw(): void {
    this.#elements.clear()
    this.#list.replaceChildren()
    this.#reconcile()
    this.refresh()
  }

  #setFollow(follow: boolean): void {
    if (this.follow === follow) return
    this.follow = follow
    this.#asked = ''
    this.onFollow(follow)
  }

  /** From the end: the line at the top is found by what is on the screen. */
  #leaveEnd(): void {
    const edge = this.pane.getBoundingClientRect().top
    const first = this.#rows.findIndex(({ seq }) => {
      const at = this.#elements.get(seq)?.element.getBoundingClientRect()
      return at !== undefined && at.bottom > edge
    })
    const at = Math.max(0, first)
    const row = this.#rows[at]
    if (row === undefined) return
    this.#index = this.#from + at
    this.#top = row.seq
    this.#offset = edge - this.#elements.get(row.seq)!.element.getBoundingClientRect().top
    this.#setFollow(false)
  }

  #heightAt(index: number): number {
    const row = this.#rows[index - this.#from]
    const made = row === undefined ? undefined : this.#elements.get(row.seq)?.element
    return made?.offsetHeight ?? this.#lineHeight
  }

  /** Carries whole lines over from the pixels to the index. */
  #settle(): void {
    while (this.#offset < 0 && this.#index > 0) {
      this.#index -= 1
      this.#offset += this.#heightAt(this.#index)
    }
    if (this.#offset < 0) this.#offset = 0
    while (this.#index < this.#length - 1 && this.#offset >= this.#heightAt(this.#index)) {
      this.#offset -= this.#heightAt(this.#index)
      this.#index += 1
    }
    this.#top = this.#rows[this.#index - this.#from]?.seq ?? null
  }

  #reconcile(): void {
    const kept = new Map<number, Drawn>()
    this.#rushing = this.#elements.size > 0 && !this.#rows.some(({ seq }) => this.#elements.has(seq))
    for (const row of this.#rows) {
      const text = JSON.stringify(row)
      const known = this.#elements.get(row.seq)
      kept.set(row.seq, known?.row === text ? known : { row: text, element: rowElement(row, this.#around) })
    }
    this.#elements = kept
    const elements = [...kept.values()].map((drawn) => drawn.element)
    const wanted = new Set<Element>(elements)
    for (const child of [...this.#list.children]) if (!wanted.has(child)) child.remove()
    let next = this.#list.firstElementChild
    for (const made of elements)
      if (made === next) next = next.nextElementSibling
      else this.#list.insertBefore(made, next)
  }

  /** Moves the rows to where they belong, asks for those that are missing. */
  #place(): void {
    const height = this.pane.clientHeight
    if (this.follow) {
      const whole = this.#list.offsetHeight
      this.#list.style.transform = `translateY(${Math.min(0, height - whole)}px)`
      // Of lines that rush by none is made that nobody can see.
      const count = this.fits + (this.#rushing ? 1 : overscan)
      this.#want({ top: null, index: 0, before: 0, count, follow: true })
      return
    }
    if (this.#top !== null) {
      const at = this.#rows.findIndex(({ seq }) => seq === this.#top)
      if (at >= 0) this.#index = this.#from + at
    }
    const made = this.#rows[this.#index - this.#from]
    const first = made === undefined ? undefined : this.#elements.get(made.seq)?.element
    if (first !== undefined) {
      let shift = first.offsetTop + this.#offset
      const end = this.#from + this.#rows.length >= this.#length
      const bottom = this.#list.offsetHeight - height
      if (end && shift >= bottom) {
        // The end has been reached: from here on the newest lines are followed.
        if (bottom > 0 && this.#from <= this.#index) {
          shift = bottom
          this.#setFollow(true)
        } else if (bottom <= 0 && this.#from === 0) {
          shift = 0
          this.#setFollow(true)
        }
      }
      this.#list.style.transform = `translateY(${-Math.max(0, shift)}px)`
    }
    if (this.follow) return this.#place()
    this.#want({
      top: this.#top,
      index: this.#index,
      before: overscan,
      count: this.fits + overscan,
      follow: false,
    })
  }

  #want(wanted: Wanted): void {
    const key = JSON.stringify(wanted)
    if (key === this.#asked || (!wanted.follow && this.#asked !== '' && this.#covered())) return
    this.#asked = key
    this.onWanted(wanted)
  }

  /** Whether the rows that are here reach far enough beyond what can be seen. */
  #covered(): boolean {
    const margin = overscan / 2
    return (
      this.#from <= Math.max(0, this.#index - margin) &&
      this.#from + this.#rows.length >= Math.min(this.#length, this.#index + this.fits + margin)
    )
  }

  #moveBar(): void {
    this.#bar.set(
      {
        length: this.#length,
        fits: this.fits,
        lineHeight: this.#lineHeight,
        at: this.follow ? undefined : this.#index + this.#offset / this.#lineHeight,
      },
      this.pane.clientHeight,
    )
  }

  #wheel(event: WheelEvent): void {
    if (event.ctrlKey || event.metaKey) return
    if (Math.abs(event.deltaX) > Math.abs(event.deltaY) || event.shiftKey) return
    event.preventDefault()
    const unit = event.deltaMode === 1 ? this.#lineHeight : event.deltaMode === 2 ? this.pane.clientHeight : 1
    this.scrollBy(event.deltaY * unit)
  }

  #touch(): void {
    let last: number | undefined
    this.pane.addEventListener('touchstart', (event) => (last = event.touches[0]?.clientY), { passive: true })
    this.pane.addEventListener(
      'touchmove',
      (event) => {
        const now = event.touches[0]?.clientY
        if (now === undefined || last === undefined) return
        this.scrollBy(last - now)
        last = now
      },
      { passive: true },
    )
  }
}
