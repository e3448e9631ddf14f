import { t } from '../../../shared/l10n.ts'
import { defineRule } from '../define-rule.ts'
import { flagsOf } from '../facts/flags.ts'

export default defineRule({
  id: 'duplicate-flag',
  aliases: [],
  severity: 'error',
  summary: 'Flag given twice',
  why: 'The build stops; only `--mount`, `--device` and `--exclude` may be given several times.',
  examples: [
    {
      bad: 'FROM alpine:3\nCOPY --chown=1 «--chown=2» a /a\n',
      good: 'FROM alpine:3\nCOPY --exclude=a --exclude=b c /d\n',
    },
  ],
  *check(_doc, context) {
    for (const { name, flags } of context.all) {
      const allowed = flagsOf(name)
      const seen = new Set<string>()
      for (const flag of flags) {
        const repeatable =
          !allowed || (Object.hasOwn(allowed, flag.name) && allowed[flag.name]!.kind === 'list')
        if (seen.has(flag.name) && !repeatable)
          yield { range: flag.range, message: t('`--{0}` is given twice.', flag.name) }
        seen.add(flag.name)
      }
    }
  },
})
