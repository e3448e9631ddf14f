import { t } from '../../../shared/l10n.ts'
import { defineRule } from '../define-rule.ts'

export default defineRule({
  id: 'json-not-strings',
  aliases: [],
  severity: 'error',
  summary: 'JSON array with something else than strings',
  why: 'The build stops: numbers and the rest must stand in quotes.',
  examples: [{ bad: 'FROM alpine:3\nCMD «["sleep", 10]»\n', good: 'FROM alpine:3\nCMD ["sleep", "10"]\n' }],
  *check(doc) {
    for (const { code, range } of doc.problems)
      if (code === 'jsonNotStrings') yield { range, message: t('The array may hold strings only.') }
  },
})
