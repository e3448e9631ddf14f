import { t } from '../../../shared/l10n.ts'
import { lineAt } from '../../dockerfile/lines.ts'
import { defineRule } from '../define-rule.ts'
import { fixOf, remove } from '../facts/edits.ts'

export default defineRule({
  id: 'no-empty-continuation',
  aliases: ['NoEmptyContinuation'],
  severity: 'warning',
  fixable: 'safe',
  summary: 'Empty line inside a continued instruction',
  why: 'An empty line looks like the end of an instruction, but it is skipped; a future version may refuse it.',
  examples: [
    {
      bad: 'FROM alpine\nRUN echo a && \\\n«»\n    echo b\n',
      good: 'FROM alpine\nRUN echo a && \\\n    echo b\n',
    },
  ],
  *check(doc) {
    for (const instruction of doc.instructions)
      for (const range of instruction.emptyLines) {
        const next = doc.lineStarts[lineAt(doc.lineStarts, range.start) + 1]
        yield {
          range,
          message: t('This empty line is skipped: the instruction goes on below it.'),
          fix: fixOf(t('Remove the empty line'), remove({ start: range.start, end: next ?? range.end })),
        }
      }
  },
})
