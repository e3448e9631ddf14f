import type { TextRange } from '../../shared/text-range.ts'
import type { LogicalText, Piece } from './model.ts'

/** Collects the lines of an instruction that count into one text, remembering where each piece stands. */
export interface LogicalBuilder {
  add(text: string, start: number): void
  build(): LogicalText
}

export function logicalBuilder(): LogicalBuilder {
  const pieces: Piece[] = []
  const texts: string[] = []
  let at = 0
  return {
    add(text, start) {
      if (text.length === 0) return
      pieces.push({ at, start, length: text.length })
      texts.push(text)
      at += text.length
    },
    build: () => ({ text: texts.length === 1 ? texts[0]! : texts.join(''), pieces }),
  }
}

function pieceAt(logical: LogicalText, at: number): Piece | undefined {
  const { pieces } = logical
  let low = 0
  let high = pieces.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (pieces[middle]!.at <= at) low = middle
    else high = middle - 1
  }
  return pieces[low]
}

/** The offset in the document of the character at `at`; after the last one, the end of the last piece. */
export function offsetAt(logical: LogicalText, at: number): number {
  const piece = pieceAt(logical, at)
  return piece === undefined ? 0 : piece.start + Math.min(at - piece.at, piece.length)
}

/** The stretch of the document from the character at `start` to the one before `end`, continuations between them included. */
export function rangeAt(logical: LogicalText, start: number, end: number): TextRange {
  if (end <= start) {
    const offset = offsetAt(logical, start)
    return { start: offset, end: offset }
  }
  return { start: offsetAt(logical, start), end: offsetAt(logical, end - 1) + 1 }
}

/**
 * The place in the logical text of an offset in the document; an offset in what was left out (a continuation, a comment)
 * gives the place where the next piece starts.
 */
export function logicalAt(logical: LogicalText, offset: number): number {
  const { pieces } = logical
  let low = 0
  let high = pieces.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (pieces[middle]!.start <= offset) low = middle + 1
    else high = middle
  }
  const piece = pieces[low - 1]
  if (piece === undefined) return 0
  return piece.at + Math.min(offset - piece.start, piece.length)
}
