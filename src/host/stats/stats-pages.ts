import * as vscode from 'vscode'
import type { StatsRequest } from '../../commands/ui.ts'
import type { Engine } from '../../engine/engine.ts'
import type { LiveEngines } from '../../engine/live/engines.ts'
import type { Container } from '../../engine/model/container.ts'
import { monitorOf } from '../../engine/stats/monitor.ts'
import { isFromStatsPage, type StatsTexts, type ToStatsPage } from '../../engine/stats/page.ts'
import type { Sample } from '../../engine/stats/sample.ts'
import { t } from '../../shared/l10n.ts'
import { plain } from '../../shared/sinks.ts'
import { pageIcon, webviewHtml, webviewRoot } from '../webview-html.ts'

// Samples of many containers come at different moments of a second; the page draws them together.
const batchMs = 250

/** Opens the statistics page in an editor tab. Streams run while the tab can be seen, for running containers only. */
export function openStatsPage(
  request: StatsRequest,
  live: LiveEngines,
  extension: vscode.Uri,
  history: number,
): void {
  const store = live.store(request.engine)
  if (store === undefined) return
  const panel = vscode.window.createWebviewPanel(
    'quayside.stats',
    t('Resource Use'),
    vscode.ViewColumn.Active,
    {
      enableScripts: true,
      localResourceRoots: [webviewRoot(extension)],
      retainContextWhenHidden: true,
    },
  )
  panel.iconPath = pageIcon(extension)
  const { engine } = store
  const monitor = monitorOf(engine)
  const samples = monitor.watch(history)
  const watch = live.watch('containers')
  let gone = false
  const send = (message: ToStatsPage): void => {
    // The processes that were asked for may be told after the page was closed.
    if (!gone) void panel.webview.postMessage(message)
  }
  let ready = false
  let shown = ''
  let followed: ReadonlySet<string> = new Set()
  let pending: Record<string, Sample> = {}
  let timer: NodeJS.Timeout | undefined

  const running = (): readonly Container[] => {
    const wanted = new Set(request.containers)
    return [...store.state.containers.items.values()].filter(
      ({ id, state }) => state === 'running' && (wanted.size === 0 || wanted.has(id)),
    )
  }
  const update = (): void => {
    const containers = panel.visible && ready ? running() : []
    followed = new Set(containers.map(({ id }) => id))
    samples.follow([...followed])
    if (!ready || !panel.visible) return
    const rows = containers.map(({ id, name, image }) => ({
      id,
      name: plain(name, 80),
      image: plain(image, 80),
    }))
    const key = JSON.stringify(rows)
    if (key === shown) return
    shown = key
    send({
      type: 'containers',
      engine: t('Resource use on {0}', plain(engine.endpoint.name, 80)),
      rows,
      texts: texts(),
    })
  }
  const flush = (): void => {
    timer = undefined
    send({ type: 'samples', samples: pending })
    pending = {}
  }
  const subscriptions = [
    watch,
    samples,
    store.onDidChange(({ what }) => {
      if (what === 'containers') update()
    }),
    monitor.onDidChange(({ container, sample }) => {
      // A stream that ended is asked for again only once the list says that the container runs again.
      if (sample === undefined || !followed.has(container)) return
      pending[container] = sample
      timer ??= setTimeout(flush, batchMs)
    }),
    panel.onDidChangeViewState(update),
    panel.webview.onDidReceiveMessage((message: unknown) => {
      if (!isFromStatsPage(message)) return
      if (message.type === 'ready') {
        ready = true
        shown = ''
        update()
        for (const { id } of running()) send({ type: 'history', id, samples: monitor.samples(id) })
      } else void sendProcesses(engine, message.id, send)
    }),
  ]
  panel.onDidDispose(() => {
    gone = true
    clearTimeout(timer)
    for (const subscription of subscriptions) subscription.dispose()
  })
  panel.webview.html = webviewHtml(panel.webview, extension, { name: 'stats', title: t('Resource Use') })
}

async function sendProcesses(
  engine: Engine,
  id: string,
  send: (message: ToStatsPage) => void,
): Promise<void> {
  try {
    const { titles, processes } = await engine.containers.top(id)
    send({
      type: 'processes',
      id,
      titles: titles.map((title) => plain(title)),
      rows: processes.map((row) => row.map((cell) => plain(cell))),
    })
  } catch (fault) {
    send({ type: 'problem', text: fault instanceof Error ? plain(fault.message) : String(fault) })
  }
}

function texts(): StatsTexts {
  return {
    name: t('Container'),
    cpu: t('CPU'),
    memory: t('Memory'),
    limit: t('Limit'),
    network: t('Network'),
    disk: t('Disk'),
    processes: t('Processes'),
    received: t('Received'),
    sent: t('Sent'),
    read: t('Read'),
    written: t('Written'),
    nothing: t('No container is running here. Start one and it appears by itself.'),
    plot: t('Plot'),
    all: t('All'),
    processesOf: t('Processes of'),
    sortBy: t('Sort by'),
  }
}
