import type { TextEdit } from '../../../shared/text-range.ts'
import type { FormatOptions } from '../../provider.ts'
import { lineAt } from '../lines.ts'
import type { DockerfileDoc } from '../model.ts'

/**
 * After a line break: a line that goes on is one step in, a line that does not is at the margin. Below what opens a block of the shell (`then`,
 * `do`, `{`) it is one step deeper, in a heredoc too.
 */
export function formatOnType(doc: DockerfileDoc, offset: number, options: FormatOptions): TextEdit[] {
  const { text, lineStarts, escape } = doc
  const line = lineAt(lineStarts, offset)
  if (line === 0) return []
  const start = lineStarts[line]!
  const before = text.slice(lineStarts[line - 1]!, start).trimEnd()
  if (before.trimStart().startsWith('#')) return []
  const heredoc = doc.instructions.some(
    ({ name, heredocs }) =>
      name === 'RUN' && heredocs.some(({ body }) => body.start <= start && start <= body.end),
  )
  const inFile =
    !heredoc &&
    doc.instructions.some(({ heredocs }) =>
      heredocs.some(({ body }) => body.start <= start && start <= body.end),
    )
  if (inFile) return []
  let end = start
  while (text[end] === ' ' || text[end] === '\t') end++
  const indent = text.slice(start, end)
  const step = options.insertSpaces ? ' '.repeat(options.tabSize) : '\t'
  const change = (wanted: string): TextEdit[] =>
    wanted === indent ? [] : [{ range: { start, end }, newText: wanted }]
  const above = /^[ \t]*/.exec(before)![0]
  if (heredoc) return opens(before) && indent === above ? change(above + step) : []
  const continues = before.endsWith(escape) && !before.endsWith(escape + escape)
  if (!continues) return change('')
  // Deeper lines keep the depth that the editor gave them.
  if (indent === '') return change(step)
  return opens(before.slice(0, -1).trimEnd()) && indent === above ? change(above + step) : []
}

/** Whether a line of shell code ends with what is closed further down. */
const opens = (code: string): boolean =>
  /(?:^|[\s;&|(])(?:then|do|else|\{|\()$/.test(code) || /(?:^|[\s;&|(])case\s.*\sin$/.test(code)
