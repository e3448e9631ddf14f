import * as vscode from 'vscode'
import { saveFile } from '../../commands/save-file.ts'
import type { Ui } from '../../commands/ui.ts'
import { EngineError, isEngineError } from '../../engine/errors.ts'
import type { Archives, LayerPlace } from '../../engine/layers/archives.ts'
import type { TreeAnswer } from '../../engine/layers/change-tree.ts'
import type { ChangeTree } from '../../engine/layers/change-tree.ts'
import { isFromImagePage, type FromImagePage, type TreeRequest } from '../../engine/layers/page.ts'
import { bytes } from '../../shared/bytes.ts'
import { t } from '../../shared/l10n.ts'
import { plain } from '../../shared/sinks.ts'
import { pageIcon, pageOptions, webviewHtml } from '../webview-html.ts'
import { layerUri } from './layer-uri.ts'

/** How far reading has come: bytes of all images that are read, and what they come to by the engine's account. */
export type ReadReport = (read: number, of: number) => void

/** What a page shows once its images have been read. */
export interface LoadedPage<Message> {
  readonly message: Message
  tree(layer: number): ChangeTree | undefined
  /** The file as it is afterwards and as it was before, where there is one. */
  places(layer: number, path: string): { readonly after?: LayerPlace; readonly before?: LayerPlace }
}

export interface ImagePage<Message> {
  readonly name: 'layers' | 'compare'
  readonly title: string
  load(signal: AbortSignal, report: ReadReport): Promise<LoadedPage<Message>>
}

export interface ImagePageParts {
  readonly extension: vscode.Uri
  readonly archives: Archives
  readonly ui: Ui
}

const mostRows = 5000
const reportEveryMs = 100

/** Opens a page about the files of images: reads them with progress, answers for the tree, opens and saves files. */
export function openImagePage<Message>(
  page: ImagePage<Message>,
  { extension, archives, ui }: ImagePageParts,
): void {
  const panel = vscode.window.createWebviewPanel(
    `quayside.${page.name}`,
    page.title,
    vscode.ViewColumn.Active,
    { ...pageOptions, retainContextWhenHidden: true },
  )
  panel.iconPath = pageIcon(extension)
  let closed = false
  // A page that was closed while its image was read is told nothing any more.
  const send = (message: object): void => {
    if (!closed) void panel.webview.postMessage(message)
  }
  let reading: AbortController | undefined
  let loaded: LoadedPage<Message> | undefined

  const reportReading = (text: string, fraction?: number): void =>
    send({
      type: 'reading',
      title: page.title,
      text,
      ...(fraction === undefined ? {} : { fraction }),
      texts: vscode.l10n.bundle ?? {},
    })

  async function read(): Promise<void> {
    reading?.abort()
    const control = (reading = new AbortController())
    let shown = 0
    reportReading(t('Asking the engine for the image…'))
    try {
      const whole = await page.load(control.signal, (done, of) => {
        const now = Date.now()
        if (now - shown < reportEveryMs || control.signal.aborted) return
        shown = now
        reportReading(t('{0} of about {1} read', bytes(done), bytes(of)), Math.min(1, done / Math.max(1, of)))
      })
      if (control.signal.aborted) throw new EngineError('cancelled', t('Cancelled.'))
      loaded = whole
      send(whole.message as object)
    } catch (fault) {
      // What a later reading has broken off says nothing.
      if (reading !== control) return
      const cancelled = control.signal.aborted || isEngineError(fault, 'cancelled')
      send({ type: 'failed', text: cancelled ? t('Cancelled.') : wordsOf(fault) })
      if (!cancelled && !(fault instanceof EngineError)) ui.log(`${page.name}: ${String(fault)}`)
    }
  }

  async function answer(message: FromImagePage): Promise<void> {
    switch (message.type) {
      case 'ready':
      case 'again':
        return read()
      case 'cancel':
        return reading?.abort()
      case 'files':
        return send({ type: 'files', ask: message.request.ask, ...rowsFor(message.request) })
      case 'open':
      case 'compare':
      case 'save':
        return onFile(message.type, message.layer, message.path)
    }
  }

  function rowsFor(request: TreeRequest): TreeAnswer {
    const tree = loaded?.tree(request.layer)
    const query = { ...request, limit: Math.min(request.limit, mostRows) }
    if (tree === undefined) return { rows: [], total: 0 }
    const { rows, total } =
      'words' in request ? tree.find(request.words, query) : tree.children(request.folder, query)
    return { rows, total }
  }

  async function onFile(what: 'open' | 'compare' | 'save', layer: number, path: string): Promise<void> {
    const { after, before } = loaded?.places(layer, path) ?? {}
    const place = after ?? before
    if (place === undefined) return
    if (what === 'save') return save(place)
    if (what === 'compare' && after !== undefined && before !== undefined) {
      const title = t('{0}: before and after', plain(path.slice(path.lastIndexOf('/') + 1), 80))
      return void (await vscode.commands.executeCommand(
        'vscode.diff',
        layerUri(before),
        layerUri(after),
        title,
      ))
    }
    await vscode.commands.executeCommand('vscode.open', layerUri(place))
  }

  async function save(place: LayerPlace): Promise<void> {
    const name = place.path.slice(place.path.lastIndexOf('/') + 1)
    const path = await ui.saveAs({ title: t('Save a File of a Layer'), name })
    if (path === undefined) return
    const size = await ui.progress(t('Saving {0}', plain(name, 80)), (report, signal) =>
      saveFile(path, archives.read(place, signal), signal, report),
    )
    void ui.info(t('Saved {0}: {1}.', plain(name, 80), bytes(size)))
  }

  const listening = panel.webview.onDidReceiveMessage((message: unknown) => {
    if (!isFromImagePage(message)) return
    answer(message).catch((fault: unknown) => {
      if (isEngineError(fault, 'cancelled')) return
      void ui.error(fault instanceof EngineError ? fault : wordsOf(fault))
    })
  })
  panel.onDidDispose(() => {
    closed = true
    reading?.abort()
    listening.dispose()
  })
  panel.webview.html = webviewHtml(extension, { name: page.name, title: page.title })
}

function wordsOf(fault: unknown): string {
  if (!(fault instanceof EngineError)) return fault instanceof Error ? plain(fault.message) : String(fault)
  return fault.nextStep === undefined ? fault.message : `${fault.message} ${fault.nextStep}`
}
