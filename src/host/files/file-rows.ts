import * as vscode from 'vscode'
import { EngineError } from '../../engine/errors.ts'
import { normalize, parentOf } from '../../engine/files/file-path.ts'
import type { Files } from '../../engine/files/files.ts'
import type { Place } from '../../engine/files/place.ts'
import { t } from '../../shared/l10n.ts'
import { plain } from '../../shared/sinks.ts'
import { changeNodes, fileNodes, paged, rowsAtOnce } from '../../tree/files.ts'
import { rowOf } from '../../tree/kinds.ts'
import type { TreeNode } from '../../tree/node.ts'
import type { WindowEngines } from '../engines.ts'
import { rowContext } from '../row-context.ts'
import { placeUri } from './place-uri.ts'
import type { WindowFiles } from './register.ts'
import { withProgress } from '../verbatim-window.ts'

/** A listing that takes longer gets a notification by which it can be cancelled: archives of large images do. */
const patientMs = 2000

/** What is below rows of files has changed: of these URIs and of what differs in their places, of this id, or all. */
export type RowChange =
  | { readonly uris: ReadonlySet<string>; readonly places: ReadonlySet<string> }
  | { readonly row: string }
  | 'all'

/** Rows of files for the trees: nothing is kept but how many rows of a folder the user wants to see. */
export class FileRows implements vscode.Disposable {
  readonly #engines: WindowEngines
  readonly #files: WindowFiles
  readonly #wanted = new Map<string, number>()
  readonly #changed = new vscode.EventEmitter<RowChange>()
  readonly #subscriptions: readonly vscode.Disposable[]
  readonly onDidChange = this.#changed.event

  constructor(engines: WindowEngines, files: WindowFiles) {
    this.#engines = engines
    this.#files = files
    this.#subscriptions = [
      files.onDidChange((events) => {
        const folders = events.flatMap(({ uri }) => [uri, uri.with({ path: parentOf(normalize(uri.path)) })])
        const places = events.map(({ uri }) => uri.with({ path: '/' }))
        this.#changed.fire({ uris: new Set(folders.map(String)), places: new Set(places.map(String)) })
      }),
      engines.onDidRefresh(() => {
        void files.forget()
        this.#changed.fire('all')
      }),
    ]
  }

  /** The rows below one of files; a row that says why where they cannot be told. */
  async list(node: TreeNode): Promise<readonly TreeNode[]> {
    const row = rowOf(node, rowContext()).id
    try {
      return paged(await this.#nodes(node, row), row, this.#wanted.get(row))
    } catch (fault) {
      return unreadable(row, fault)
    }
  }

  async #nodes(node: TreeNode, row: string): Promise<readonly TreeNode[]> {
    switch (node.kind) {
      case 'files':
        return fileNodes(node.place, '/', await this.#entries(node.place, '/'), row)
      case 'file':
        return fileNodes(node.place, node.path, await this.#entries(node.place, node.path), node.within)
      case 'changes': {
        const changes = await this.#engines.engine(node.place.engine).containers.changes(node.place.id)
        return changes.length === 0 ? [nothing(row)] : changeNodes(node.place, changes, row)
      }
      case 'change':
        return node.below
      default:
        return []
    }
  }

  async #entries(place: Place, folder: string): ReturnType<Files['list']> {
    const files = (await this.#files.places()).files(place)
    const control = new AbortController()
    const listing = files.list(folder, control.signal)
    const slow = setTimeout(() => void watched(listing, folder, control), patientMs)
    try {
      return await listing
    } finally {
      clearTimeout(slow)
    }
  }

  showMore(row: string): void {
    this.#wanted.set(row, (this.#wanted.get(row) ?? rowsAtOnce) + rowsAtOnce)
    this.#changed.fire({ row })
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose()
    this.#changed.dispose()
  }
}

const watched = (listing: Promise<unknown>, folder: string, control: AbortController): Thenable<void> =>
  withProgress(
    {
      location: vscode.ProgressLocation.Notification,
      title: t('Reading {0}', plain(folder, 200)),
      cancellable: true,
    },
    async (_, token) => {
      token.onCancellationRequested(() => control.abort())
      await listing.catch(() => undefined)
    },
  )

/** Why there are no rows, and what to do about it. */
function unreadable(parent: string, fault: unknown): readonly TreeNode[] {
  const description = fault instanceof Error ? fault.message : String(fault)
  const next =
    (fault instanceof EngineError ? fault.nextStep : undefined) ??
    t('“Refresh Files” on the row above tries again.')
  return [
    { kind: 'detail', id: 'files', parent, label: t('Cannot be read'), description, icon: 'error' },
    { kind: 'detail', id: 'next', parent, label: t('Next step'), description: next, icon: 'lightbulb' },
  ]
}

const nothing = (parent: string): TreeNode => ({
  kind: 'detail',
  id: 'nothing',
  parent,
  label: t('Nothing differs from the image'),
  description: '',
  icon: 'check',
})

/** Whether a row's children are to be asked for anew after a change. */
export function isChanged(change: RowChange): (node: TreeNode) => boolean {
  if (change === 'all') return () => true
  if ('row' in change) return (node) => rowOf(node, rowContext()).id === change.row
  return (node) =>
    (node.kind === 'changes' && change.places.has(placeUri(node.place, '/').toString())) ||
    (node.kind === 'files' && change.uris.has(placeUri(node.place, '/').toString())) ||
    (node.kind === 'file' && change.uris.has(placeUri(node.place, node.path).toString()))
}
