import type { TextRange } from '../../../shared/text-range.ts'
import { lineAt, lineStartsOf } from '../../dockerfile/lines.ts'
import type { ListNode, MapNode, ScalarNode, YamlFile, YamlNode } from '../yaml/nodes.ts'
import { isEmptyNode } from '../yaml/nodes.ts'

/** How the lines of a text are to stand. */
export interface Layout {
  readonly starts: readonly number[]
  /** The new indentation by line; what is not in it keeps its own. */
  readonly indents: ReadonlyMap<number, number>
  /** Lines whose blanks are content: of block texts and quoted texts. */
  readonly kept: ReadonlySet<number>
  /** Stretches of blanks that become one blank. */
  readonly gaps: readonly TextRange[]
}

/** Works out the layout from the nodes; undefined for forms that are better left alone (`? key`, tabs). */
export function layoutOf(yaml: YamlFile, step: number): Layout | undefined {
  const { text } = yaml
  const starts = lineStartsOf(text)
  const indents = new Map<number, number>()
  const kept = new Set<number>()
  const gaps: TextRange[] = []
  const commentStarts = new Set(yaml.comments.map((comment) => comment.start))
  let odd = false

  const lineOf = (offset: number): number => lineAt(starts, offset)
  const columnOf = (offset: number): number => offset - (starts[lineOf(offset)] ?? 0)
  const isFirst = (offset: number): boolean => text.slice(starts[lineOf(offset)], offset).trim() === ''
  const setIndent = (offset: number, column: number): void => {
    if (isFirst(offset)) indents.set(lineOf(offset), column)
  }
  /** The start of a node with its anchor and tag. */
  const beginOf = (node: YamlNode): number =>
    Math.min(node.start, node.anchor?.start ?? node.start, node.tag?.start ?? node.start)

  /** Moves the further lines of a node by as much as its first line moves. */
  const moveRest = (node: YamlNode, from: number, keep: boolean): void => {
    const first = lineOf(from)
    const moved = (indents.get(first) ?? indentAt(first)) - indentAt(first)
    for (let line = first + 1; line <= lineOf(Math.max(node.end - 1, node.start)); line++) {
      if (keep) kept.add(line - 1)
      if (text.slice(starts[line], starts[line + 1] ?? text.length).trim() === '') continue
      indents.set(line, Math.max(0, indentAt(line) + moved))
    }
  }
  const indentAt = (line: number): number => {
    const start = starts[line] ?? 0
    let end = start
    while (text[end] === ' ' || text[end] === '\t') end++
    return end - start
  }

  const blockText = (node: ScalarNode, parent: number): void => {
    const first = lineOf(node.start)
    const last = lineOf(Math.max(node.end - 1, node.start))
    const header = /^[|>][-+]?([1-9])?[-+]?([1-9])?/.exec(text.slice(node.start, node.start + 4))
    const fixed = header?.[1] ?? header?.[2]
    let least = Infinity
    for (let line = first + 1; line <= last; line++) {
      kept.add(line)
      const content = text.slice(starts[line], starts[line + 1] ?? text.length)
      if (content.trim() !== '') least = Math.min(least, indentAt(line))
    }
    // Empty lines behind the text belong to it where it keeps them (`|+`).
    for (
      let line = last + 1;
      line < starts.length && text.slice(starts[line], starts[line + 1] ?? text.length).trim() === '';
      line++
    )
      if (/^[|>][1-9]?\+/.test(text.slice(node.start, node.start + 3))) kept.add(line)
    if (!Number.isFinite(least)) return
    const wanted = fixed === undefined ? parent + step : undefined
    if (wanted === undefined) {
      odd = true
      return
    }
    for (let line = first + 1; line <= last; line++)
      if (text.slice(starts[line], starts[line + 1] ?? text.length).trim() !== '')
        indents.set(line, indentAt(line) - least + wanted)
  }

  const visit = (node: YamlNode, column: number, parent: number): void => {
    if (node.kind === 'map' && !node.flow) visitMap(node, column)
    else if (node.kind === 'list' && !node.flow) visitList(node, column)
    else if (node.kind === 'scalar' && (node.style === 'literal' || node.style === 'folded'))
      blockText(node, parent)
    else if (node.kind !== 'alias' && lineOf(node.start) !== lineOf(Math.max(node.end - 1, node.start)))
      moveRest(node, node.start, node.kind === 'scalar' && node.style !== 'plain')
  }

  const visitMap = (map: MapNode, column: number): void => {
    for (const { key, value } of map.entries) {
      if (key.kind !== 'scalar' || text[key.end] !== ':' || lineOf(key.start) !== lineOf(key.end)) {
        odd = true
        return
      }
      setIndent(beginOf(key), column)
      const begin = beginOf(value)
      const sameLine = lineOf(begin) === lineOf(key.start)
      if (isEmptyNode(value) && value.anchor === undefined && value.tag === undefined) continue
      if (sameLine) gap(key.end + 1, begin)
      if (lineOf(value.start) !== lineOf(begin) && value.kind === 'scalar') {
        odd = true
        return
      }
      if (!sameLine && value.kind === 'scalar') setIndent(begin, column + step)
      visit(value, column + step, column)
    }
  }

  const visitList = (list: ListNode, column: number): void => {
    let from = list.start
    for (const item of list.items) {
      const dash = nextDash(from)
      if (dash < 0) {
        odd = true
        return
      }
      setIndent(dash, column)
      const begin = beginOf(item)
      if (!isEmptyNode(item) || begin > dash + 1) {
        if (lineOf(begin) === lineOf(dash)) gap(dash + 1, begin)
        else if (item.kind === 'scalar') setIndent(begin, column + 2)
      }
      visit(item, column + 2, column)
      from = Math.max(item.end, dash + 1)
    }
  }

  const nextDash = (from: number): number => {
    for (let offset = from; offset < text.length; offset++) {
      const character = text[offset]
      if (character === '-') return offset
      if (character === '#' && commentStarts.has(offset))
        while (offset + 1 < text.length && !/[\r\n]/.test(text[offset + 1] ?? '')) offset++
      else if (!/\s/.test(character ?? '')) return -1
    }
    return -1
  }

  const gap = (start: number, end: number): void => {
    const between = text.slice(start, end)
    if (between !== ' ' && /^[ \t]*$/.test(between)) gaps.push({ start, end })
  }

  for (const root of yaml.documents) visit(root, 0, -step)
  if (odd || columnOf(0) !== 0) return undefined
  placeComments(yaml, starts, indents, indentAt)
  return { starts, indents, kept, gaps }
}

/** A comment on a line of its own moves with the lines it belongs to: those at its column, below it or else above. */
function placeComments(
  yaml: YamlFile,
  starts: readonly number[],
  indents: Map<number, number>,
  indentAt: (line: number) => number,
): void {
  const { text } = yaml
  const lines = yaml.comments
    .map((comment) => ({ comment, line: lineAt(starts, comment.start) }))
    .filter(({ comment, line }) => text.slice(starts[line], comment.start).trim() === '')
    .map(({ line }) => line)
  const own = new Set(lines)
  const structural = [...indents.keys()].filter((line) => !own.has(line)).sort((a, b) => a - b)
  let at = 0
  for (const line of lines) {
    if (indents.has(line)) continue
    const column = indentAt(line)
    while (at < structural.length && structural[at]! < line) at++
    const below = structural[at]
    if (below !== undefined && indentAt(below) === column) {
      indents.set(line, indents.get(below) ?? column)
      continue
    }
    const above = structural.slice(Math.max(0, at - 200), at).reverse()
    const target =
      above.find((one) => indentAt(one) === column) ??
      below ??
      above.find((one) => indentAt(one) < column) ??
      structural[at - 1]
    if (target !== undefined) indents.set(line, indents.get(target) ?? column)
  }
}
