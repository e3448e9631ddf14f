import type { TextEdit } from '../../../shared/text-range.ts'
import type { FormatOptions } from '../../provider.ts'
import { lineAt } from '../lines.ts'
import type { DockerfileDoc } from '../model.ts'

/** After a line break: a line that goes on is one step in, a line that does not is at the margin. */
export function formatOnType(doc: DockerfileDoc, offset: number, options: FormatOptions): TextEdit[] {
  const { text, lineStarts, escape } = doc
  const line = lineAt(lineStarts, offset)
  if (line === 0) return []
  const start = lineStarts[line]!
  const above = lineStarts[line - 1]!
  const inside = doc.instructions.some(
    ({ heredocs }) =>
      heredocs.length > 0 && heredocs.some(({ body }) => body.start <= start && start <= body.end),
  )
  if (inside) return []
  let end = start
  while (text[end] === ' ' || text[end] === '\t') end++
  const before = text.slice(above, start).trimEnd()
  const isComment = before.trimStart().startsWith('#')
  const continues = before.endsWith(escape) && !before.endsWith(escape + escape)
  const indent = text.slice(start, end)
  const step = options.insertSpaces ? ' '.repeat(options.tabSize) : '\t'
  if (isComment) return []
  // Deeper lines keep the depth that the editor gave them.
  const wanted = continues ? (indent === '' ? step : indent) : ''
  return wanted === indent ? [] : [{ range: { start, end }, newText: wanted }]
}
