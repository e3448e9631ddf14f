import type { Position, Range } from 'vscode-languageserver-types'
import type { TextRange } from '../../shared/text-range.ts'
import { lineAt, lineStartsOf } from '../dockerfile/lines.ts'

/** Offsets of a text as the protocol's lines and columns (in UTF-16 units), and back. */
export interface Positions {
  positionAt(offset: number): Position
  rangeOf(range: TextRange): Range
  offsetAt(position: Position): number
  textRangeOf(range: Range): TextRange
  readonly lineStarts: readonly number[]
}

export function positionsOf(text: string): Positions {
  const lineStarts = lineStartsOf(text)
  const positionAt = (offset: number): Position => {
    const within = Math.max(0, Math.min(offset, text.length))
    const line = lineAt(lineStarts, within)
    return { line, character: within - lineStarts[line]! }
  }
  const offsetAt = ({ line, character }: Position): number => {
    const start = lineStarts[line]
    if (start === undefined) return line < 0 ? 0 : text.length
    // A column behind the end of a line means its end.
    let end = lineStarts[line + 1] ?? text.length
    if (line + 1 < lineStarts.length) {
      end--
      if (text[end] === '\n' && text[end - 1] === '\r' && end > start) end--
    }
    return Math.max(start, Math.min(start + Math.max(0, character), end))
  }
  return {
    positionAt,
    rangeOf: ({ start, end }) => ({ start: positionAt(start), end: positionAt(end) }),
    offsetAt,
    textRangeOf: ({ start, end }) => ({ start: offsetAt(start), end: offsetAt(end) }),
    lineStarts,
  }
}
