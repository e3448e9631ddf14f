import type { Clock } from '../engine/live/clock.ts'
import type { Disposable } from '../shared/disposable.ts'
import { Announcer } from './announcer.ts'
import { DensitySender } from './density-sender.ts'
import { indexAtTime } from './density.ts'
import { Finder, tooSlow } from './finder.ts'
import { FrameSender } from './frame-sender.ts'
import { LineSearch } from './line-search.ts'
import {
  isPageMessage,
  type HostMessage,
  type PageMessage,
  type PageState,
  type ViewState,
} from './messages.ts'
import { compilePattern, isError, type Pattern } from './pattern.ts'
import { RowWindow } from './row-window.ts'
import { isEmptyQuery, type Searcher } from './search.ts'
import type { LogSession } from './session.ts'
import type { Link } from './links.ts'
import { rangeOf } from './view-state.ts'
import { LogView } from './view.ts'
import { copyLines } from './copy.ts'

export interface ViewerPorts {
  readonly clock: Clock
  readonly searcher: Searcher
  post(message: HostMessage): void
  copy(text: string): void
  open(link: Link, source: number): void
  act(name: 'save' | 'document' | 'terminal'): void
  /** The user has chosen something else to be shown; to be kept. */
  keep(view: ViewState): void
  keepHighlights(terms: readonly string[]): void
}

const olderLines = 5_000

type Window = Extract<PageMessage, { readonly type: 'window' }>
type Rows = NonNullable<Extract<HostMessage, { readonly type: 'frame' }>['rows']>

/** What stands between the logs that are held and the page that draws some of them. */
export class LogViewer implements Disposable {
  readonly view: LogView
  readonly #session: LogSession
  readonly #ports: ViewerPorts
  readonly #rows: RowWindow
  readonly #filter: LineSearch
  readonly #finder: Finder
  #state: ViewState
  #window: Window = {
    type: 'window',
    id: 0,
    top: null,
    index: 0,
    before: 0,
    count: 0,
    follow: true,
    seen: null,
  }
  readonly #frames: FrameSender
  readonly #density: DensitySender
  #filterError = ''
  #rangeError = ''
  #loadingOlder = false
  readonly #announcer: Announcer
  readonly #listening: Disposable

  constructor(session: LogSession, state: ViewState, highlights: readonly string[], ports: ViewerPorts) {
    this.#session = session
    this.#state = state
    this.#ports = ports
    this.view = new LogView(session.store)
    this.#density = new DensitySender(session.store, this.view, ports.clock, (message) => ports.post(message))
    this.#frames = new FrameSender(
      ports.clock,
      () => this.#content(),
      (frame) => {
        ports.post(frame)
        this.#density.schedule()
      },
    )
    const again = (): void => this.#frames.schedule()
    this.#rows = new RowWindow(session, this.view, ports.searcher, state, again)
    this.#rows.setHighlights(highlights)
    this.#announcer = new Announcer(session.store, this.view, ports.clock, (lines, more) => {
      if (this.#frames.ready) ports.post({ type: 'announce', lines, more })
    })
    this.#announcer.turn(state.announce)
    this.#finder = new Finder(session.store, this.view, ports.searcher, again)
    this.#filter = new LineSearch(session.store, ports.searcher, {
      found: (seqs, upTo) => {
        this.view.addMatches(seqs, upTo)
        this.#frames.schedule()
      },
      tooSlow: () => {
        this.#filterError = tooSlow()
        this.#applyOptions(true)
      },
    })
    this.#applyFilter()
    this.#applyFind()
    this.#listening = session.onDidChange((change) => {
      if (change === 'reset') this.#reset()
      else if (change === 'sources') this.#applyOptions(false)
      else this.#lines()
    })
  }

  /** A message of the page; what is no such message is not heard. */
  receive(message: unknown): void {
    if (isPageMessage(message)) this.#on(message)
  }

  /** The page is not to be seen: nothing is sent until it says that it is ready again. */
  hide(): void {
    this.#frames.dispose()
    this.#density.dispose()
  }

  dispose(): void {
    this.hide()
    this.#listening.dispose()
    this.#filter.dispose()
    this.#finder.dispose()
    this.#announcer.dispose()
  }

  #on(message: PageMessage): void {
    switch (message.type) {
      case 'ready':
        this.#frames.begin()
        this.#density.begin()
        break
      case 'window':
        this.#window = message
        this.#frames.hurry()
        break
      case 'drawn':
        this.#frames.drawn(message.frame)
        break
      case 'view':
        this.#setView(message.view)
        break
      case 'searchNear':
        this.#ports.searcher.prepare()
        return
      case 'step':
        void this.#step(message.direction, message.from)
        return
      case 'toggle':
        this.#toggle(message.seq, message.what)
        break
      case 'atTime': {
        const index = indexAtTime(this.#session.store, this.view, message.seconds)
        this.#reveal(this.view.seqAt(Math.min(index, this.view.length - 1)))
        break
      }
      case 'older':
        void this.#older()
        break
      case 'live':
        this.#session.restart()
        break
      case 'clear':
        this.#session.clear()
        break
      case 'copy':
        this.#ports.copy(copyLines(this.#session, this.view, message))
        return
      case 'open': {
        const link = this.#rows.row(message.seq).links[message.link]
        const source = this.#session.store.line(message.seq)?.source
        if (link !== undefined && source !== undefined) this.#ports.open(link, source)
        return
      }
      case 'highlights':
        this.#rows.setHighlights(message.terms)
        this.#ports.keepHighlights(message.terms)
        break
      case 'action':
        this.#ports.act(message.name)
        return
    }
    this.#frames.schedule()
  }

  #lines(): void {
    void this.#filter.advance()
    this.#finder.advance()
    this.#frames.schedule()
  }

  #reset(): void {
    this.view.reset()
    this.#rows.reset()
    this.#announcer.fromNow()
    this.#applyFilter()
    this.#applyFind()
  }

  #setView(next: ViewState): void {
    const before = this.#state
    this.#state = next
    this.#ports.keep(next)
    const filterSame = samePattern(before.include, next.include) && samePattern(before.exclude, next.exclude)
    if (samePattern(before.find, next.find)) this.#rows.setState(next)
    else this.#applyFind()
    if (filterSame) this.#applyOptions(false)
    else this.#applyFilter()
    if (before.tail !== next.tail || before.since !== next.since || before.until !== next.until) {
      const range = rangeOf(next, this.#ports.clock.now())
      this.#rangeError = 'error' in range ? range.error : ''
      if (!('error' in range)) this.#session.restart(range)
    }
    this.#announcer.turn(next.announce)
  }

  #applyFilter(): void {
    const { include, exclude } = this.#state
    this.#filterError = ''
    for (const pattern of [include, exclude]) {
      const compiled = compilePattern(pattern)
      if (isError(compiled)) this.#filterError = compiled.error
    }
    this.#applyOptions(true)
    this.#filter.setQuery(this.#filterError === '' ? { include, exclude } : {})
  }

  #applyOptions(filterChanged: boolean): void {
    const { include, exclude, minLevel, context, fold, hidden } = this.#state
    const filtered = this.#filterError === '' && !isEmptyQuery({ include, exclude })
    const off = this.#session.sources.filter(({ label }) => hidden.includes(label)).map(({ id }) => id)
    this.view.setOptions({ hidden: new Set(off), minLevel, filtered, context, fold }, filterChanged)
    this.#rows.forget()
    this.#frames.schedule()
  }

  #applyFind(): void {
    this.#rows.setState(this.#state)
    this.#finder.setPattern(this.#state.find)
    this.#frames.schedule()
  }

  async #step(direction: 1 | -1, from: number | null): Promise<void> {
    const seq = await this.#finder.step(direction, from ?? undefined)
    if (seq !== undefined) {
      // A match inside a folded stack trace is folded out.
      if (!this.view.has(seq)) this.view.setOpen(this.view.headOf(seq), true)
      this.#rows.forget()
      this.#reveal(seq)
    }
    this.#frames.schedule()
  }

  #toggle(seq: number, what: 'trace' | 'line'): void {
    if (what === 'trace') this.view.setOpen(seq, !this.view.isOpen(seq))
    else this.#rows.toggle(seq)
    this.#rows.forget()
  }

  async #older(): Promise<void> {
    if (this.#loadingOlder) return
    this.#loadingOlder = true
    this.#frames.schedule()
    try {
      await this.#session.loadOlder(olderLines)
    } finally {
      this.#loadingOlder = false
      this.#frames.schedule()
    }
  }

  #reveal(seq: number | undefined): void {
    if (seq === undefined) return
    this.#ports.post({ type: 'reveal', seq, index: this.view.indexOf(seq), select: true })
  }

  /** What the page should show now. */
  #content(): { readonly state: PageState; readonly rows: Rows } {
    this.view.update()
    this.#finder.dropBelow(this.#session.store.first)
    this.#announcer.update()
    const state = this.#pageState()
    const { follow, top, index, before, count, id } = this.#window
    const { length } = this.view
    const at = follow
      ? Math.max(0, length - count)
      : top === null
        ? Math.min(index, length)
        : this.view.indexOf(top)
    const from = Math.max(0, at - before)
    const rows = this.#rows.rows(from, at + count, (seq) => this.#finder.has(seq))
    return { state, rows: { window: id, from, top: at, rows } }
  }

  #pageState(): PageState {
    const { store, sources, live, atBeginning } = this.#session
    const { seen } = this.#window
    return {
      shown: this.view.length,
      held: store.count,
      dropped: store.dropped,
      bytes: store.bytes,
      limit: store.limit,
      levels: this.view.levelCounts,
      live,
      reading: sources.some(({ state }) => state === 'reading'),
      atBeginning,
      loadingOlder: this.#loadingOlder,
      filterError: this.#filterError,
      findError: this.#finder.error,
      rangeError: this.#rangeError,
      matches: this.#finder.count,
      match: this.#finder.ordinal,
      searching: this.#finder.searching,
      unseen: seen === null ? 0 : this.view.length - this.view.indexOf(seen + 1),
      sources: sources.map(({ label, tty, state }) => ({ label, tty, state })),
    }
  }
}

function samePattern(a: Pattern, b: Pattern): boolean {
  return (
    a.text === b.text && a.regex === b.regex && a.matchCase === b.matchCase && a.wholeWord === b.wholeWord
  )
}
