import { basename, dirname } from 'node:path'
import * as vscode from 'vscode'
import { EngineError, isEngineError } from '../../engine/errors.ts'
import { t } from '../../shared/l10n.ts'
import type { ServiceGraph } from '../../shared/service-graph/graph.ts'
import { isFromGraphPage, type ToGraphPage } from '../../shared/service-graph/page.ts'
import { plain } from '../../shared/sinks.ts'
import type { WindowEngines } from '../engines.ts'
import type { RunningLanguage } from '../language/language-client.ts'
import { pageIcon, pageOptions, webviewHtml } from '../webview-html.ts'
import { liveServices } from './live-services.ts'
import { showError } from '../verbatim-window.ts'

const refreshDelayMs = 300

/** Opens the picture of the services of the project that these files make. It follows the files and the engine while it can be seen. */
export async function openGraphPage(
  paths: readonly string[],
  engines: WindowEngines,
  language: () => Promise<RunningLanguage>,
  extension: vscode.Uri,
): Promise<void> {
  const server = await language()
  const uris = paths.map((path) => vscode.Uri.file(path).toString())
  let graph = await server.serviceGraph(uris)
  if (graph === undefined)
    throw new EngineError('notFound', t('`{0}` cannot be read.', plain(basename(paths[0] ?? ''))))
  const title = t('{0} (graph)', plain(graph.project || basename(dirname(paths[0] ?? '')), 60))
  const panel = vscode.window.createWebviewPanel('quayside.graph', title, vscode.ViewColumn.Active, {
    ...pageOptions,
    retainContextWhenHidden: true,
  })
  panel.iconPath = pageIcon(extension)
  let gone = false
  const send = (message: ToGraphPage): void => {
    // What was asked for while the page was open may be answered after that.
    if (!gone) void panel.webview.postMessage(message)
  }
  let ready = false
  let shown = ''
  let stale = false
  let timer: NodeJS.Timeout | undefined
  let watch: vscode.Disposable | undefined

  const live = () => liveServices(engines.live.active?.state.containers.items.values() ?? [], paths)
  const draw = (current: ServiceGraph): void => {
    shown = JSON.stringify(live())
    send({ type: 'graph', graph: current, live: live(), texts: vscode.l10n.bundle ?? {} })
  }
  const follow = (): void => {
    const now = JSON.stringify(live())
    if (!ready || !panel.visible || now === shown) return
    shown = now
    send({ type: 'live', live: live() })
  }
  const read = async (): Promise<void> => {
    let message = t('The file cannot be read any more; the picture is of what it was.')
    const fresh = await server.serviceGraph(uris).catch((fault: unknown) => {
      if (isEngineError(fault)) message = fault.message
      return undefined
    })
    if (fresh === undefined) send({ type: 'problem', message })
    else draw((graph = fresh))
  }
  const look = (): void => {
    if (gone) return
    if (panel.visible) {
      // An event of the engine brings the rows in while the page is looked at, and none after that.
      watch ??= engines.live.watch('containers')
      if (stale) void read()
      stale = false
      follow()
    } else {
      watch?.dispose()
      watch = undefined
    }
  }
  const subscriptions = [
    engines.live.onDidChange(follow),
    server.onDidChangeProject(() => {
      stale = true
      timer ??= setTimeout(() => {
        timer = undefined
        look()
      }, refreshDelayMs)
    }),
    panel.onDidChangeViewState(look),
    panel.webview.onDidReceiveMessage((message: unknown) => {
      if (!isFromGraphPage(message) || graph === undefined) return
      if (message.type === 'ready') {
        ready = true
        draw(graph)
      } else if (message.type === 'open') void openService(graph, message.service)
      else void saveSvg(message.svg, graph.project, dirname(paths[0] ?? ''))
    }),
  ]
  panel.onDidDispose(() => {
    gone = true
    clearTimeout(timer)
    watch?.dispose()
    for (const subscription of subscriptions) subscription.dispose()
  })
  panel.webview.html = webviewHtml(extension, { name: 'graph', title })
  await engines.look()
  look()
}

async function openService({ services }: ServiceGraph, name: string): Promise<void> {
  const place = services.find((service) => service.name === name)?.place
  if (place === undefined) return
  const at = new vscode.Position(Math.max(0, place.line - 1), 0)
  const uri = vscode.Uri.parse(place.uri, true)
  try {
    const document = await vscode.workspace.openTextDocument(uri)
    await vscode.window.showTextDocument(document, { selection: new vscode.Range(at, at), preview: true })
  } catch {
    void showError(t('`{0}` cannot be read.', plain(basename(uri.fsPath))))
  }
}

async function saveSvg(svg: string, project: string, folder: string): Promise<void> {
  const name = `${project.replace(/[^\w.-]/g, '') || 'compose'}.svg`
  const target = await vscode.window.showSaveDialog({
    defaultUri: vscode.Uri.joinPath(vscode.Uri.file(folder), name),
    filters: { SVG: ['svg'] },
    title: t('Save the Picture'),
  })
  if (target === undefined) return
  try {
    await vscode.workspace.fs.writeFile(target, new TextEncoder().encode(svg))
  } catch (fault) {
    const said = fault instanceof Error ? fault.message : String(fault)
    void showError(t('The picture could not be saved: {0}', plain(said, 500)))
  }
}
