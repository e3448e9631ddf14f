import * as vscode from 'vscode'
import { saveLogs } from '../../commands/logs/save-logs.ts'
import { systemClock } from '../../engine/live/clock.ts'
import type { LogRequest, LogTarget } from '../../engine/logs/target.ts'
import type { HostMessage, ViewState } from '../../logs/messages.ts'
import type { Searcher } from '../../logs/search.ts'
import { LogSession } from '../../logs/session.ts'
import { longestCopy, textLines } from '../../logs/copy.ts'
import { initialView, rangeOf } from '../../logs/view-state.ts'
import { LogViewer } from '../../logs/viewer.ts'
import { t } from '../../shared/l10n.ts'
import { plain } from '../../shared/sinks.ts'
import { setting } from '../settings.ts'
import { webviewHtml } from '../webview-html.ts'
import type { Highlights } from './highlights.ts'
import { openSource } from './open-source.ts'
import type { LogParts } from './log-parts.ts'

const MiB = 1024 * 1024

export interface LogPageParts extends LogParts {
  readonly searcher: Searcher
  readonly highlights: Highlights
  tail(request: LogRequest): Promise<void>
}

export interface LogPageStart {
  readonly request: LogRequest
  readonly place: 'editor' | 'panel'
  /** As the user had left it. */
  readonly view?: ViewState
  readonly top?: number | null
}

/** One log viewer: its logs, and the page that shows them. The logs are read on while the page is hidden. */
export class LogPage implements vscode.Disposable {
  readonly #webview: vscode.Webview
  readonly #start: LogPageStart
  readonly #parts: LogPageParts
  readonly #session: LogSession
  readonly #viewer: LogViewer
  readonly #listening: vscode.Disposable
  #view: ViewState

  constructor(webview: vscode.Webview, start: LogPageStart, parts: LogPageParts) {
    this.#webview = webview
    this.#start = start
    this.#parts = parts
    this.#view =
      start.view ??
      initialView({
        tail: setting('logs.tail'),
        time: setting('logs.timestamps'),
        wrap: setting('logs.wrap'),
      })
    const { live } = parts.engines
    const range = rangeOf(this.#view, Date.now())
    const fault = (thrown: unknown): void =>
      parts.output.error(thrown instanceof Error ? thrown : String(thrown))
    this.#session = new LogSession(
      start.request,
      'error' in range ? { tail: setting('logs.tail') } : range,
      setting('logs.memory') * MiB,
      {
        surroundings: (engine) => live.store(engine),
        watch: (engine) => live.store(engine)?.watch('containers') ?? { dispose: () => undefined },
        clock: systemClock,
        pause: () => new Promise((resolve) => setImmediate(resolve)),
        fault,
      },
    )
    this.#viewer = new LogViewer(this.#session, this.#view, parts.highlights.of(start.request.targets), {
      clock: systemClock,
      searcher: parts.searcher,
      post: (message) => this.#post(message),
      copy: (text) => void vscode.env.clipboard.writeText(text),
      open: (link, source) => {
        if (link.kind === 'url') void parts.deps().then(({ ui }) => ui.openExternal(link.url))
        else void openSource(link, this.#session.sources[source]?.target).catch(fault)
      },
      act: (name) => void this.#act(name).catch(fault),
      keep: (view) => (this.#view = view),
      keepHighlights: (terms) => void parts.highlights.set(this.#targets, terms),
    })
    this.#listening = webview.onDidReceiveMessage((message: unknown) => this.#get(message))
    webview.html = webviewHtml(parts.context.extensionUri, {
      name: 'logs',
      title: plain(start.request.title, 60),
    })
  }

  setMemory(mebibytes: number): void {
    this.#session.store.setLimit(mebibytes * MiB)
  }

  /** The page is gone from sight, and with it what it had drawn. */
  hide(): void {
    this.#viewer.hide()
  }

  dispose(): void {
    this.#listening.dispose()
    this.#viewer.dispose()
    this.#session.dispose()
  }

  get #targets(): readonly LogTarget[] {
    return this.#session.sources.map(({ target, container }) => ({ ...target, container }))
  }

  #get(message: unknown): void {
    if (isReady(message)) this.#init()
    this.#viewer.receive(message)
  }

  #init(): void {
    const { request, place, top } = this.#start
    const terminal = vscode.workspace.getConfiguration('terminal.integrated')
    const family = terminal.get<string>('fontFamily', '')
    const size = terminal.get<number>('fontSize', 0)
    this.#post({
      type: 'init',
      title: t('Logs of {0}', plain(request.title, 60)),
      place,
      note:
        request.service === undefined
          ? ''
          : t(
              'The tasks of {0} on this node; those of other nodes cannot be read here.',
              plain(request.service.name, 60),
            ),
      view: this.#view,
      fontFamily: family.slice(0, 500),
      fontSize: Number.isFinite(size) ? Math.min(100, Math.max(0, Math.round(size))) : 0,
      highlights: this.#parts.highlights.of(request.targets),
      saved: JSON.stringify(request),
      top: top ?? null,
      texts: JSON.stringify(vscode.l10n.bundle ?? {}),
    })
  }

  #post(message: HostMessage): void {
    void this.#webview.postMessage(message)
  }

  async #act(name: 'save' | 'document' | 'terminal'): Promise<void> {
    const deps = await this.#parts.deps()
    const { request } = this.#start
    if (name === 'terminal') return this.#parts.tail({ ...request, targets: this.#targets })
    if (name === 'document') return this.#openDocument()
    try {
      await saveLogs(deps, this.#targets)
    } catch (fault) {
      await deps.ui.error(fault instanceof Error ? fault.message : String(fault))
    }
  }

  /** What the viewer shows now, as a document: all of the editor works on it. */
  async #openDocument(): Promise<void> {
    const { ui } = await this.#parts.deps()
    const { request } = this.#start
    const all = {
      from: Number.MIN_SAFE_INTEGER,
      to: Number.MAX_SAFE_INTEGER,
      times: this.#view.time !== 'off',
    }
    const text = [...textLines(this.#session, this.#viewer.view, all)].join('')
    const title = plain(request.title, 60)
    await ui.openText({ key: `viewer-${title}-${Date.now()}`, title: `${title}.log`, language: 'log', text })
    if (text.length >= longestCopy)
      await ui.info(t('The document holds the first 40 MB; “Save to File…” writes everything.'))
  }
}

function isReady(message: unknown): boolean {
  return typeof message === 'object' && message !== null && 'type' in message && message.type === 'ready'
}
