import {
  isHostMessage,
  type HostMessage,
  type PageMessage,
  type PageState,
  type ViewState,
} from '../../logs/messages.ts'
import { isSavedPage, type SavedPage } from '../../logs/saved-page.ts'
import { plural, setTranslations } from '../../shared/l10n.ts'
import { element } from './dom.ts'
import { keyboard } from './keyboard.ts'
import type { RowSurroundings } from './row-element.ts'
import { Scroller } from './scroller.ts'
import { Selection } from './selection.ts'
import { Status } from './status.ts'
import { Strip } from './strip.ts'
import { Toolbar } from './toolbar.ts'
import './page.css'
import './toolbar.css'
import './source-colors.css'
import './drop-down.css'
import './strip.css'
import './scroller.css'
import './row.css'
import './row-text.css'
import './status.css'

declare function acquireVsCodeApi(): {
  postMessage(message: PageMessage): void
  getState(): unknown
  setState(state: SavedPage): void
}

const vscode = acquireVsCodeApi()
const send = (message: PageMessage): void => vscode.postMessage(message)

type Init = Extract<HostMessage, { readonly type: 'init' }>

/** The page once the host has told what it is about. */
class Page {
  readonly #request: string
  readonly #toolbar: Toolbar
  readonly #scroller: Scroller
  readonly #selection: Selection
  readonly #strip: Strip
  readonly #status: Status
  readonly #spoken = element('div', { class: 'spoken', 'aria-live': 'polite', role: 'log' })
  #state: PageState | undefined
  #window = 0
  /** The newest line that was seen when the user scrolled away. */
  #seen: number | null = null
  #stepped: number | undefined

  constructor(init: Init) {
    this.#request = init.saved
    document.title = init.title
    document.body.classList.add(`place-${init.place}`)
    const root = document.documentElement
    if (init.fontFamily !== '') root.style.setProperty('--log-font', init.fontFamily)
    if (init.fontSize > 0) root.style.setProperty('--log-size', `${init.fontSize}px`)
    this.#toolbar = new Toolbar(init.view, init.highlights, {
      change: (view) => this.#change(view),
      step: (direction) => this.#step(direction),
      searchNear: () => send({ type: 'searchNear' }),
      act: (name) => send({ type: 'action', name }),
      copy: (times) => this.#copy(times),
      clear: () => send({ type: 'clear' }),
      highlights: (terms) => send({ type: 'highlights', terms }),
    })
    this.#strip = new Strip((seconds) => send({ type: 'atTime', seconds }))
    this.#status = new Status(init.note, {
      older: () => send({ type: 'older' }),
      newest: () => this.#newest(),
      showAll: () => {
        this.#toolbar.showAll()
        this.#scroller.pane.focus()
      },
    })
    const pane = element('div', {
      class: 'pane',
      tabindex: 0,
      role: 'listbox',
      'aria-multiselectable': true,
      'aria-label': init.title,
    })
    const around = this.#surroundings()
    this.#scroller = new Scroller(pane, around)
    this.#selection = new Selection(this.#scroller)
    this.#scroller.onWanted = (wanted) => {
      this.#window += 1
      send({ type: 'window', id: this.#window, seen: this.#seen, ...wanted })
      this.#remember()
    }
    this.#scroller.onFollow = (follow) => {
      this.#seen = follow ? null : (this.#scroller.lastSeen ?? null)
      this.#drawState()
    }
    keyboard({
      pane,
      scroller: this.#scroller,
      selection: this.#selection,
      toolbar: this.#toolbar,
      toggle: (seq) => this.#toggle(seq),
      copy: (times) => this.#copy(times),
      step: (direction) => this.#step(direction),
    })
    document.body.replaceChildren(
      this.#toolbar.element,
      this.#strip.element,
      this.#status.older,
      element('main', {}, this.#scroller.element, this.#status.empty, this.#status.newer),
      this.#status.footer,
      this.#spoken,
    )
    document.body.classList.toggle('wrap', init.view.wrap)
    new MutationObserver(() => this.#strip.draw()).observe(document.body, { attributeFilter: ['class'] })
    const top = init.top ?? topOf(vscode.getState())
    if (top !== null) this.#scroller.restore(top)
    this.#scroller.refresh()
  }

  get(message: Exclude<HostMessage, Init>): void {
    switch (message.type) {
      case 'frame':
        this.#frame(message)
        break
      case 'density':
        this.#strip.set(message.density)
        break
      case 'reveal':
        this.#scroller.reveal(message.seq, message.index)
        this.#stepped = message.seq
        this.#selection.set(message.seq)
        break
      case 'announce':
        this.#announce(message.lines, message.more)
        break
      case 'highlights':
        this.#toolbar.highlights.set(message.terms)
        break
    }
  }

  #frame({ frame, state, rows }: Extract<HostMessage, { readonly type: 'frame' }>): void {
    const several = (this.#state?.sources.length ?? 0) > 1 !== state.sources.length > 1
    if (this.#state?.sources.length !== state.sources.length) {
      const longest = Math.max(0, ...state.sources.map(({ label }) => label.length))
      document.documentElement.style.setProperty('--source-width', `${longest + 1.6}ch`)
    }
    this.#state = state
    this.#toolbar.setState(state)
    // Rows for where the page no longer is are not drawn: those for where it is now are on their way.
    const fitting = rows !== null && rows.window === this.#window ? rows : undefined
    this.#scroller.draw(fitting?.rows, fitting?.from ?? 0, fitting?.top ?? 0, state.shown)
    if (several) this.#scroller.redraw()
    this.#drawState()
    this.#selection.draw()
    this.#showWhen()
    requestAnimationFrame(() => send({ type: 'drawn', frame }))
  }

  #drawState(): void {
    const { follow, rows, lengthBefore } = this.#scroller
    if (this.#state !== undefined) this.#status.set(this.#state, { follow, top: lengthBefore === 0 })
    const firstNew = this.#seen === null ? undefined : rows.find(({ seq }) => seq > this.#seen!)
    for (const { seq } of rows)
      this.#scroller.elementOf(seq)?.classList.toggle('first-new', seq === firstNew?.seq)
  }

  /** Marks on the strip which stretch of time can be seen. */
  #showWhen(): void {
    const [first, last] = this.#scroller.visible
    if (first === undefined || last === undefined) return
    this.#strip.setShown(Date.parse(first.fullTime) / 1000, Date.parse(last.fullTime) / 1000)
  }

  #change(view: ViewState): void {
    document.body.classList.toggle('wrap', view.wrap)
    send({ type: 'view', view })
    this.#scroller.refresh()
    this.#remember()
  }

  #step(direction: 1 | -1): void {
    const { current } = this.#selection
    // From where the user is now; at the end of the log the nearest match is above.
    const first = (this.#state?.match ?? 0) === 0
    if (current !== undefined && current !== this.#stepped) send({ type: 'step', direction, from: current })
    else if (first && this.#scroller.follow) send({ type: 'step', direction: -1, from: null })
    else send({ type: 'step', direction, from: first ? this.#scroller.top : null })
  }

  #toggle(seq: number): void {
    const row = this.#scroller.rows.find((other) => other.seq === seq)
    if (row === undefined) return
    const line = row.structured === true || row.cut !== undefined || row.expanded === true
    if (line || (row.trace ?? 0) > 0) send({ type: 'toggle', seq, what: line ? 'line' : 'trace' })
  }

  /** What is selected; without a selection, all that is shown. */
  #copy(times: boolean): void {
    const [from, to] = this.#selection.range ?? [Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER]
    send({ type: 'copy', from, to, times })
  }

  #newest(): void {
    if (this.#state?.live === false) send({ type: 'live' })
    this.#scroller.toEnd()
    this.#scroller.pane.focus()
  }

  #announce(lines: readonly string[], more: number): void {
    const texts = more > 0 ? [plural(more, '1 more line', '{0} more lines'), ...lines] : lines
    this.#spoken.replaceChildren(...texts.map((text) => element('p', {}, text)))
  }

  #remember(): void {
    vscode.setState({
      request: this.#request,
      view: this.#toolbar.view,
      top: this.#scroller.follow ? null : this.#scroller.top,
    })
  }

  #surroundings(): RowSurroundings {
    const sources = (): PageState['sources'] => this.#state?.sources ?? []
    return {
      label: (source) => sources()[source]?.label ?? '',
      get several() {
        return sources().length > 1
      },
      toggle: (seq, what) => send({ type: 'toggle', seq, what }),
      open: (seq, link) => send({ type: 'open', seq, link }),
    }
  }
}

/** The line at the top when the page was last to be seen. */
function topOf(state: unknown): number | null {
  return isSavedPage(state) ? state.top : null
}

let page: Page | undefined
window.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
  if (!isHostMessage(data)) return
  if (data.type === 'init') {
    setTranslations(JSON.parse(data.texts) as Readonly<Record<string, string>>)
    page = new Page(data)
  } else page?.get(data)
})
send({ type: 'ready' })
