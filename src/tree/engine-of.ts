import type { EngineId } from '../engine/model/refs.ts'
import type { TreeNode } from './node.ts'

/** The engine that the object of a row is on; undefined for lines of detail, which are never acted upon. */
export function engineOf(node: TreeNode): EngineId | undefined {
  switch (node.kind) {
    case 'container':
    case 'port':
    case 'member':
      return node.container.engine
    case 'image':
      return node.image.engine
    case 'volume':
      return node.volume.engine
    case 'network':
      return node.network.engine
    case 'engine':
      return node.endpoint.id
    case 'project':
    case 'group':
    case 'repository':
    case 'stack':
    case 'service':
      return node.engine
    case 'files':
    case 'file':
    case 'changes':
    case 'change':
      return node.place.engine
    case 'detail':
    case 'more':
      return undefined
  }
}
