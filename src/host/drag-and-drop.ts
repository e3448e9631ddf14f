import type * as vscode from 'vscode'
import type { TreeNode } from '../tree/node.ts'
import type { TreeElement } from './tree-element.ts'

/** What one part of the product lets be dragged and dropped in a view; a view has one controller made of several. */
export interface DragHandler {
  /** The media types that its rows are dragged as. */
  readonly drags: readonly string[]
  /** The media types that it takes. */
  readonly drops: readonly string[]
  drag?(nodes: readonly TreeNode[], transfer: vscode.DataTransfer): void
  /** False where it is not meant, so that the next handler is asked. */
  drop?(
    target: TreeNode | undefined,
    transfer: vscode.DataTransfer,
    token: vscode.CancellationToken,
  ): Promise<boolean>
}

export function dragAndDrop(
  ...handlers: readonly DragHandler[]
): vscode.TreeDragAndDropController<TreeElement> {
  return {
    dragMimeTypes: [...new Set(handlers.flatMap(({ drags }) => drags))],
    dropMimeTypes: [...new Set(handlers.flatMap(({ drops }) => drops))],
    handleDrag(elements, transfer) {
      const nodes = elements.map(({ node }) => node)
      for (const handler of handlers) handler.drag?.(nodes, transfer)
    },
    async handleDrop(target, transfer, token) {
      for (const handler of handlers) if (await handler.drop?.(target?.node, transfer, token)) return
    },
  }
}
