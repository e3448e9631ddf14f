import type { TextEdit, TextRange } from '../../../shared/text-range.ts'
import type { DockerfileDoc, Instruction } from '../../dockerfile/model.ts'
import { lineAt } from '../../dockerfile/lines.ts'
import type { Fix } from '../rule.ts'

export const insert = (offset: number, newText: string): TextEdit => ({
  range: { start: offset, end: offset },
  newText,
})

export const replace = (range: TextRange, newText: string): TextEdit => ({ range, newText })

export const remove = (range: TextRange): TextEdit => ({ range, newText: '' })

export const fixOf = (title: string, ...edits: TextEdit[]): Fix => ({ title, edits })

/** The line break that the document uses. */
export function lineBreakOf(doc: DockerfileDoc): string {
  const first = doc.lineStarts[1]
  if (first === undefined) return '\n'
  return doc.text.slice(first - 2, first) === '\r\n' ? '\r\n' : doc.text[first - 1]!
}

/** The whole lines an instruction stands on, with the line break after them. */
export function wholeLines(doc: DockerfileDoc, instruction: Instruction): TextRange {
  const { start, end } = instruction.fullRange
  const lineStart = doc.lineStarts[lineAt(doc.lineStarts, start)]!
  const after =
    doc.lineStarts[lineAt(doc.lineStarts, Math.max(start, end - (endsLine(doc, end) ? 1 : 0))) + 1]
  return { start: lineStart, end: after ?? doc.text.length }
}

const endsLine = (doc: DockerfileDoc, offset: number): boolean =>
  offset > 0 && (doc.text[offset - 1] === '\n' || doc.text[offset - 1] === '\r')

/** Takes an instruction out of the document. */
export const removeInstruction = (doc: DockerfileDoc, instruction: Instruction): TextEdit =>
  remove(wholeLines(doc, instruction))

/** Writes a line above an instruction, indented like it. */
export function insertLineAbove(doc: DockerfileDoc, instruction: Instruction, line: string): TextEdit {
  const { start } = wholeLines(doc, instruction)
  const indent = doc.text.slice(start, instruction.keywordRange.start)
  return insert(start, `${indent}${line}${lineBreakOf(doc)}`)
}

/** Writes an instruction above another one and the comments that belong to it, indented like it. */
export function insertInstructionAbove(doc: DockerfileDoc, instruction: Instruction, line: string): TextEdit {
  const { keywordRange, commentsAbove } = instruction
  const own = lineAt(doc.lineStarts, keywordRange.start)
  let first = own
  for (const { range } of commentsAbove.toReversed()) {
    if (lineAt(doc.lineStarts, range.start) !== first - 1) break
    first--
  }
  const indent = doc.text.slice(doc.lineStarts[own]!, keywordRange.start)
  return insert(doc.lineStarts[first]!, `${indent}${line}${lineBreakOf(doc)}`)
}

/** Writes a line below an instruction; a continuation that goes on with nothing ends. */
export function insertLineBelow(doc: DockerfileDoc, instruction: Instruction, line: string): TextEdit {
  const { end } = wholeLines(doc, instruction)
  const lineBreak = lineBreakOf(doc)
  const last = instruction.fullRange.end
  const open = /^[ \t]*[\\`](?=[ \t]*(?:[\r\n]|$))/.exec(doc.text.slice(last, end))?.[0]
  if (open?.endsWith(doc.escape) === true)
    return replace({ start: last, end: last + open.length }, `${lineBreak}${line}`)
  return endsLine(doc, end) ? insert(end, `${line}${lineBreak}`) : insert(end, `${lineBreak}${line}`)
}
