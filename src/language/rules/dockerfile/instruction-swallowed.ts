import { t } from '../../../shared/l10n.ts'
import { instructionNames } from '../../dockerfile/instruction.ts'
import { lineStartBefore } from '../../dockerfile/lines.ts'
import { logicalAt, offsetAt } from '../../dockerfile/logical.ts'
import type { DockerfileDoc, Instruction } from '../../dockerfile/model.ts'
import { defineRule } from '../define-rule.ts'
import { eachRun } from '../facts/each-run.ts'
import { fixOf, remove } from '../facts/edits.ts'
import { shellNodes } from '../facts/shell-nodes.ts'
import type { Fix } from '../rule.ts'

export default defineRule({
  id: 'instruction-swallowed',
  aliases: [],
  severity: 'warning',
  fixable: 'suggestion',
  summary: 'Instruction that the RUN above it takes for a part of itself',
  why: 'A `\\` at the end of the last line of a RUN makes the next instruction a part of its command: the shell then looks for a program of that name, or hands the words on as arguments.',
  examples: [
    {
      bad: 'FROM alpine:3\nRUN a && \\\n    b && \\\n«COPY» c /d\n',
      good: 'FROM alpine:3\nRUN a && \\\n    b\nCOPY c /d\n',
    },
    {
      bad: 'FROM alpine:3\nRUN a \\\n  # last\n«CMD» ["b"]\n',
      good: 'FROM alpine:3\nRUN a\n  # last\nCMD ["b"]\nRUN c COPY d \\\n  "\\\nUSER e" \\\n  run f\n',
    },
  ],
  check: eachRun(function* (run, doc) {
    const { instruction, script } = run
    if (instruction.heredocs.length > 0) return
    for (const { words } of shellNodes(script.script).simple)
      for (const word of words) {
        const name = script.text.slice(word.start, word.end)
        if (!instructionNames.includes(name)) continue
        const range = run.range(word)
        const line = lineStartBefore(doc.text, range.start)
        if (line <= instruction.range.start || doc.text.slice(line, range.start).trim() !== '') continue
        const fix = endAbove(doc, instruction, line)
        yield {
          range,
          message: t('This is no instruction: `{0}` is a part of the RUN above, which goes on here.', name),
          ...(fix && { suggestions: [fix] }),
        }
      }
  }),
})

/** Takes what joins the last line above with the one that begins at `line` away. */
function endAbove(doc: DockerfileDoc, { logical }: Instruction, line: number): Fix | undefined {
  const joined = logicalAt(logical, line - 1)
  let kept = joined
  while (kept > 0 && /[\s;&|]/.test(logical.text[kept - 1]!)) kept--
  if (kept === 0) return undefined
  const last = offsetAt(logical, joined - 1) + 1
  const end = last + /^[^\r\n]*/.exec(doc.text.slice(last, line))![0].length
  return fixOf(t('End the RUN above'), remove({ start: offsetAt(logical, kept - 1) + 1, end }))
}
