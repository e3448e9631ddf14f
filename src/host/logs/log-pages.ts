import { join } from 'node:path'
import * as vscode from 'vscode'
import { openLogDocument } from '../../commands/logs.ts'
import { tailSession } from '../../commands/logs/tail-session.ts'
import type { LogRequest } from '../../engine/logs/target.ts'
import { isSavedPage, readRequest } from '../../logs/saved-page.ts'
import type { ViewState } from '../../logs/messages.ts'
import { t } from '../../shared/l10n.ts'
import { plain } from '../../shared/sinks.ts'
import { setContext } from '../preferences.ts'
import { onSettingChange, setting } from '../settings.ts'
import { pageIcon, pageOptions } from '../webview-html.ts'
import { logsViewId } from '../../manifest/views.ts'
import { Highlights } from './highlights.ts'
import { LogPage } from './log-page.ts'
import { logPanelType, type LogParts } from './log-parts.ts'
import { WorkerSearcher } from './worker-searcher.ts'

const nothing: LogRequest = { title: '', targets: [] }

/** The log viewers of a window. */
export class LogPages implements vscode.Disposable {
  readonly #parts: LogParts
  readonly #searcher: WorkerSearcher
  readonly #highlights: Highlights
  readonly #panels = new Map<string, { readonly panel: vscode.WebviewPanel; readonly page: LogPage }>()
  readonly #settings: { dispose(): void }
  #view: vscode.WebviewView | undefined
  #viewPage: LogPage | undefined
  /** What the panel's view is to show once it is there. */
  #viewRequest: LogRequest | undefined

  constructor(parts: LogParts) {
    this.#parts = parts
    this.#searcher = new WorkerSearcher(join(parts.context.extensionPath, 'dist', 'log-search.cjs'))
    this.#highlights = new Highlights(parts.context.workspaceState)
    this.#settings = onSettingChange('logs.memory')(() => {
      for (const page of this.#pages()) page.setMemory(setting('logs.memory'))
    })
  }

  async open(request: LogRequest): Promise<void> {
    switch (setting('logs.open')) {
      case 'editor':
        this.#openPanel(request)
        break
      case 'panel':
        await this.#openView(request)
        break
      case 'terminal':
        await this.tail(request)
        break
      case 'document':
        await openLogDocument(await this.#parts.deps(), request.targets, plain(request.title, 60))
        break
    }
  }

  /** A plain tail of each log in a terminal. */
  async tail({ targets }: LogRequest): Promise<void> {
    const { engines, ui, settings } = await this.#parts.deps()
    for (const { engine, container, name } of targets)
      ui.terminal(tailSession(engines.engine(engine), container, plain(name, 60), settings.logTail))
  }

  /** An editor tab from before the window was loaded again. */
  async restore(panel: vscode.WebviewPanel, state: unknown): Promise<void> {
    const saved = isSavedPage(state) ? state : undefined
    const request = saved === undefined ? undefined : readRequest(saved.request)
    if (saved === undefined || request === undefined) {
      panel.dispose()
      return
    }
    await this.#parts.engines.look()
    this.#attach(panel, request, saved.view, saved.top)
  }

  /** The panel's view is shown for the first time, or again. */
  async resolveView(view: vscode.WebviewView, state: unknown): Promise<void> {
    await this.#parts.engines.look()
    view.webview.options = this.#options
    this.#view = view
    const saved = isSavedPage(state) ? state : undefined
    const asked = this.#viewRequest
    const request = asked ?? (saved === undefined ? undefined : readRequest(saved.request)) ?? nothing
    this.#showInView(view, request, asked === undefined ? saved : undefined)
    view.onDidDispose(() => {
      this.#viewPage?.dispose()
      this.#viewPage = undefined
      if (this.#view === view) this.#view = undefined
      this.#rest()
    })
    view.onDidChangeVisibility(() => {
      if (!view.visible) this.#viewPage?.hide()
    })
  }

  dispose(): void {
    for (const page of this.#pages()) page.dispose()
    this.#settings.dispose()
    this.#searcher.dispose()
  }

  get #options(): vscode.WebviewOptions {
    return { ...pageOptions, enableForms: false }
  }

  #openPanel(request: LogRequest): void {
    const open = this.#panels.get(keyOf(request))
    if (open !== undefined) {
      open.panel.reveal()
      return
    }
    const panel = vscode.window.createWebviewPanel(
      logPanelType,
      titleOf(request),
      vscode.ViewColumn.Active,
      this.#options,
    )
    this.#attach(panel, request)
  }

  #attach(panel: vscode.WebviewPanel, request: LogRequest, view?: ViewState, top?: number | null): void {
    panel.webview.options = this.#options
    panel.title = titleOf(request)
    panel.iconPath = pageIcon(this.#parts.context.extensionUri)
    const page = this.#make(panel.webview, request, 'editor', view, top)
    const key = keyOf(request)
    this.#panels.set(key, { panel, page })
    panel.onDidChangeViewState(() => {
      if (!panel.visible) page.hide()
    })
    panel.onDidDispose(() => {
      page.dispose()
      if (this.#panels.get(key)?.panel === panel) this.#panels.delete(key)
      this.#rest()
    })
  }

  async #openView(request: LogRequest): Promise<void> {
    this.#viewRequest = request
    setContext('quayside.logsPanel', true)
    if (this.#view !== undefined) this.#showInView(this.#view, request)
    await vscode.commands.executeCommand(`${logsViewId}.focus`)
  }

  #showInView(
    view: vscode.WebviewView,
    request: LogRequest,
    saved?: { readonly view: ViewState; readonly top: number | null },
  ): void {
    this.#viewPage?.dispose()
    view.title = request.title === '' ? t('Logs') : plain(request.title, 60)
    this.#viewPage = this.#make(view.webview, request, 'panel', saved?.view, saved?.top)
  }

  #make(
    webview: vscode.Webview,
    request: LogRequest,
    place: 'editor' | 'panel',
    view?: ViewState,
    top?: number | null,
  ): LogPage {
    return new LogPage(
      webview,
      { request, place, ...(view === undefined ? {} : { view }), ...(top === undefined ? {} : { top }) },
      {
        ...this.#parts,
        searcher: this.#searcher,
        highlights: this.#highlights,
        tail: (what) => this.tail(what),
      },
    )
  }

  #pages(): readonly LogPage[] {
    const inPanels = [...this.#panels.values()].map(({ page }) => page)
    return this.#viewPage === undefined ? inPanels : [...inPanels, this.#viewPage]
  }

  /** Without a viewer no thread waits for searches. */
  #rest(): void {
    if (this.#pages().length === 0) this.#searcher.dispose()
  }
}

const titleOf = ({ title }: LogRequest): string => t('Logs: {0}', plain(title, 60))

/** The same logs are opened once. */
function keyOf({ targets, project, service }: LogRequest): string {
  if (service !== undefined) return JSON.stringify(['service', service.engine, service.name])
  if (project !== undefined) return JSON.stringify([project.engine, project.name])
  return JSON.stringify(targets.map(({ engine, container }) => [engine, container]).sort())
}
