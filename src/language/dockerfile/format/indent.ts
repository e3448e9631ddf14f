import type { TextEdit, TextRange } from '../../../shared/text-range.ts'
import type { FormatOptions } from '../../provider.ts'
import { lineAt } from '../lines.ts'
import { logicalAt } from '../logical.ts'
import type { DockerfileDoc, Instruction } from '../model.ts'
import { insideQuotes } from '../quotes.ts'

/** Instructions in which white space at the start of a line may be part of a value. */
const keepsSpaces = ['USER', 'WORKDIR', 'STOPSIGNAL', 'MAINTAINER']

/**
 * Continued lines are moved together so that the leftmost is one step in; indented comments between them go with the line below, those
 * at the margin stay there. Empty lines between them are taken out. Lines that start inside quotes stay.
 */
export function indentEdits(
  doc: DockerfileDoc,
  instruction: Instruction,
  options: FormatOptions,
): TextEdit[] {
  const edits: TextEdit[] = emptyLineEdits(doc, instruction)
  const inner = instruction.trigger ?? instruction
  const lines = continuedLines(doc, instruction)
  const first = { start: lineStart(doc, instruction.keywordRange.start), end: instruction.keywordRange.start }
  if (instruction.known && first.end > first.start && /^[ \t]*$/.test(doc.text.slice(first.start, first.end)))
    edits.push({ range: first, newText: '' })
  if (
    lines.length === 0 ||
    !inner.known ||
    keepsSpaces.includes(inner.name) ||
    inner.pairs[0]?.separator === ' '
  )
    return edits
  const movable = lines.filter(({ fixed }) => !fixed)
  const widths = movable.map(({ indent }) =>
    widthOf(doc.text.slice(indent.start, indent.end), options.tabSize),
  )
  const least = widths.reduce((smallest, width) => Math.min(smallest, width), Infinity)
  const step = options.tabSize
  const { comments } = instruction
  let next = 0
  for (const [index, line] of movable.entries()) {
    const deeper = widths[index]! - least
    // One column is a slip, not a level.
    const width = step + (deeper === 1 ? 0 : deeper)
    const space = spaceOf(width, options)
    move(doc, line.indent, space, edits)
    for (; next < comments.length && comments[next]!.range.start < line.indent.end; next++) {
      const { start } = comments[next]!.range
      const margin = lineStart(doc, start)
      if (margin < start) move(doc, { start: margin, end: start }, space, edits)
    }
  }
  return edits
}

interface ContinuedLine {
  /** The white space in front. */
  readonly indent: TextRange
  readonly fixed: boolean
}

function continuedLines(doc: DockerfileDoc, instruction: Instruction): ContinuedLine[] {
  const { logical } = instruction
  const places = logical.pieces.slice(1)
  const from = logicalAt(logical, instruction.args.range.start)
  const isJson = (instruction.trigger ?? instruction).json?.state === 'valid'
  const quoted = insideQuotes(
    logical.text,
    from,
    places.map(({ at }) => Math.max(at, from)),
    doc.escape,
  )
  return places.map(({ start, length }, index) => {
    let end = start
    while (end < start + length && (doc.text[end] === ' ' || doc.text[end] === '\t')) end++
    // A word may go on at the margin: space in front would make two of it.
    const joined = end === start && !isJson && !/[\s&|;]/.test(logical.text[places[index]!.at - 1]!)
    // A piece that is not at the start of its line, or has nothing but space, stays.
    const fixed = quoted[index]! || joined || end === start + length || lineStart(doc, start) !== start
    return { indent: { start, end }, fixed }
  })
}

function emptyLineEdits({ text }: DockerfileDoc, { emptyLines, range: whole }: Instruction): TextEdit[] {
  // Above the keyword, and behind a line that continues to nothing, they are plain empty lines.
  const inside = emptyLines.filter(({ start, end }) => start > whole.start && end < whole.end)
  return inside.flatMap((range) => {
    const feed = text.indexOf('\n', range.end)
    return feed < 0 ? [] : [{ range: { start: range.start, end: feed + 1 }, newText: '' }]
  })
}

function move({ text }: DockerfileDoc, range: TextRange, space: string, edits: TextEdit[]): void {
  const now = text.slice(range.start, range.end)
  if (now !== space && /^[ \t]*$/.test(now)) edits.push({ range, newText: space })
}

function lineStart(doc: DockerfileDoc, offset: number): number {
  return doc.lineStarts[lineAt(doc.lineStarts, offset)]!
}

function widthOf(space: string, tabSize: number): number {
  let width = 0
  for (const character of space) width += character === '\t' ? tabSize - (width % tabSize) : 1
  return width
}

function spaceOf(width: number, { insertSpaces, tabSize }: FormatOptions): string {
  if (insertSpaces) return ' '.repeat(width)
  return '\t'.repeat(Math.floor(width / tabSize)) + ' '.repeat(width % tabSize)
}
