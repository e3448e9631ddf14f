import type { TextEdit, TextRange } from '../../../shared/text-range.ts'
import type { FormatSettings } from '../../settings.ts'
import { readDirective } from '../directives.ts'
import { lineAt } from '../lines.ts'
import type { DockerfileDoc } from '../model.ts'

type LineKind = 'code' | 'inside' | 'from' | 'comment' | 'directive' | 'blank' | 'other'

/** Empty lines between instructions, white space at the ends of lines, and the line break at the end of the file. */
export function spacingEdits(doc: DockerfileDoc, settings: FormatSettings): TextEdit[] {
  const kinds = kindsOf(doc)
  const edits = trailingEdits(doc, kinds)
  const { lineStarts, text } = doc
  const eol = text.includes('\r\n') ? '\r\n' : '\n'
  const start = (line: number): number => lineStarts[line] ?? text.length
  const remove = (from: number, to: number): void => {
    if (to > from) edits.push({ range: { start: start(from), end: start(to) }, newText: '' })
  }
  const last = kinds.findLastIndex((kind) => kind !== 'blank')
  if (last < 0) return edits
  for (let line = 0; line <= last; line++) {
    if (kinds[line] !== 'blank') continue
    let end = line
    while (kinds[end] === 'blank') end++
    if (line === 0) remove(startsWithDirective(doc, end) ? end : 0, end)
    else {
      remove(line + 1, end)
      const { start: from, end: to } = spaceOf(doc, line)
      if (to > from) edits.push({ range: { start: from, end: to }, newText: '' })
    }
    line = end - 1
  }
  if (settings.stageSpacing)
    for (const line of stageStarts(kinds)) {
      const above = kinds[line - 1]
      if (above !== undefined && above !== 'blank')
        edits.push({ range: { start: start(line), end: start(line) }, newText: eol })
    }
  endEdits(doc, last, kinds, eol, edits)
  return edits
}

function kindsOf(doc: DockerfileDoc): LineKind[] {
  const { text, lineStarts, instructions, comments, directives } = doc
  const kinds = lineStarts.map((start, index): LineKind => {
    const end = lineStarts[index + 1] ?? text.length
    return /^[ \t]*(?:\r\n|\n)?$/.test(text.slice(start, Math.min(end, start + 1000))) && end - start < 1000
      ? 'blank'
      : 'other'
  })
  const line = (offset: number): number => lineAt(lineStarts, offset)
  for (const { range } of comments) kinds[line(range.start)] = 'comment'
  for (const { range } of directives) kinds[line(range.start)] = 'directive'
  for (const { name, range, fullRange } of instructions) {
    const first = line(range.start)
    const header = line(range.end)
    for (let at = first; at <= line(fullRange.end); at++) kinds[at] = at > header ? 'inside' : 'code'
    kinds[first] = name === 'FROM' ? 'from' : 'code'
  }
  return kinds
}

/** The lines that stages but the first start with: the comments directly above FROM belong to it. */
function stageStarts(kinds: readonly LineKind[]): number[] {
  const starts: number[] = []
  let first = true
  for (const [line, kind] of kinds.entries()) {
    if (kind !== 'from') continue
    let start = line
    while (kinds[start - 1] === 'comment') start--
    // Stages that are a FROM alone may stand together: platforms, one a line.
    if (!first && !(start === line && kinds[line - 1] === 'from')) starts.push(start)
    first = false
  }
  return starts
}

/** White space at line ends means nothing but in heredocs. */
function trailingEdits(doc: DockerfileDoc, kinds: readonly LineKind[]): TextEdit[] {
  const edits: TextEdit[] = []
  for (const [line, kind] of kinds.entries()) {
    if (kind === 'inside' || kind === 'other' || kind === 'blank') continue
    const range = spaceOf(doc, line)
    // A line of nothing else is taken out as a whole.
    if (range.start < range.end && range.start > doc.lineStarts[line]!) edits.push({ range, newText: '' })
  }
  return edits
}

/** The white space at the end of a line. */
function spaceOf({ text, lineStarts }: DockerfileDoc, line: number): TextRange {
  const from = lineStarts[line]!
  let end = lineStarts[line + 1] ?? text.length
  while (end > from && (text[end - 1] === '\n' || text[end - 1] === '\r')) end--
  let start = end
  while (start > from && (text[start - 1] === ' ' || text[start - 1] === '\t')) start--
  return { start, end }
}

/** Taking empty lines away above a comment could make a directive of it. */
function startsWithDirective({ text, lineStarts }: DockerfileDoc, line: number): boolean {
  const start = lineStarts[line]
  if (start === undefined) return false
  const end = lineStarts[line + 1] ?? text.length
  const first = text.slice(start, end)
  const at = first.length - first.trimStart().length
  return first.startsWith('#!', at) || readDirective(first, at, first.trimEnd().length) !== undefined
}

function endEdits(
  { text, lineStarts }: DockerfileDoc,
  last: number,
  kinds: readonly LineKind[],
  eol: string,
  edits: TextEdit[],
): void {
  // The end of a heredoc that is not closed belongs to its body.
  if (kinds[last] === 'inside' && !/\S/.test(text.slice(lineStarts[last]))) return
  const after = lineStarts[last + 1] ?? text.length
  if (after < text.length) edits.push({ range: { start: after, end: text.length }, newText: '' })
  else if (!text.endsWith('\n')) edits.push({ range: { start: text.length, end: text.length }, newText: eol })
}
