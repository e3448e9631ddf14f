import { strictEqual } from 'node:assert'
import * as vscode from 'vscode'
import { LiveTree, type ViewModel } from '../../src/host/tree-view.ts'
import type { GroupNode, Row, TreeNode } from '../../src/tree/node.ts'

const groups = 6
/** The view itself, as groups have names. */
const root = 'root'

const group = (value: string): GroupNode => ({
  kind: 'group',
  engine: 'unix:///none',
  by: 'label',
  value,
  children: [],
})

/** A view of groups. What VS Code asks for first has a row more as soon as it has been given. */
class Growing implements ViewModel {
  readonly #sizes = new Map<string, number>([[root, groups]])
  /** How many rows VS Code was given last, by the name of what they are below. */
  readonly given = new Map<string, number>()
  onGrown = (): void => {}

  roots = () => this.#rows(root)
  children = (node: TreeNode) => this.#rows((node as GroupNode).value)
  list = async () => []
  ready = async () => {}
  tooltip = () => ''
  row = (node: TreeNode): Row => {
    const { value } = node as GroupNode
    return {
      id: value,
      label: value,
      description: '',
      icon: { name: 'circle' },
      accessibilityLabel: value,
      expandable: value.startsWith(root) ? 'collapsed' : 'no',
      flags: [],
    }
  }

  size(parent: string): number {
    return this.#sizes.get(parent) ?? 1
  }

  #rows(parent: string): readonly GroupNode[] {
    const rows = Array.from({ length: this.size(parent) }, (_, at) => group(`${parent} ${at}`))
    return parent === root ? rows : rows.map(({ value }) => group(`row of ${value}`))
  }

  /** VS Code is given rows: the first time there is one more before they have reached it. */
  give(parent: string, rows: number): void {
    const isFirst = !this.given.has(parent)
    this.given.set(parent, rows)
    if (!isFirst) return
    setImmediate(() => {
      this.#sizes.set(parent, rows + 1)
      this.onGrown()
    })
  }
}

describe('rows', () => {
  it('what changes while VS Code takes the first rows of a view or of a group is not missed', async () => {
    // Its own views are there already, of which this one takes a place.
    await vscode.extensions.getExtension('quayside.quayside')!.activate()
    const model = new Growing()
    class Watched extends LiveTree {
      override async getChildren(parent?: Parameters<LiveTree['getChildren']>[0]) {
        const rows = await super.getChildren(parent)
        model.give(parent?.row.label ?? root, rows.length)
        return rows
      }
    }
    const tree = new Watched('networks', model)
    model.onGrown = () => tree.update()
    const isAskedAgain = async (parent: string) => {
      const end = Date.now() + 5_000
      while (model.given.get(parent) !== model.size(parent) || !model.given.has(parent)) {
        if (Date.now() > end) break
        await new Promise((resolve) => setTimeout(resolve, 20))
      }
      strictEqual(model.given.get(parent), model.size(parent), `the rows of ${parent}`)
      // VS Code gathers for 200 ms what it is told soon after another change.
      await new Promise((resolve) => setTimeout(resolve, 250))
    }
    try {
      await vscode.commands.executeCommand('quayside.networks.focus')
      await isAskedAgain(root)
      for (let at = 0; at < groups; at++) {
        await tree.reveal((node) => (node as GroupNode).value === `${root} ${at}`)
        await isAskedAgain(`${root} ${at}`)
      }
    } finally {
      tree.dispose()
    }
  })
})
