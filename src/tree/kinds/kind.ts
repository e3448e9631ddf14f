import type { Row, TreeNode } from '../node.ts'
import type { RowContext } from '../moment.ts'

/**
 * What there is to know of one kind of node. Foreign text (names, labels, what engines say) goes through `plain` into rows and
 * through `tooltip` into Markdown.
 */
export interface Kind<N extends TreeNode> {
  /** Stable for as long as the object lives, unique in its view. */
  id(node: N): string
  /** The flags after the kind, for `when` clauses. */
  flags(node: N): readonly string[]
  label(node: N): string
  /** What people look for first comes first. */
  description(node: N, context: RowContext): string
  icon(node: N): Row['icon']
  /** The row as a sentence part by part; icons and arrows in words. */
  accessibilityLabel(node: N, context: RowContext): string
  /** Markdown. */
  tooltip(node: N, context: RowContext): string
  expandable(node: N): Row['expandable']
  /** What is known of an object; files are asked of the engine instead, see `tree/files.ts`. */
  children(node: N): readonly TreeNode[]
  file?(node: N): Row['file']
  click?(node: N): Row['click']
}

/** Parts that are there, with a dot between them. */
export const dotted = (...parts: readonly string[]): string => parts.filter((part) => part !== '').join(' · ')

/** Parts that are there, as a screen reader pauses between them. */
export const spoken = (...parts: readonly string[]): string => parts.filter((part) => part !== '').join(', ')
