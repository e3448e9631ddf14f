import { t } from '../../../shared/l10n.ts'
import { defineRule } from '../define-rule.ts'

export default defineRule({
  id: 'copy-arguments',
  aliases: [],
  severity: 'error',
  summary: 'COPY or ADD without a destination',
  why: 'Both take at least one source and a destination. The build stops otherwise.',
  examples: [{ bad: 'FROM alpine:3\n«COPY» a\n«ADD»\n', good: 'FROM alpine:3\nCOPY a /\n' }],
  *check(_doc, context) {
    for (const { name, words, keywordRange } of context.named('COPY', 'ADD'))
      if (words.length < 2)
        yield { range: keywordRange, message: t('`{0}` needs a source and a destination.', name) }
  },
})
