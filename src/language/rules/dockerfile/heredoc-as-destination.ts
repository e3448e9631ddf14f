import { t } from '../../../shared/l10n.ts'
import { defineRule } from '../define-rule.ts'

export default defineRule({
  id: 'heredoc-as-destination',
  aliases: [],
  severity: 'error',
  summary: 'Heredoc as the destination of COPY or ADD',
  why: 'A heredoc is a source; the destination is a path. The build stops.',
  examples: [
    { bad: 'FROM alpine:3\nCOPY a «<<EOF»\nx\nEOF\n', good: 'FROM alpine:3\nCOPY <<EOF /a\nx\nEOF\n' },
  ],
  *check(_doc, context) {
    for (const { words, heredocs } of context.named('COPY', 'ADD')) {
      const last = words.at(-1)
      if (last && words.length > 1 && heredocs.some(({ range }) => range.start === last.range.start))
        yield { range: last.range, message: t('A heredoc cannot be the destination.') }
    }
  },
})
