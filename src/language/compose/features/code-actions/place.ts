import type { TextEdit } from '../../../../shared/text-range.ts'
import type { CodeAction } from '../../../answers.ts'
import { columnOf, lineBreakOf } from '../../insert.ts'
import type { MapEntry, YamlFile, YamlNode } from '../../yaml/nodes.ts'
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

/** The node that stands at a depth of the path, 0 being the root: of a key its value. In a fragment what is above it is missing. */
export function nodeAtDepth({ path, spot }: ActionPlace, depth: number): YamlNode | undefined {
  const node = spot.chain[spot.chain.length - 1 - (path.length - depth)]
  return spot.isKey && node === spot.node ? spot.entry?.value : node
}

/** The entry whose value stands at a depth of the path. */
export function entryAtDepth(place: ActionPlace, depth: number): MapEntry | undefined {
  const [parent, value] = [nodeAtDepth(place, depth - 1), nodeAtDepth(place, depth)]
  return parent?.kind === 'map' ? parent.entries.find((entry) => entry.value === value) : undefined
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

/** A word in place of a mapping; a comment within goes behind it. Undefined where it would lose one. */
export function asWord({ yaml }: ActionPlace, node: YamlNode, word: string): TextEdit | undefined {
  const inside = yaml.comments.filter(({ start }) => start >= node.start && start < node.end)
  const [comment] = inside
  const range = { start: node.start, end: node.end }
  if (comment === undefined) return { range, newText: word }
  const isLast = /^[ \t]*(?:[\r\n]|$)/.test(yaml.text.slice(node.end))
  if (inside.length > 1 || !isLast) return undefined
  return { range, newText: `${word} ${yaml.text.slice(comment.start, comment.end)}` }
}

/** True for a list entry in a block list, which may take several lines. */
export function inBlock(place: ActionPlace, node: YamlNode): boolean {
  const index = place.spot.chain.indexOf(node)
  const parent = place.spot.chain[index - 1]
  return parent?.kind === 'list' && !parent.flow
}
