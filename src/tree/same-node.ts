import type { TreeNode } from './node.ts'

/**
 * Whether two nodes of the same row tell the same, tooltip included. Objects that have not changed are the same objects, so that
 * looking at what a node holds is enough. What is below a node has rows of its own and is not looked at.
 */
export function sameNode(a: TreeNode, b: TreeNode): boolean {
  if (a === b) return true
  if (a.kind !== b.kind) return false
  if (rowsOnly.has(a.kind)) return true
  const left = Object.entries(a)
  const right = b as unknown as Readonly<Record<string, unknown>>
  return (
    left.length === Object.keys(right).length && left.every(([name, value]) => sameHeld(value, right[name]))
  )
}

/** Kinds of which the row tells all, as far as it is not told by the rows below. */
const rowsOnly: ReadonlySet<TreeNode['kind']> = new Set([
  'project',
  'group',
  'repository',
  'files',
  'changes',
])

function sameHeld(a: unknown, b: unknown): boolean {
  if (!Array.isArray(a) || !Array.isArray(b)) return a === b
  return a.length === b.length && a.every((item, index) => item === b[index])
}
