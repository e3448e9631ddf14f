import * as vscode from 'vscode'
import type { Container } from '../engine/model/container.ts'
import type { Disposable } from '../shared/disposable.ts'
import { badgeOf } from '../tree/badge.ts'
import { childrenOf, rowOf, tooltipOf } from '../tree/kinds.ts'
import type { TreeNode, ViewId } from '../tree/node.ts'
import { roots, watchedBy } from '../tree/roots.ts'
import { withOrigins } from '../tree/tooltip.ts'
import { troubleRows, troubleText } from '../tree/trouble.ts'
import type { CommandPart } from '../commands/container-command.ts'
import type { ViewWithFiles } from '../commands/file-places.ts'
import type { WindowEngines } from './engines.ts'
import { isChanged, type FileRows } from './files/file-rows.ts'
import { setContext, type ViewPreferences } from './preferences.ts'
import { rowContext } from './row-context.ts'
import { UseInRows } from './stats/use-in-rows.ts'
import type { RowFacts } from './run-commands.ts'
import type { TreeElement } from './tree-element.ts'
import { LiveTree } from './tree-view.ts'

// A tooltip waits no longer for what it could say besides.
const tooltipMs = 1_000
const viewIds: readonly ViewId[] = ['containers', 'images', 'volumes', 'networks', 'engines']

const hasFiles = (id: ViewId): id is ViewWithFiles =>
  id === 'containers' || id === 'images' || id === 'volumes'

/** The views of the side bar: each watches what it shows while it can be seen, and nothing else. */
export class Views implements vscode.Disposable {
  readonly #engines: WindowEngines
  readonly #preferences: ViewPreferences
  readonly #files: FileRows
  readonly #trees: ReadonlyMap<ViewId, LiveTree>
  readonly #use: UseInRows
  readonly #watches = new Map<ViewId, readonly Disposable[]>()
  readonly #subscriptions: Disposable[] = []
  /** What containers run, asked for once: one that changes is another object. */
  readonly #commands = new WeakMap<Container, readonly CommandPart[]>()
  #last: ViewId = 'containers'
  readonly #fileSelected = new Set<ViewWithFiles>()

  constructor(
    engines: WindowEngines,
    preferences: ViewPreferences,
    files: FileRows,
    dragAndDrop: Partial<Record<ViewId, vscode.TreeDragAndDropController<TreeElement>>>,
  ) {
    this.#engines = engines
    this.#preferences = preferences
    this.#use = new UseInRows(engines, () => this.#trees.get('containers')?.update())
    this.#files = files
    this.#trees = new Map(viewIds.map((id) => [id, this.#create(id, dragAndDrop[id])]))
    this.#subscriptions.push(
      engines.live.onDidChange((change) => {
        for (const [id, tree] of this.#trees)
          if (change.engine === undefined || change.what === 'engine' || watchedBy[id].includes(change.what))
            tree.update()
        this.#badge()
        this.#tellTrouble()
      }),
      engines.onDidLook(() => {
        this.#trees.get('containers')!.update()
        this.#tellTrouble()
      }),
      files.onDidChange((change) => {
        for (const tree of this.#trees.values()) tree.renew(isChanged(change))
      }),
      preferences.onDidChange((id) => {
        if (id === 'containers') this.#showUse()
        this.#trees.get(id)?.redraw()
      }),
      vscode.workspace.onDidChangeWorkspaceFolders(() => this.#trees.get('containers')?.redraw()),
    )
    for (const [id, tree] of this.#trees) this.#follow(id, tree)
  }

  #create(id: ViewId, dragAndDrop: vscode.TreeDragAndDropController<TreeElement> | undefined): LiveTree {
    const model = {
      roots: () => {
        const { trouble } = this.#engines
        if (id === 'containers' && trouble !== undefined) return troubleRows(trouble)
        const options = { ...this.#preferences.view(id), folders: workspaceFolders() }
        const nodes = roots(id, this.#engines.live.snapshot, options)
        if (id === 'containers') this.#use.shown(nodes)
        return nodes
      },
      children: childrenOf,
      list: (node: TreeNode) => this.#files.list(node),
      row: (node: TreeNode) => {
        const row = rowOf(node, rowContext())
        return id === 'containers' ? this.#use.row(node, row) : row
      },
      tooltip: (node: TreeNode) => {
        const text = tooltipOf(node, rowContext())
        return node.kind === 'container' ? this.#withCommand(text, node.container) : text
      },
      // VS Code shows its progress bar until the first list is there.
      ready: () => this.#ready(id),
    }
    return new LiveTree(id, model, dragAndDrop)
  }

  /** The tooltip of a container with the parts of what it runs, which only a look at it and its image tells. */
  async #withCommand(text: string, container: Container): Promise<string> {
    try {
      const parts = this.#commands.get(container) ?? (await this.#askCommand(container))
      if (parts === undefined) return text
      this.#commands.set(container, parts)
      return withOrigins(text, parts)
    } catch {
      // What is known without asking is shown in any case.
      return text
    }
  }

  async #askCommand({ engine: id, id: container }: Container): Promise<readonly CommandPart[] | undefined> {
    const store = this.#engines.live.store(id)
    if (store?.state.connection.status !== 'connected') return undefined
    const { imageOf, whatRuns } = await import('../commands/container-command.ts')
    const signal = AbortSignal.timeout(tooltipMs)
    const raw = await store.engine.containers.inspect(container, signal)
    const { parts } = whatRuns(raw, await imageOf(store.engine, raw, signal))
    return parts.filter(({ value }) => value !== '')
  }

  async #ready(id: ViewId): Promise<void> {
    await this.#engines.look()
    const { live } = this.#engines
    const wanted = watchedBy[id].filter((what) => what !== 'engine')
    // VS Code may ask for the rows before it tells that the view can be seen.
    const watches = wanted.map((resource) => live.watch(resource))
    await Promise.all(
      live.shownStores().flatMap((store) => wanted.map((resource) => store.settled(resource))),
    )
    for (const watch of watches) watch.dispose()
    // Containers are looked at first: their rows are on their way before those of others are computed.
    if (id !== 'containers') await new Promise((turn) => setImmediate(turn))
  }

  /** Lists what is looked at first before VS Code asks for it. It is dropped again when no view is opened then. */
  async prepare(): Promise<void> {
    await this.#ready('containers')
  }

  #follow(id: ViewId, { view }: LiveTree): void {
    const change = (visible: boolean): void => {
      const watches = this.#watches.get(id)
      if (visible && watches === undefined) {
        void this.#engines.look()
        this.#watches.set(
          id,
          watchedBy[id].map((what) => this.#engines.live.watch(what)),
        )
      } else if (!visible && watches !== undefined) {
        for (const watch of watches) watch.dispose()
        this.#watches.delete(id)
      }
      if (id === 'containers') this.#showUse()
    }
    this.#subscriptions.push(
      view.onDidChangeVisibility(({ visible }) => change(visible)),
      view.onDidChangeSelection(({ selection }) => {
        this.#last = id
        if (hasFiles(id)) this.#showSelected(id, selection[0]?.node)
      }),
    )
    change(view.visible)
  }

  /** Keys mean files while files are selected. */
  #showSelected(id: ViewWithFiles, node: TreeNode | undefined): void {
    const isFile = node?.kind === 'file' || node?.kind === 'files'
    if (isFile === this.#fileSelected.has(id)) return
    if (isFile) this.#fileSelected.add(id)
    else this.#fileSelected.delete(id)
    setContext(`quayside.fileSelected.${id}`, isFile)
  }

  #showUse(): void {
    this.#use.show(this.#preferences.useInRows && this.#watches.has('containers'))
  }

  #badge(): void {
    const badge = badgeOf(this.#engines.live.snapshot)
    const { view } = this.#trees.get('containers')!
    if (view.badge?.value !== badge?.value) view.badge = badge === undefined ? undefined : { ...badge }
  }

  /** Sentences stand above the rows, where they are broken into lines. */
  #tellTrouble(): void {
    const { trouble } = this.#engines
    const { view } = this.#trees.get('containers')!
    const text = trouble === undefined ? '' : troubleText(trouble)
    if ((view.message ?? '') !== text) view.message = text
  }

  readonly facts: RowFacts = {
    label: (node) => rowOf(node, rowContext()).label,
    description: (node) => rowOf(node, rowContext()).description,
    icon: (node) => rowOf(node, rowContext()).icon.name,
    flags: (node) => rowOf(node, rowContext()).flags,
    selection: () => this.#trees.get(this.#last)?.selection ?? [],
  }

  dispose(): void {
    for (const watches of this.#watches.values()) for (const watch of watches) watch.dispose()
    for (const subscription of this.#subscriptions) subscription.dispose()
    this.#use.dispose()
    for (const tree of this.#trees.values()) tree.dispose()
  }
}

const workspaceFolders = (): readonly string[] =>
  (vscode.workspace.workspaceFolders ?? [])
    .filter(({ uri }) => uri.scheme === 'file')
    .map(({ uri }) => uri.fsPath)
