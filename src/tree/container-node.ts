import type { Container } from '../engine/model/container.ts'
import type { ContainerNode } from './node.ts'

const made = new WeakMap<Container, ContainerNode>()

/** The one node of a container that has not changed, so that its row need not be computed anew when others have. */
export function containerNode(container: Container): ContainerNode {
  const known = made.get(container)
  if (known !== undefined) return known
  const node: ContainerNode = { kind: 'container', container }
  made.set(container, node)
  return node
}
