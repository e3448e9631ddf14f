import * as vscode from 'vscode'
import type { Network } from '../engine/model/network.ts'
import type { EngineId } from '../engine/model/refs.ts'
import type { DragHandler } from './drag-and-drop.ts'

const dragged = 'application/vnd.quayside.container'

/** A container as it is dragged from one view to another. */
export interface DraggedContainer {
  readonly engine: EngineId
  readonly id: string
}

/** Containers are dragged from wherever they are shown, and dropped on a network or one of its members. */
export function memberDrags(
  dropped: (network: Network, containers: readonly DraggedContainer[]) => Promise<void>,
): DragHandler {
  return {
    drags: [dragged],
    drops: [dragged],
    drag(nodes, transfer) {
      const containers = nodes.flatMap((node): readonly DraggedContainer[] =>
        node.kind === 'container' || node.kind === 'member'
          ? [{ engine: node.container.engine, id: node.container.id }]
          : [],
      )
      if (containers.length > 0)
        transfer.set(dragged, new vscode.DataTransferItem(JSON.stringify(containers)))
    },
    async drop(node, transfer) {
      if (node?.kind !== 'network' && node?.kind !== 'member') return false
      // The page adds an empty item of the same type, and adds it first.
      const containers: DraggedContainer[] = []
      for (const [type, item] of transfer)
        if (type === dragged) containers.push(...readDragged(await item.asString()))
      if (containers.length === 0) return false
      await dropped(node.network, containers)
      return true
    },
  }
}

/** Any page of the editor can make up what is dropped: it is believed no further than its shape. */
export function readDragged(text: string): readonly DraggedContainer[] {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return []
  }
  return Array.isArray(value)
    ? value.filter(
        (entry: unknown): entry is DraggedContainer =>
          typeof entry === 'object' &&
          entry !== null &&
          typeof (entry as Record<string, unknown>)['engine'] === 'string' &&
          typeof (entry as Record<string, unknown>)['id'] === 'string',
      )
    : []
}
