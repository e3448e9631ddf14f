import type { Snapshot } from '../engine/live/state.ts'
import { childrenOf, rowOf } from './kinds.ts'
import type { RowContext } from './moment.ts'
import type { Row, TreeNode, ViewId } from './node.ts'
import { roots, type TreeOptions } from './roots.ts'

/** A whole view as text, a line for each row and those below it indented, what is below a container and files left out: `▾ (layers) shop — 3/4 running  [project running]`. */
export function printTree<V extends ViewId>(
  view: V,
  snapshot: Snapshot,
  options: TreeOptions<V>,
  context: RowContext,
): string {
  const print = (node: TreeNode, depth: number): string[] => {
    const row = rowOf(node, context)
    const below = node.kind === 'container' ? [] : childrenOf(node).filter(({ kind }) => kind !== 'files')
    return [
      `${'  '.repeat(depth)}${printRow(below.length > 0 ? row : { ...row, expandable: 'no' })}`,
      ...below.flatMap((child) => print(child, depth + 1)),
    ]
  }
  return roots(view, snapshot, options)
    .flatMap((node) => print(node, 0))
    .join('\n')
}

const marks: Readonly<Record<Row['expandable'], string>> = { no: ' ', collapsed: '▸', expanded: '▾' }

export function printRow({ label, description, icon, expandable, flags }: Row): string {
  const told = description === '' ? '' : ` — ${description}`
  return `${marks[expandable]} (${icon.name}) ${label}${told}  [${flags.join(' ')}]`
}
