import type { Row, TreeNode } from '../tree/node.ts'

/**
 * What VS Code holds of a row: the same object for as long as the row's id lives in its view, so that selection and
 * expansion survive; the node in it is replaced when the object changes.
 */
export interface TreeElement {
  readonly id: string
  readonly parent: TreeElement | undefined
  node: TreeNode
  row: Row
}

const handedOut = new WeakSet<object>()

export function createElement(node: TreeNode, row: Row, parent: TreeElement | undefined): TreeElement {
  const element: TreeElement = { id: row.id, parent, node, row }
  handedOut.add(element)
  return element
}

/** Whether an argument of a command is an element of our trees, and not an object that somebody else made up. */
export function isElement(value: unknown): value is TreeElement {
  return typeof value === 'object' && value !== null && handedOut.has(value)
}
