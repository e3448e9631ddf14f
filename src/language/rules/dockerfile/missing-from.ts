import { t } from '../../../shared/l10n.ts'
import { defineRule } from '../define-rule.ts'

export default defineRule({
  id: 'missing-from',
  aliases: [],
  severity: 'error',
  summary: 'ARGs and no FROM',
  why: 'Without a stage there is nothing to build.',
  examples: [{ bad: '«ARG A=1»\n', good: 'ARG A=1\nFROM alpine:$A\n' }],
  *check(doc) {
    const last = doc.instructions.at(-1)
    if (last && doc.stages.length === 0 && doc.instructions.every(({ name }) => name === 'ARG'))
      yield { range: last.range, message: t('A `FROM` must follow.') }
  },
})
