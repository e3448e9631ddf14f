import type { HostMessage } from '../../logs/messages.ts'
import { plural, t } from '../../shared/l10n.ts'
import { element } from './dom.ts'

type Density = Extract<HostMessage, { readonly type: 'density' }>['density']

/** The lines over time, with warnings and errors; a click or Enter goes to a moment. */
export class Strip {
  readonly element: HTMLElement
  readonly #canvas = element('canvas', { 'aria-hidden': true })
  readonly #cursor = element('div', { class: 'cursor', hidden: true })
  readonly #seen = element('div', { class: 'seen', hidden: true })
  readonly #go: (seconds: number) => void
  #density: Density = null
  #at: number | undefined
  #shown: readonly [number, number] | undefined

  constructor(go: (seconds: number) => void) {
    this.#go = go
    this.element = element(
      'div',
      { class: 'strip', role: 'slider', tabindex: 0, 'aria-label': t('Lines over time'), hidden: true },
      this.#canvas,
      this.#seen,
      this.#cursor,
    )
    this.element.addEventListener('click', (event) => {
      this.#move(this.#bucketOf(event))
      this.#press()
    })
    this.element.addEventListener('pointermove', (event) => {
      const bucket = this.#bucketOf(event)
      this.element.title = bucket === undefined ? '' : this.#describe(bucket)
    })
    this.element.addEventListener('keydown', (event) => this.#key(event))
    this.element.addEventListener('blur', () => (this.#cursor.hidden = true))
    new ResizeObserver(() => this.draw()).observe(this.element)
  }

  set(density: Density): void {
    this.#density = density
    this.element.hidden = density === null || density.lines.reduce((sum, count) => sum + count, 0) < 2
    this.draw()
  }

  /** The stretch of time that can be seen, in seconds. */
  setShown(from: number, to: number): void {
    this.#shown = [from, to]
    this.#placeSeen()
  }

  draw(): void {
    const density = this.#density
    const { clientWidth: width, clientHeight: height } = this.element
    if (density === null || width === 0) return
    const scale = window.devicePixelRatio
    this.#canvas.width = Math.round(width * scale)
    this.#canvas.height = Math.round(height * scale)
    const context = this.#canvas.getContext('2d')
    if (context === null) return
    const colors = getComputedStyle(this.element)
    const color = (name: string): string => colors.getPropertyValue(name).trim()
    // By the root of the count: a burst does not make everything else flat.
    const most = Math.sqrt(Math.max(1, ...density.lines))
    const step = this.#canvas.width / density.lines.length
    const bar = (index: number, counts: readonly number[], fill: string): void => {
      const count = counts[index]!
      if (count === 0) return
      const tall = Math.max(2 * scale, (Math.sqrt(count) / most) * this.#canvas.height)
      context.fillStyle = fill
      context.fillRect(index * step, this.#canvas.height - tall, Math.max(1, step - scale * 0.5), tall)
    }
    context.clearRect(0, 0, this.#canvas.width, this.#canvas.height)
    for (let index = 0; index < density.lines.length; index += 1) {
      bar(index, density.lines, color('--strip-lines'))
      bar(index, density.warnings, color('--strip-warnings'))
      bar(index, density.errors, color('--strip-errors'))
    }
    this.#placeSeen()
    this.#placeCursor()
  }

  #key(event: KeyboardEvent): void {
    const last = (this.#density?.lines.length ?? 1) - 1
    const at = this.#at ?? last
    const to = {
      ArrowLeft: at - 1,
      ArrowRight: at + 1,
      PageUp: at - 10,
      PageDown: at + 10,
      Home: 0,
      End: last,
    }[event.key]
    if (to !== undefined) this.#move(Math.max(0, Math.min(last, to)))
    else if (event.key === 'Enter' || event.key === ' ') this.#press()
    else return
    event.preventDefault()
  }

  #move(bucket: number | undefined): void {
    if (bucket === undefined) return
    this.#at = bucket
    this.element.setAttribute('aria-valuemin', '0')
    this.element.setAttribute('aria-valuemax', String((this.#density?.lines.length ?? 1) - 1))
    this.element.setAttribute('aria-valuenow', String(bucket))
    this.element.setAttribute('aria-valuetext', this.#describe(bucket))
    this.#placeCursor()
  }

  #press(): void {
    if (this.#density === null || this.#at === undefined) return
    const { from, to, lines } = this.#density
    this.#go(from + (this.#at / lines.length) * (to - from))
  }

  #bucketOf(event: MouseEvent): number | undefined {
    const { left, width } = this.element.getBoundingClientRect()
    const count = this.#density?.lines.length
    if (count === undefined || width === 0) return undefined
    return Math.max(0, Math.min(count - 1, Math.floor(((event.clientX - left) / width) * count)))
  }

  #describe(bucket: number): string {
    const density = this.#density
    if (density === null) return ''
    const seconds = density.from + (bucket / density.lines.length) * (density.to - density.from)
    const time = new Date(seconds * 1000).toLocaleString()
    const [lines, warnings, errors] = [
      density.lines[bucket]!,
      density.warnings[bucket]!,
      density.errors[bucket]!,
    ]
    const counts = [plural(lines, '1 line', '{0} lines')]
    if (warnings + errors > 0)
      counts.push(plural(warnings, '1 warning', '{0} warnings'), plural(errors, '1 error', '{0} errors'))
    return t('{0}: {1}', time, counts.join(', '))
  }

  #placeCursor(): void {
    this.#cursor.hidden = this.#at === undefined || document.activeElement !== this.element
    if (this.#at !== undefined && this.#density !== null)
      this.#cursor.style.left = `${((this.#at + 0.5) / this.#density.lines.length) * 100}%`
  }

  #placeSeen(): void {
    const density = this.#density
    this.#seen.hidden = density === null || this.#shown === undefined
    if (density === null || this.#shown === undefined) return
    const place = (seconds: number): number =>
      Math.max(0, Math.min(1, (seconds - density.from) / (density.to - density.from)))
    const [from, to] = this.#shown.map(place) as [number, number]
    this.#seen.style.left = `${from * 100}%`
    this.#seen.style.width = `max(3px, ${(to - from) * 100}%)`
  }
}
