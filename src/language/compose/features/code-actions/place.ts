import type { TextEdit } from '../../../../shared/text-range.ts'
import type { CodeAction } from '../../../answers.ts'
import { columnOf, lineBreakOf } from '../../insert.ts'
import type { YamlFile, YamlNode } from '../../yaml/nodes.ts'
import type { Path, Spot } from '../../yaml/tree.ts'

export interface ActionPlace {
  readonly yaml: YamlFile
  /** The path as the engine sees it. */
  readonly path: Path
  readonly spot: Spot
}

export function rewrite(title: string, edits: readonly TextEdit[]): CodeAction {
  return { title, kind: 'refactor.rewrite', edits }
}

/** The node of the chain that stands at a depth of the path: 0 is the root. */
export function nodeAtDepth({ spot }: ActionPlace, depth: number): YamlNode | undefined {
  return spot.chain[depth]
}

/** Lines of a mapping in place of a node; further lines stand under its first. */
export function asBlock(yaml: YamlFile, node: YamlNode, lines: readonly string[]): TextEdit {
  const indent = ' '.repeat(columnOf(yaml.text, node.start))
  return {
    range: { start: node.start, end: node.end },
    newText: lines.join(`${lineBreakOf(yaml.text)}${indent}`),
  }
}

/** A mapping in brackets in place of a node. */
export function asFlow(node: YamlNode, pairs: readonly string[]): TextEdit {
  return { range: { start: node.start, end: node.end }, newText: `{ ${pairs.join(', ')} }` }
}

/** True for a list entry in a block list, which may take several lines. */
export function inBlock(place: ActionPlace, node: YamlNode): boolean {
  const index = place.spot.chain.indexOf(node)
  const parent = place.spot.chain[index - 1]
  return parent?.kind === 'list' && !parent.flow
}
