import * as vscode from 'vscode'
import { whyAway } from '../../engine/live/away.ts'
import type { LiveEngines } from '../../engine/live/engines.ts'
import type { LiveStore } from '../../engine/live/state.ts'
import type { Container } from '../../engine/model/container.ts'
import { hasUse } from '../../engine/stats/has-use.ts'
import { limitsOf, type Limits } from '../../engine/stats/limits.ts'
import { monitorOf, type StatsWatch } from '../../engine/stats/monitor.ts'
import { isFromStatsPage, type StatsRequest, type ToStatsPage } from '../../engine/stats/page.ts'
import type { Sample } from '../../engine/stats/sample.ts'
import type { Disposable } from '../../shared/disposable.ts'
import { t } from '../../shared/l10n.ts'
import { plain } from '../../shared/sinks.ts'
import { pageIcon, pageOptions, webviewHtml } from '../webview-html.ts'

// Samples of many containers are read together; the page draws them together.
const batchMs = 20

export interface StatsPageParts {
  readonly live: LiveEngines
  readonly extension: vscode.Uri
  /** How many samples of each container are kept. */
  readonly history: number
}

/** What is listened to on the engine that is there now: another one once it was closed and is known again. */
interface Attached {
  readonly store: LiveStore
  readonly samples: StatsWatch
  readonly listening: readonly Disposable[]
}

/** The statistics page of an engine. Nothing is asked while it cannot be seen, and nothing of an engine that the views do not show. */
export class StatsPage implements Disposable {
  readonly #panel: vscode.WebviewPanel
  readonly #request: StatsRequest
  readonly #parts: StatsPageParts
  readonly #subscriptions: readonly Disposable[]
  readonly #limits = new Map<string, Limits>()
  #gone = false
  #ready = false
  #watching = false
  #watch: Disposable | undefined
  #attached: Attached | undefined
  #followed: ReadonlySet<string> = new Set()
  #learning = false
  #told = { why: '', rows: '' }
  #pending: Record<string, Sample> = {}
  #timer: NodeJS.Timeout | undefined

  constructor(panel: vscode.WebviewPanel, request: StatsRequest, parts: StatsPageParts) {
    this.#panel = panel
    this.#request = request
    this.#parts = parts
    const { extension, live } = parts
    const title = t('Resource Use')
    panel.iconPath = pageIcon(extension)
    panel.webview.options = pageOptions
    this.#subscriptions = [
      live.onDidChange(({ engine }) => {
        if (engine === undefined || engine === request.engine) this.#look()
      }),
      panel.onDidChangeViewState(() => this.#look()),
      panel.webview.onDidReceiveMessage((message: unknown) => this.#receive(message)),
    ]
    panel.onDidDispose(() => this.dispose())
    panel.webview.html = webviewHtml(extension, { name: 'stats', title })
  }

  dispose(): void {
    this.#gone = true
    clearTimeout(this.#timer)
    this.#watch?.dispose()
    this.#detach()
    for (const subscription of this.#subscriptions) subscription.dispose()
  }

  get #shown(): boolean {
    return this.#ready && !this.#gone && this.#panel.visible
  }

  #receive(message: unknown): void {
    if (!isFromStatsPage(message)) return
    if (message.type === 'processes') return void this.#sendProcesses(message.id)
    const { live } = this.#parts
    const name = live.store(this.#request.engine)?.engine.endpoint.name
    this.#ready = true
    this.#told = { why: '', rows: '' }
    this.#send({
      type: 'open',
      title: name === undefined ? t('Resource use') : t('Resource use on {0}', plain(name, 80)),
      request: this.#request,
      texts: vscode.l10n.bundle ?? {},
    })
    this.#look()
    const monitor = this.#attached === undefined ? undefined : monitorOf(this.#attached.store.engine)
    for (const id of this.#followed) this.#send({ type: 'history', id, samples: monitor?.samples(id) ?? [] })
  }

  /** Brings everything in line with what can be seen and what is there. */
  #look(): void {
    const { live } = this.#parts
    if (!this.#shown) {
      this.#follow([])
      this.#watching = false
      this.#watch?.dispose()
      return
    }
    this.#attach()
    if (!this.#watching) {
      // Watching tells of changes at once.
      this.#watching = true
      this.#watch = live.watch('containers')
    }
    const why = whyAway(live.snapshot, this.#request.engine) ?? ''
    if (why !== this.#told.why) {
      this.#told.why = why
      this.#send({ type: 'away', why })
    }
    const state = this.#attached?.store.state
    if (why !== '' || state?.connection.status !== 'connected') return this.#follow([])
    if (state.containers.status !== 'ready') return
    const wanted = new Set(this.#request.containers)
    const running = [...state.containers.items.values()].filter(
      (one) => hasUse(one) && (wanted.size === 0 || wanted.has(one.id)),
    )
    this.#follow(running.map(({ id }) => id))
    this.#sendRows(running)
    void this.#learn()
  }

  #attach(): void {
    const store = this.#parts.live.store(this.#request.engine)
    if (store === this.#attached?.store) return
    this.#detach()
    if (store === undefined) return
    const monitor = monitorOf(store.engine)
    const listening = [
      monitor.onDidChange(({ container, sample }) => this.#sample(container, sample)),
      store.onDidLimit((id) => {
        this.#limits.delete(id)
        void this.#learn()
      }),
    ]
    this.#attached = { store, samples: monitor.watch(this.#parts.history), listening }
  }

  #detach(): void {
    if (this.#attached === undefined) return
    this.#attached.samples.dispose()
    for (const one of this.#attached.listening) one.dispose()
    this.#attached = undefined
    this.#follow([])
  }

  #follow(ids: readonly string[]): void {
    this.#followed = new Set(ids)
    for (const id of [...this.#limits.keys()]) if (!this.#followed.has(id)) this.#limits.delete(id)
    this.#attached?.samples.follow(ids)
  }

  #sample(container: string, sample: Sample | undefined): void {
    // A stream that ended is asked for again only once the list says that the container runs again.
    if (sample === undefined || !this.#followed.has(container)) return
    this.#pending[container] = sample
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined
      this.#send({ type: 'samples', samples: this.#pending })
      this.#pending = {}
    }, batchMs)
  }

  #sendRows(running: readonly Container[]): void {
    const rows = running.map(({ id, name, image }) => ({
      id,
      name: plain(name, 80),
      image: plain(image, 80),
      limits: this.#limits.get(id) ?? {},
    }))
    const key = JSON.stringify(rows)
    if (key === this.#told.rows) return
    this.#told.rows = key
    this.#send({ type: 'containers', rows })
  }

  /** Asks for the limits that are not known yet, one container after the other, and tells the page. */
  async #learn(): Promise<void> {
    if (this.#learning) return
    this.#learning = true
    let learned = false
    for (;;) {
      const engine = this.#attached?.store.engine
      const next = [...this.#followed].find((id) => !this.#limits.has(id))
      if (engine === undefined || next === undefined) break
      this.#limits.set(next, {})
      // One that is gone by now has none.
      const limits = await engine.containers.inspect(next).then(limitsOf, () => ({}))
      // While they were asked for they may have been changed again.
      if (this.#limits.has(next)) this.#limits.set(next, limits)
      learned = true
    }
    this.#learning = false
    if (learned) this.#look()
  }

  async #sendProcesses(id: string): Promise<void> {
    const engine = this.#attached?.store.engine
    if (engine === undefined) return
    try {
      const { titles, processes } = await engine.containers.top(id)
      this.#send({
        type: 'processes',
        id,
        titles: titles.map((title) => plain(title)),
        rows: processes.map((row) => row.map((cell) => plain(cell))),
      })
    } catch (fault) {
      this.#send({ type: 'problem', text: plain(fault instanceof Error ? fault.message : String(fault)) })
    }
  }

  #send(message: ToStatsPage): void {
    // What was asked for may be told after the page was closed.
    if (!this.#gone) void this.#panel.webview.postMessage(message)
  }
}
