import type { TextEdit, TextRange } from '../../../shared/text-range.ts'
import type { FormatOptions } from '../../provider.ts'
import type { FormatSettings } from '../../settings.ts'
import { lineAt } from '../lines.ts'
import type { DockerfileDoc } from '../model.ts'
import { indentEdits } from './indent.ts'
import { instructionEdits } from './instruction.ts'
import { spacingEdits } from './spacing.ts'

/**
 * The edits that bring a Dockerfile into form: case of keywords, one space between words, indentation of continued lines, empty lines between
 * stages, no white space at the ends of lines. What a build sees stays the same; heredocs and quoted texts are not touched.
 */
export function formatDockerfile(
  doc: DockerfileDoc,
  range: TextRange | undefined,
  settings: FormatSettings,
  options: FormatOptions,
): TextEdit[] {
  // Editors and BuildKit do not agree on what a line is where a lone CR stands, nor does a stray byte order mark show.
  if (/\r(?!\n)/.test(doc.text) || doc.text.includes('\uFEFF', 1)) return []
  const edits: TextEdit[] = []
  for (const instruction of doc.instructions) {
    edits.push(...instructionEdits(doc, instruction, settings))
    edits.push(...indentEdits(doc, instruction, options))
  }
  edits.push(...spacingEdits(doc, settings))
  edits.sort((a, b) => a.range.start - b.range.start || a.range.end - b.range.end)
  return range === undefined ? edits : edits.filter((edit) => touches(doc, edit, range))
}

/** Whether an edit is on the lines of a range. */
function touches({ lineStarts }: DockerfileDoc, edit: TextEdit, range: TextRange): boolean {
  const first = lineAt(lineStarts, range.start)
  const last = lineAt(lineStarts, range.end > range.start ? range.end - 1 : range.end)
  return lineAt(lineStarts, edit.range.start) >= first && lineAt(lineStarts, edit.range.end) <= last
}
