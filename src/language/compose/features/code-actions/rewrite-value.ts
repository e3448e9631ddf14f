import type { TextEdit } from '../../../../shared/text-range.ts'
import { columnOf, endOfLine, indentStep, lineBreakOf } from '../../insert.ts'
import type { Comment, ListNode, MapEntry, MapNode, YamlFile } from '../../yaml/nodes.ts'

/** What stands in place of an entry of a list or mapping: lines without the indentation of the first. */
export interface Piece {
  readonly start: number
  readonly end: number
  readonly lines: readonly string[]
}

/** Writes the value of an entry anew below its key: each comment stays with the entry that it stands beside or above. */
export function rewriteValue(
  yaml: YamlFile,
  parent: MapNode,
  { key, value }: MapEntry & { readonly value: ListNode | MapNode },
  pieces: readonly Piece[],
): TextEdit | undefined {
  const { text } = yaml
  if (parent.flow || value.anchor !== undefined || pieces.length === 0) return undefined
  const head = value.tag?.end ?? text.indexOf(':', key.end) + 1
  const lineEnd = endOfLine(text, head)
  const start = value.start > lineEnd ? lineEnd : head
  let { end } = value
  while (end > start && /\s/.test(text[end - 1]!)) end--
  const beside = value.flow ? undefined : yaml.comments.find((comment) => comment.start >= end)
  if (beside !== undefined && /^[ \t]*$/.test(text.slice(end, beside.start))) end = beside.end
  const comments = yaml.comments.filter((comment) => comment.start >= start && comment.start < end)
  const eol = lineBreakOf(text)
  const indent = ' '.repeat(columnOf(text, parent.start) + indentStep(yaml))
  const lines = inOrder(text, pieces, comments).map((line) => (line === '' ? '' : indent + line))
  return { range: { start, end }, newText: eol + lines.join(eol) }
}

function inOrder(text: string, pieces: readonly Piece[], comments: readonly Comment[]): readonly string[] {
  const lines: string[] = []
  /** The piece before, and the line that a comment beside it goes to. */
  let beside: { readonly piece: Piece; readonly line: number } | undefined
  let before: number | undefined
  const tokens: (Piece | Comment)[] = [...pieces, ...comments]
  for (const token of tokens.sort((a, b) => a.start - b.start)) {
    const isApart = before !== undefined && breaksIn(text, before, token.start) > 1
    if (isPiece(token)) {
      if (isApart) lines.push('')
      beside = { piece: token, line: lines.length }
      lines.push(...token.lines)
    } else {
      const words = text.slice(token.start, token.end)
      const from = beside && (token.start < beside.piece.end ? beside.piece.start : beside.piece.end)
      if (beside !== undefined && breaksIn(text, from!, token.start) === 0) {
        const gap = /[ \t]*$/.exec(text.slice(from, token.start))?.[0]
        lines[beside.line] += `${gap === '' || gap === undefined ? ' ' : gap}${words}`
        beside = undefined
      } else {
        if (isApart) lines.push('')
        lines.push(words)
      }
    }
    before = Math.max(before ?? 0, token.end)
  }
  return lines
}

const isPiece = (token: Piece | Comment): token is Piece => 'lines' in token

const breaksIn = (text: string, start: number, end: number): number =>
  start >= end ? 0 : text.slice(start, end).split(/\r\n|\r|\n/).length - 1
