import { systemClock } from '../../src/engine/live/clock.ts'
import { logTarget, type LogRequest } from '../../src/engine/logs/target.ts'
import { directSearcher } from '../../src/logs/direct-searcher.ts'
import type { Link } from '../../src/logs/links.ts'
import { levels } from '../../src/logs/line-flags.ts'
import {
  isHostMessage,
  type HostMessage,
  type PageMessage,
  type PageRow,
  type PageState,
  type ViewState,
} from '../../src/logs/messages.ts'
import type { Searcher } from '../../src/logs/search.ts'
import { LogSession } from '../../src/logs/session.ts'
import { initialView, rangeOf } from '../../src/logs/view-state.ts'
import { LogViewer } from '../../src/logs/viewer.ts'
import type { LogContainer, LogEngine } from './log-engine.ts'

const MiB = 1024 * 1024

/** A log viewer without its page: what the page would draw, as text. */
export class LogScreen {
  readonly session: LogSession
  readonly viewer: LogViewer
  state: PageState | undefined
  rows: readonly PageRow[] = []
  top = 0
  readonly copied: string[] = []
  readonly opened: Link[] = []
  readonly announced: string[] = []
  readonly acted: string[] = []
  readonly faults: unknown[] = []
  highlights: readonly string[] = []
  density: Extract<HostMessage, { type: 'density' }>['density'] = null
  revealed: number | undefined
  /** While false no frame is acknowledged, as by a page that is busy. */
  draws = true
  frames = 0
  #view: ViewState
  #window = 0
  #waiting: (() => void)[] = []

  constructor(
    engine: Pick<LogEngine, 'surroundings'>,
    containers: readonly Pick<LogContainer, 'listed'>[],
    options: {
      readonly view?: Partial<ViewState>
      readonly limit?: number
      readonly searcher?: Searcher
      readonly project?: string
      readonly highlights?: readonly string[]
    } = {},
  ) {
    this.#view = { ...initialView({ tail: 1000, time: 'off', wrap: false }), ...options.view }
    const { id } = engine.surroundings.engine
    const request: LogRequest = {
      title: 'test',
      targets: containers.map((container) => logTarget(container.listed())),
      ...(options.project === undefined ? {} : { project: { engine: id, name: options.project } }),
    }
    const range = rangeOf(this.#view, Date.now())
    if ('error' in range) throw new Error(range.error)
    this.session = new LogSession(request, range, options.limit ?? 8 * MiB, {
      surroundings: () => engine.surroundings,
      watch: () => ({ dispose: () => undefined }),
      clock: systemClock,
      pause: () => new Promise((resolve) => setImmediate(resolve)),
      fault: (fault) => this.faults.push(fault),
    })
    this.viewer = new LogViewer(this.session, this.#view, options.highlights ?? [], {
      clock: systemClock,
      searcher: options.searcher ?? directSearcher(),
      post: (message) => this.#get(message),
      copy: (text) => this.copied.push(text),
      open: (link) => this.opened.push(link),
      act: (name) => this.acted.push(name),
      keep: () => undefined,
      keepHighlights: (terms) => (this.highlights = terms),
    })
    this.send({ type: 'ready' })
    this.look({ count: 50 })
  }

  send(message: PageMessage): void {
    this.viewer.receive(structuredClone(message))
  }

  /** Looks at the newest lines, or from an index or a line on. */
  look(at: {
    readonly index?: number
    readonly top?: number
    readonly count?: number
    readonly seen?: number
  }): void {
    this.#window += 1
    this.send({
      type: 'window',
      id: this.#window,
      top: at.top ?? null,
      index: at.index ?? 0,
      before: 0,
      count: at.count ?? 50,
      follow: at.index === undefined && at.top === undefined,
      seen: at.seen ?? null,
    })
  }

  change(view: Partial<ViewState>): void {
    this.#view = { ...this.#view, ...view }
    this.send({ type: 'view', view: this.#view })
  }

  /** The rows as text: source and level where there are some, and what marks them. */
  get lines(): string[] {
    return this.rows.map((row) => {
      const text = row.parts.map((part) => part.text).join('')
      const marks = row.marks.map(([start, end, kind]) => `${kind}:${text.slice(start, end)}`)
      return [
        row.stream === 'mark' ? '—' : '',
        this.session.sources.length > 1 ? `${this.session.sources[row.source]!.label}:` : '',
        row.time,
        row.level === 0 ? '' : levels[row.level],
        text,
        row.trace === undefined ? '' : `(${row.open === true ? '-' : '+'}${row.trace})`,
        row.context === true ? '~' : '',
        marks.length > 0 ? `[${marks.join(' ')}]` : '',
        row.hit === true ? '[hit]' : '',
      ]
        .filter((part) => part !== '')
        .join(' ')
    })
  }

  /** Resolves once the condition holds; looked at with each message. */
  until(condition: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      const check = (): void => {
        if (!condition()) return
        this.#waiting = this.#waiting.filter((other) => other !== check)
        resolve()
      }
      this.#waiting.push(check)
      check()
    })
  }

  /** Resolves once these are the lines. */
  async shows(...lines: readonly string[]): Promise<void> {
    await this.until(() => this.lines.join('\n') === lines.join('\n'))
  }

  close(): void {
    this.viewer.dispose()
    this.session.dispose()
  }

  #get(sent: HostMessage): void {
    const message: unknown = structuredClone(sent)
    if (!isHostMessage(message)) throw new Error(`no message of ours: ${JSON.stringify(sent).slice(0, 500)}`)
    if (message.type === 'frame') {
      this.frames += 1
      this.state = message.state
      if (message.rows?.window === this.#window || (message.rows !== null && this.rows.length === 0)) {
        this.rows = message.rows?.rows ?? []
        this.top = message.rows?.top ?? 0
      }
      if (this.draws) this.send({ type: 'drawn', frame: message.frame })
    } else if (message.type === 'reveal') {
      this.revealed = message.seq
      this.look({ top: message.seq })
    } else if (message.type === 'announce')
      this.announced.push(...message.lines, ...(message.more > 0 ? [`+${message.more}`] : []))
    else if (message.type === 'density') this.density = message.density
    for (const check of [...this.#waiting]) check()
  }
}
