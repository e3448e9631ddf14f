import type { Container } from '../engine/model/container.ts'
import type { Sample } from '../engine/stats/sample.ts'
import { amount, percent } from '../shared/amounts.ts'
import { dotted } from './kinds/kind.ts'
import { childrenOf } from './kinds.ts'
import type { Row, TreeNode } from './node.ts'

type Latest = (container: Container) => Sample | undefined

/** The running containers of these nodes and of all that is below them, each once. */
export function runningIn(nodes: readonly TreeNode[]): readonly Container[] {
  const found = new Set<Container>()
  const look = (node: TreeNode): void => {
    if (node.kind !== 'container') return childrenOf(node).forEach(look)
    if (node.container.state === 'running') found.add(node.container)
  }
  nodes.forEach(look)
  return [...found]
}

/**
 * What a row says of the use of resources: CPU and memory of a container (`1.2 % · 35.1 MiB`), their sums where containers are
 * below it. Empty while nothing is known. CPU is missing until there is a moment to compare with.
 */
export function useText(node: TreeNode, latest: Latest): string {
  const samples = runningIn([node])
    .map(latest)
    .filter((sample) => sample !== undefined)
  if (samples.length === 0) return ''
  const cpus = samples.map(({ cpu }) => cpu).filter((cpu) => cpu !== undefined)
  const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)
  return dotted(cpus.length === 0 ? '' : percent(sum(cpus)), amount(sum(samples.map(({ memory }) => memory))))
}

/**
 * The row with this text before all else. What a screen reader says stays as it is: a row that speaks anew every few seconds
 * could not be listened to.
 */
export function withUse(row: Row, text: string): Row {
  return text === '' ? row : { ...row, description: dotted(text, row.description) }
}
