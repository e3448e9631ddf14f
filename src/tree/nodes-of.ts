import type { Snapshot } from '../engine/live/state.ts'
import { childrenOf } from './kinds.ts'
import type { NodeKind, NodeOf, TreeNode, ViewId } from './node.ts'
import { roots, type TreeOptions } from './roots.ts'

/** Where nodes of a kind are found: the view, and how it has to be grouped. */
const places: { readonly [K in NodeKind]?: readonly [ViewId, TreeOptions['groupBy']] } = {
  container: ['containers', 'none'],
  project: ['containers', 'project'],
  image: ['images', 'none'],
  repository: ['images', 'repository'],
  volume: ['volumes', 'none'],
  network: ['networks', 'none'],
  member: ['networks', 'none'],
  engine: ['engines', 'none'],
}

/** All nodes of a kind on the engines shown, by name, whatever the views filter: what a palette command offers. */
export function nodesOf<K extends NodeKind>(snapshot: Snapshot, kind: K): readonly NodeOf<K>[] {
  const place = places[kind]
  if (place === undefined) return []
  const [view, groupBy] = place
  const options = { scope: 'all', groupBy, label: '', sortBy: 'name', filter: '', folders: [] } as const
  const found: TreeNode[] = []
  const look = (node: TreeNode): void => {
    if (node.kind === kind) found.push(node)
    else if (node.kind === 'group' || (node.kind === 'network' && kind === 'member'))
      childrenOf(node).forEach(look)
  }
  roots(view, snapshot, options as TreeOptions).forEach(look)
  return found as NodeOf<K>[]
}
