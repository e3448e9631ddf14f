import { t } from '../../../shared/l10n.ts'
import { lineAt } from '../../dockerfile/lines.ts'
import { defineRule } from '../define-rule.ts'
import { eachRun } from '../facts/each-run.ts'

export default defineRule({
  id: 'shell-comment-swallows',
  aliases: [],
  severity: 'warning',
  summary: 'Comment in a continued RUN that swallows the lines below',
  why: 'Continued lines are one line to the shell, and its comment goes on to the end of that: nothing below is run. A comment on a line of its own is taken out by the builder and does no harm.',
  examples: [
    {
      bad: 'FROM debian:12\nRUN a; «# first» \\\n    b\n',
      good: 'FROM debian:12\nRUN a; \\\n    # second\n    b\nRUN c # last\nRUN <<EOF\na # b\nc\nEOF\n',
    },
  ],
  check: eachRun(function* (run, doc) {
    for (const comment of run.script.comments) {
      const range = run.range(comment)
      const line = lineAt(doc.lineStarts, range.start)
      if (lineAt(doc.lineStarts, range.end) === line) continue
      const written = doc.text.slice(range.start, doc.lineStarts[line + 1])
      let end = range.start + written.length
      while (end > range.start + 1 && /[\s\\`]/.test(doc.text[end - 1]!)) end--
      yield {
        range: { start: range.start, end },
        message: t('The shell takes all lines below for a part of this comment.'),
      }
    }
  }),
})
