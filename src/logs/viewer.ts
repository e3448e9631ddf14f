import type { Clock } from '../engine/live/clock.ts'
import type { Disposable } from '../shared/disposable.ts'
import { Announcer } from './announcer.ts'
import { densityOf, indexAtTime } from './density.ts'
import { Finder, tooSlow } from './finder.ts'
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

/** At most twenty frames a second, and none before the last one has been drawn. */
const frameMs = 50
const densityMs = 1_000
const densityBuckets = 240
const olderLines = 5_000

type Window = Extract<PageMessage, { readonly type: 'window' }>

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
  #frame = 0
  #drawn = 0
  #sentAt = -Infinity
  #timer: Disposable | undefined
  #densityAt = -Infinity
  #densityTimer: Disposable | undefined
  #lastRows = ''
  #lastState = ''
  #filterError = ''
  #rangeError = ''
  #loadingOlder = false
  #ready = false
  readonly #announcer: Announcer
  readonly #listening: Disposable

  constructor(session: LogSession, state: ViewState, highlights: readonly string[], ports: ViewerPorts) {
    this.#session = session
    this.#state = state
    this.#ports = ports
    this.view = new LogView(session.store)
    const again = (): void => this.#schedule()
    this.#rows = new RowWindow(session, this.view, ports.searcher, state, again)
    this.#rows.setHighlights(highlights)
    this.#announcer = new Announcer(session.store, this.view, ports.clock, (lines, more) => {
      if (this.#ready) ports.post({ type: 'announce', lines, more })
    })
    this.#announcer.turn(state.announce)
    this.#finder = new Finder(session.store, this.view, ports.searcher, again)
    this.#filter = new LineSearch(session.store, ports.searcher, {
      found: (seqs, upTo) => {
        this.view.addMatches(seqs, upTo)
        this.#schedule()
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
    this.#ready = false
    this.#timer?.dispose()
    this.#timer = undefined
  }

  dispose(): void {
    this.hide()
    this.#listening.dispose()
    this.#filter.dispose()
    this.#finder.dispose()
    this.#densityTimer?.dispose()
    this.#announcer.dispose()
  }

  #on(message: PageMessage): void {
    switch (message.type) {
      case 'ready':
        this.#ready = true
        this.#frame = 0
        this.#drawn = 0
        this.#lastRows = ''
        this.#lastState = ''
        this.#densityAt = -Infinity
        break
      case 'window':
        this.#window = message
        this.#sentAt = -Infinity
        break
      case 'drawn':
        this.#drawn = Math.max(this.#drawn, message.frame)
        break
      case 'view':
        this.#setView(message.view)
        break
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
    this.#schedule()
  }

  #lines(): void {
    void this.#filter.advance()
    this.#finder.advance()
    this.#schedule()
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
    this.#schedule()
  }

  #applyFind(): void {
    this.#rows.setState(this.#state)
    this.#finder.setPattern(this.#state.find)
    this.#schedule()
  }

  async #step(direction: 1 | -1, from: number | null): Promise<void> {
    const seq = await this.#finder.step(direction, from ?? undefined)
    if (seq !== undefined) {
      // A match inside a folded stack trace is folded out.
      if (!this.view.has(seq)) this.view.setOpen(this.view.headOf(seq), true)
      this.#rows.forget()
      this.#reveal(seq)
    }
    this.#schedule()
  }

  #toggle(seq: number, what: 'trace' | 'line'): void {
    if (what === 'trace') this.view.setOpen(seq, !this.view.isOpen(seq))
    else this.#rows.toggle(seq)
    this.#rows.forget()
  }

  async #older(): Promise<void> {
    if (this.#loadingOlder) return
    this.#loadingOlder = true
    this.#schedule()
    try {
      await this.#session.loadOlder(olderLines)
    } finally {
      this.#loadingOlder = false
      this.#schedule()
    }
  }

  #reveal(seq: number | undefined): void {
    if (seq === undefined) return
    this.#ports.post({ type: 'reveal', seq, index: this.view.indexOf(seq), select: true })
  }

  #schedule(): void {
    if (!this.#ready || this.#timer !== undefined || this.#drawn < this.#frame) return
    const wait = Math.max(0, this.#sentAt + frameMs - this.#ports.clock.now())
    this.#timer = this.#ports.clock.after(wait, () => {
      this.#timer = undefined
      this.#send()
    })
  }

  #send(): void {
    if (!this.#ready) return
    const { clock } = this.#ports
    this.view.update()
    this.#finder.dropBelow(this.#session.store.first)
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
    const stateText = JSON.stringify(state)
    const rowsText = JSON.stringify([id, from, at, rows])
    if (stateText !== this.#lastState || rowsText !== this.#lastRows) {
      this.#frame += 1
      this.#sentAt = clock.now()
      const fresh = rowsText === this.#lastRows ? null : { window: id, from, top: at, rows }
      this.#ports.post({ type: 'frame', frame: this.#frame, state, rows: fresh })
      this.#lastState = stateText
      this.#lastRows = rowsText
      this.#sendDensity()
    }
    this.#announcer.update()
  }

  /** The strip over time changes slowly: once a second is enough. */
  #sendDensity(): void {
    if (this.#densityTimer !== undefined) return
    const wait = Math.max(0, this.#densityAt + densityMs - this.#ports.clock.now())
    this.#densityTimer = this.#ports.clock.after(wait, () => {
      this.#densityTimer = undefined
      if (!this.#ready) return
      this.#densityAt = this.#ports.clock.now()
      const density = densityOf(this.#session.store, this.view, densityBuckets) ?? null
      this.#ports.post({ type: 'density', density })
    })
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
      sources: sources.map(({ label, state }) => ({ label, state })),
    }
  }
}

function samePattern(a: Pattern, b: Pattern): boolean {
  return (
    a.text === b.text && a.regex === b.regex && a.matchCase === b.matchCase && a.wholeWord === b.wholeWord
  )
}
