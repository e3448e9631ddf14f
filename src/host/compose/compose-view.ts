import * as vscode from 'vscode'
import type { EngineId } from '../../engine/model/refs.ts'
import { EngineError } from '../../engine/errors.ts'
import type { Disposable } from '../../shared/disposable.ts'
import { t } from '../../shared/l10n.ts'
import { childrenOf, rowOf, tooltipOf } from '../../tree/kinds.ts'
import type { StackNode, TreeNode } from '../../tree/node.ts'
import { haveFileInCommon } from '../../tree/paths.ts'
import { stackRoots, type ServiceHashes } from '../../tree/stacks.ts'
import type { WindowEngines } from '../engines.ts'
import { isChanged, type FileRows } from '../files/file-rows.ts'
import { rowContext } from '../row-context.ts'
import { LiveTree } from '../tree-view.ts'
import { ProjectHashes, type AskHashes } from './project-hashes.ts'
import { WorkspaceProjects } from './workspace-projects.ts'

/** The view of compose projects: those that run, and those of the open folders that do not. */
export class ComposeView implements vscode.Disposable {
  readonly #engines: WindowEngines
  readonly #projects = new WorkspaceProjects()
  readonly #hashes: ProjectHashes
  readonly #tree: LiveTree
  readonly #subscriptions: Disposable[] = []
  #watch: Disposable | undefined

  constructor(engines: WindowEngines, files: FileRows, ask: AskHashes) {
    this.#hashes = new ProjectHashes(ask, () => vscode.workspace.isTrusted)
    this.#engines = engines
    this.#tree = new LiveTree('compose', {
      roots: () => this.#roots(),
      children: childrenOf,
      list: (node) => files.list(node),
      row: (node) => rowOf(node, rowContext()),
      tooltip: (node) => tooltipOf(node, rowContext()),
      ready: () => this.#ready(),
    })
    this.#subscriptions.push(
      files.onDidChange((change) => this.#tree.renew(isChanged(change))),
      this.#projects.onDidChange(() => {
        this.#hashes.forget()
        this.#tree.update()
      }),
      this.#hashes.onDidChange(() => this.#tree.update()),
      vscode.workspace.onDidGrantWorkspaceTrust(() => this.#tree.update()),
      engines.live.onDidChange((change) => {
        // While an engine is away its state changes with each try: compose is not run for those.
        if (change.engine === undefined || (change.what === 'engine' && this.#isConnected(change.engine)))
          this.#hashes.retry()
        if (change.engine === undefined || change.what === 'engine' || change.what === 'containers')
          this.#tree.update()
      }),
      this.#tree.view.onDidChangeVisibility(({ visible }) => this.#follow(visible)),
    )
    this.#follow(this.#tree.view.visible)
  }

  /** Selects the project that one of these files belongs to; the service at the cursor where the editor in front has the file. */
  async show(paths: readonly string[]): Promise<void> {
    const { document, selection } = vscode.window.activeTextEditor ?? {}
    const file = document?.uri.fsPath
    const line = file !== undefined && paths.includes(file) ? (selection?.active.line ?? 0) + 1 : 0
    await this.#ready()
    const isShown = (node: TreeNode): boolean => node.kind === 'stack' && haveFileInCommon(node.files, paths)
    const shown = this.#roots().filter(isShown)
    if (shown.length === 0)
      throw new EngineError('notFound', t('No project of the Compose view has this file.'), {
        nextStep: t(
          'The view has projects that run, and those of files of the open folders with a usual name: compose.yaml, docker-compose.yml.',
        ),
      })
    const before = shown
      .flatMap(({ services }) => services)
      .filter(({ place }) => place !== undefined && place.file === file && place.line <= line)
      .sort((a, b) => b.place!.line - a.place!.line)
    const service = before[0]?.name
    await this.#tree.reveal(isShown, (node) => node.kind === 'service' && node.name === service)
  }

  /** First as the containers tell, then with what compose says of the projects that have some. */
  #roots(): readonly StackNode[] {
    const { snapshot } = this.#engines.live
    const told = stackRoots(snapshot, this.#projects.projects)
    if (!this.#tree.view.visible) return told
    const projects = this.#projects.projects.map((project) => {
      const stacks = told.filter(
        ({ files, inWorkspace }) =>
          inWorkspace && haveFileInCommon(files, [...project.files, ...(project.others ?? [])]),
      )
      const hashes = new Map<EngineId, ServiceHashes>()
      for (const stack of stacks) {
        const made = stack.services.flatMap(({ name, containers }) =>
          containers.map(({ compose }) => ({ service: name, configHash: compose?.configHash })),
        )
        const known = this.#hashes.of(stack, made)
        if (known !== undefined) hashes.set(stack.engine, known)
      }
      return { ...project, hashes }
    })
    return stackRoots(snapshot, projects)
  }

  #isConnected(engine: EngineId): boolean {
    return this.#engines.live.store(engine)?.state.connection.status === 'connected'
  }

  async #ready(): Promise<void> {
    await Promise.all([this.#engines.look(), this.#projects.find()])
    const { live } = this.#engines
    const watch = live.watch('containers')
    await Promise.all(live.shownStores().map((store) => store.settled('containers')))
    watch.dispose()
  }

  #follow(visible: boolean): void {
    if (visible) {
      this.#hashes.retry()
      this.#watch ??= this.#engines.live.watch('containers')
      this.#tree.update()
    } else {
      this.#watch?.dispose()
      this.#watch = undefined
    }
  }

  dispose(): void {
    this.#watch?.dispose()
    for (const subscription of this.#subscriptions) subscription.dispose()
    this.#projects.dispose()
    this.#hashes.dispose()
    this.#tree.dispose()
  }
}
