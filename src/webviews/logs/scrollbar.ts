import { element } from './dom.ts'

/** Browsers cut off elements that are taller than some 16 or 33 million pixels. */
const tallest = 8_000_000

/** Where what is shown stands among all lines. */
export interface Place {
  readonly length: number
  /** How many lines can be seen at once. */
  readonly fits: number
  readonly lineHeight: number
  /** The line at the top, with the share of it that is above the edge; undefined at the end. */
  readonly at: number | undefined
}

/** The scrollbar beside the lines: it counts lines, not pixels, so that a million of them fit. */
export class Scrollbar {
  readonly element = element('div', { class: 'bar', 'aria-hidden': true, tabindex: -1 })
  readonly #spacer = element('div')
  readonly #dragged: (to: number | 'end') => void
  #place: Place = { length: 0, fits: 1, lineHeight: 18, at: undefined }
  #barAt = 0

  /** `dragged` is told the line that should be at the top. */
  constructor(dragged: (to: number | 'end') => void) {
    this.#dragged = dragged
    this.element.append(this.#spacer)
    this.element.addEventListener('scroll', () => this.#scrolled())
  }

  /** Moves it to where the lines are; `visible` is the height that they have. */
  set(place: Place, visible: number): void {
    this.#place = place
    const height = Math.min(tallest, Math.max(visible, place.length * place.lineHeight))
    this.#spacer.style.height = `${height}px`
    const way = height - this.element.clientHeight
    const at = place.at === undefined ? way : Math.min(way, (place.at / this.#last) * way)
    this.#barAt = Math.round(Math.max(0, at))
    if (Math.abs(this.element.scrollTop - this.#barAt) >= 1) this.element.scrollTop = this.#barAt
    this.element.classList.toggle('none', place.length <= place.fits)
  }

  /** The last line that can be at the top. */
  get #last(): number {
    return Math.max(1, this.#place.length - this.#place.fits)
  }

  #scrolled(): void {
    if (Math.abs(this.element.scrollTop - this.#barAt) < 2) return
    const way = this.#spacer.offsetHeight - this.element.clientHeight
    if (way <= 0) return
    const share = this.element.scrollTop / way
    this.#barAt = this.element.scrollTop
    this.#dragged(share >= 0.9995 ? 'end' : share * this.#last)
  }
}
