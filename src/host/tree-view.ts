import * as vscode from 'vscode'
import { isListed } from '../tree/files.ts'
import type { Row, TreeNode, ViewId } from '../tree/node.ts'
import { sameNode } from '../tree/same-node.ts'
import { placeUri } from './files/place-uri.ts'
import { RowChanges } from './row-changes.ts'
import { createElement, type TreeElement } from './tree-element.ts'

/** What a view shows, as the tree room computes it; asked again after each change. */
export interface ViewModel {
  roots(): readonly TreeNode[]
  children(node: TreeNode): readonly TreeNode[]
  /** What is below rows of files: asked of the engine when VS Code asks, and then only. Never rejects. */
  list(node: TreeNode): Promise<readonly TreeNode[]>
  row(node: TreeNode): Row
  /** Markdown with every foreign string escaped. */
  tooltip(node: TreeNode): string | Promise<string>
  /** Resolves once there is something to show, or it is known that there is not. */
  ready(): Promise<void>
}

const root = ''
/** As many rows fill any screen. */
const screenful = 100
/** As many rows that were opened or closed are remembered. */
const remembered = 1_000
const states: Readonly<Record<Row['expandable'], vscode.TreeItemCollapsibleState>> = {
  no: vscode.TreeItemCollapsibleState.None,
  collapsed: vscode.TreeItemCollapsibleState.Collapsed,
  expanded: vscode.TreeItemCollapsibleState.Expanded,
}

/**
 * One view of the side bar. `update` compares what is shown with what is so now and refreshes single rows: a changed container
 * costs one row, however many there are.
 */
export class LiveTree implements vscode.TreeDataProvider<TreeElement>, vscode.Disposable {
  readonly view: vscode.TreeView<TreeElement>
  readonly #model: ViewModel
  readonly #told = new vscode.EventEmitter<TreeElement | undefined>()
  readonly #changes = new RowChanges<TreeElement>(
    (row) => this.#told.fire(row),
    () => vscode.commands.executeCommand('noop'),
  )
  /** What VS Code has asked for: the children of each element that has been opened, by the parent's id. */
  readonly #shown = new Map<string, readonly TreeElement[]>()
  /** What the user opened and closed, by id: VS Code forgets it with a row that is gone for a while, as in an outage. */
  readonly #opened = new Map<string, boolean>()
  readonly #subscriptions: vscode.Disposable[] = []
  /** Listed rows that have been folded: what is below may be another when they are unfolded. */
  readonly #folded = new WeakSet<TreeElement>()
  readonly onDidChangeTreeData = this.#told.event

  constructor(
    id: ViewId | 'compose',
    model: ViewModel,
    dragAndDrop?: vscode.TreeDragAndDropController<TreeElement>,
  ) {
    this.#model = model
    this.view = vscode.window.createTreeView(`quayside.${id}`, {
      treeDataProvider: this,
      canSelectMany: true,
      showCollapseAll: true,
      ...(dragAndDrop === undefined ? {} : { dragAndDropController: dragAndDrop }),
    })
    this.#subscriptions.push(
      this.view.onDidExpandElement(({ element }) => {
        this.#remember(element, true)
        if (this.#folded.delete(element)) this.#changes.tell(element)
      }),
      this.view.onDidCollapseElement(({ element }) => {
        this.#remember(element, false)
        if (isListed(element.node)) this.#folded.add(element)
      }),
    )
  }

  #remember({ id }: TreeElement, opened: boolean): void {
    this.#opened.delete(id)
    this.#opened.set(id, opened)
    if (this.#opened.size <= remembered) return
    const [oldest] = this.#opened.keys()
    this.#opened.delete(oldest!)
  }

  #stateOf({ id, row: { expandable } }: TreeElement): vscode.TreeItemCollapsibleState {
    const opened = this.#opened.get(id)
    if (expandable === 'no' || opened === undefined) return states[expandable]
    return opened ? states.expanded : states.collapsed
  }

  getChildren(parent?: TreeElement): Promise<TreeElement[]> {
    return this.#changes.giving(this.#give(parent, (nodes) => this.#firstOf(nodes, parent)))
  }

  async #give(
    parent: TreeElement | undefined,
    part: (nodes: readonly TreeNode[]) => readonly TreeNode[],
  ): Promise<TreeElement[]> {
    if (parent === undefined) await this.#model.ready()
    const nodes =
      parent === undefined
        ? this.#model.roots()
        : isListed(parent.node)
          ? await this.#model.list(parent.node)
          : this.#model.children(parent.node)
    const before = new Map(
      (this.#shown.get(parent?.id ?? root) ?? []).map((element) => [element.id, element]),
    )
    const elements = part(nodes).map((node) => this.#element(node, parent, before))
    this.#shown.set(parent?.id ?? root, elements)
    this.#forgetBelow(before, elements)
    return elements
  }

  /**
   * What is given now: of a long list that VS Code has nothing of what fills the screen, so that it is seen before a thousand rows
   * have been computed, sent and put in place.
   */
  #firstOf(nodes: readonly TreeNode[], parent: TreeElement | undefined): readonly TreeNode[] {
    const isNew = !this.#shown.has(parent?.id ?? root) && (parent === undefined || !isListed(parent.node))
    if (!isNew || nodes.length <= 2 * screenful) return nodes
    this.#changes.tellAfterwards(parent)
    return nodes.slice(0, screenful)
  }

  #element(
    node: TreeNode,
    parent: TreeElement | undefined,
    before: ReadonlyMap<string, TreeElement>,
  ): TreeElement {
    const row = this.#model.row(node)
    const element = before.get(row.id)
    if (element === undefined) return createElement(node, row, parent)
    element.node = node
    element.row = row
    return element
  }

  /** The children of elements that are gone need no more comparing. */
  #forgetBelow(before: ReadonlyMap<string, TreeElement>, now: readonly TreeElement[]): void {
    const kept = new Set(now.map(({ id }) => id))
    for (const id of before.keys()) if (!kept.has(id)) this.#forget(id)
  }

  #forget(id: string): void {
    const children = this.#shown.get(id)
    this.#shown.delete(id)
    for (const child of children ?? []) this.#forget(child.id)
  }

  /** Selects the row that is reached by the first row that fits, then the first below it that fits the next, as far as there is one. */
  async reveal(...way: readonly ((node: TreeNode) => boolean)[]): Promise<void> {
    let element: TreeElement | undefined
    for (const fits of way) {
      const shown = this.#shown.get(element?.id ?? root)?.find(({ node }) => fits(node))
      const next = shown ?? (await this.#give(element, (nodes) => nodes)).find(({ node }) => fits(node))
      if (next === undefined) break
      element = next
    }
    if (element !== undefined) await this.view.reveal(element, { select: true, focus: true, expand: true })
  }

  getParent(element: TreeElement): TreeElement | undefined {
    return element.parent
  }

  getTreeItem(element: TreeElement): vscode.TreeItem {
    const { id, row } = element
    const item = new vscode.TreeItem(row.label, this.#stateOf(element))
    item.id = id
    item.description = row.description
    item.contextValue = row.flags.join(' ')
    item.iconPath = new vscode.ThemeIcon(
      row.icon.name,
      row.icon.color === undefined ? undefined : new vscode.ThemeColor(row.icon.color),
    )
    item.accessibilityInformation = { label: row.accessibilityLabel }
    if (row.file !== undefined) showAsFile(item, row.file)
    if (row.click !== undefined) item.command = clickOn(element, row.click)
    return item
  }

  async resolveTreeItem(item: vscode.TreeItem, { node }: TreeElement): Promise<vscode.TreeItem> {
    const text = new vscode.MarkdownString(await this.#model.tooltip(node))
    text.isTrusted = false
    text.supportHtml = false
    item.tooltip = text
    return item
  }

  /** Brings what is shown up to date. Nothing is asked of the model for what VS Code never asked for. */
  update(): void {
    if (this.#shown.has(root)) this.#compare(undefined)
  }

  #compare(parent: TreeElement | undefined): void {
    const shown = this.#shown.get(parent?.id ?? root)
    if (shown === undefined || (parent !== undefined && isListed(parent.node))) return
    const nodes = parent === undefined ? this.#model.roots() : this.#model.children(parent.node)
    if (nodes.length !== shown.length) return this.#changes.tell(parent)
    const rows = nodes.map((node) => this.#model.row(node))
    if (rows.some((row, i) => row.id !== shown[i]!.id)) return this.#changes.tell(parent)
    shown.forEach((element, i) => {
      const { node, row } = element
      element.node = nodes[i]!
      element.row = rows[i]!
      // A tooltip can change though the row does not.
      if (!sameRow(row, element.row) || !sameNode(node, element.node)) this.#changes.tell(element)
      else this.#compare(element)
    })
  }

  /** Asks anew for what is below listed rows of which this is true. */
  renew(isMeant: (node: TreeNode) => boolean): void {
    for (const elements of [...this.#shown.values()])
      for (const element of elements)
        if (isListed(element.node) && this.#shown.has(element.id) && isMeant(element.node))
          this.#changes.tell(element)
  }

  /** Draws everything anew: another way to group, sort or filter. */
  redraw(): void {
    this.#changes.tell(undefined)
  }

  get selection(): readonly TreeNode[] {
    return this.view.selection.map(({ node }) => node)
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose()
    this.view.dispose()
    this.#told.dispose()
  }
}

/** The icon theme of the editor decides how a file looks, and its decorations whether it has changed. */
function showAsFile(
  item: vscode.TreeItem,
  { place, path, isFolder, change }: NonNullable<Row['file']>,
): void {
  const uri = placeUri(place, path)
  item.resourceUri = change === undefined ? uri : uri.with({ query: change })
  item.iconPath = isFolder ? vscode.ThemeIcon.Folder : vscode.ThemeIcon.File
}

function clickOn(element: TreeElement, click: NonNullable<Row['click']>): vscode.Command {
  const { label, file } = element.row
  if (click === 'open' && file !== undefined)
    return { command: 'vscode.open', title: label, arguments: [placeUri(file.place, file.path)] }
  const on = element.node.kind === 'detail' ? [] : [element]
  return { command: `quayside.${click}`, title: label, arguments: on }
}

function sameRow(a: Row, b: Row): boolean {
  return (
    a.label === b.label &&
    a.description === b.description &&
    a.icon.name === b.icon.name &&
    a.icon.color === b.icon.color &&
    a.accessibilityLabel === b.accessibilityLabel &&
    a.expandable === b.expandable &&
    a.flags.length === b.flags.length &&
    a.flags.every((flag, i) => flag === b.flags[i])
  )
}
