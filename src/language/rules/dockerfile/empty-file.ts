import { t } from '../../../shared/l10n.ts'
import { defineRule } from '../define-rule.ts'

export default defineRule({
  id: 'empty-file',
  aliases: [],
  severity: 'error',
  summary: 'Dockerfile without an instruction',
  why: 'There is nothing to build.',
  examples: [{ bad: '# nothing yet«»', good: 'FROM scratch\n' }],
  *check(doc) {
    if (doc.instructions.length === 0)
      yield {
        range: { start: doc.text.length, end: doc.text.length },
        message: t('The file has no instruction; begin with `FROM`.'),
      }
  },
})
