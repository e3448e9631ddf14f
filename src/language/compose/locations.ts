import type { TextRange } from '../../shared/text-range.ts'
import type { Location } from '../answers.ts'
import { lineAt, lineStartsOf } from '../dockerfile/lines.ts'

/** A range in a file, as an answer about the document `here`: in another file with its lines and columns. */
export function locationOf(here: string, uri: string, text: string, range: TextRange): Location {
  if (uri === here) return { uri, range }
  const lines = lineStartsOf(text)
  const at = (offset: number): { line: number; character: number } => {
    const line = lineAt(lines, offset)
    return { line, character: offset - (lines[line] ?? 0) }
  }
  return { uri, range, at: { start: at(range.start), end: at(range.end) } }
}
