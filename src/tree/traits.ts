import type { Labels } from '../engine/model/container.ts'
import type { EngineId } from '../engine/model/refs.ts'
import { groupedBy } from './entries.ts'
import { compareNames } from './order.ts'
import type { GroupNode, TreeNode } from './node.ts'

const projectLabel = 'com.docker.compose.project'

export interface Traits {
  readonly labels: Labels
  readonly driver: string
}

/** Volumes or networks by what they have in common; those that lack it come last, without a group. */
export function groupsByTrait<N extends TreeNode>(
  engine: EngineId,
  sorted: readonly N[],
  traitsOf: (node: N) => Traits,
  { groupBy, label }: { readonly groupBy: 'none' | 'project' | 'driver' | 'label'; readonly label: string },
): readonly TreeNode[] {
  if (groupBy === 'none') return sorted
  const valueOf = ({ labels, driver }: Traits): string => {
    if (groupBy === 'driver') return driver
    const name = groupBy === 'project' ? projectLabel : label
    return Object.hasOwn(labels, name) ? labels[name]! : ''
  }
  const groups = groupedBy(sorted, (node) => [valueOf(traitsOf(node))])
  const alone = groups.get('') ?? []
  groups.delete('')
  const nodes = [...groups]
    .sort(([a], [b]) => compareNames(a, b))
    .map(([value, children]): GroupNode => ({ kind: 'group', engine, by: groupBy, value, children }))
  return [...nodes, ...alone]
}
