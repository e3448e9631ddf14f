import { t } from '../../../shared/l10n.ts'
import { defineRule } from '../define-rule.ts'
import { flagsOf } from '../facts/flags.ts'

export default defineRule({
  id: 'flag-value-invalid',
  aliases: [],
  severity: 'error',
  summary: 'Flag without its value, or with one that is neither true nor false',
  why: 'The build stops.',
  examples: [
    {
      bad: 'FROM alpine:3\nCOPY «--chown» a /a\nCOPY «--link=yes» a /a\n',
      good: 'FROM alpine:3\nCOPY --chown=1 --link a /a\nCOPY --link=True a /a\n',
    },
  ],
  *check(_doc, context) {
    for (const { name, known, flags } of context.all) {
      const allowed = known ? flagsOf(name) : undefined
      for (const flag of flags) {
        const kind = allowed && Object.hasOwn(allowed, flag.name) ? allowed[flag.name]!.kind : undefined
        if (kind === 'boolean' && flag.value !== undefined && !/^(true|false)$/i.test(flag.value))
          yield { range: flag.range, message: t('`--{0}` is `true` or `false`.', flag.name) }
        if (kind !== undefined && kind !== 'boolean' && flag.value === undefined)
          yield { range: flag.range, message: t('`--{0}` needs a value.', flag.name) }
      }
    }
  },
})
