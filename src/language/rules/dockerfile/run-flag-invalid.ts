import { t } from '../../../shared/l10n.ts'
import { defineRule } from '../define-rule.ts'

const values: Readonly<Record<string, readonly string[]>> = {
  network: ['default', 'none', 'host'],
  security: ['sandbox', 'insecure'],
}

export default defineRule({
  id: 'run-flag-invalid',
  aliases: [],
  severity: 'error',
  summary: '`RUN --network` or `--security` with an unknown value',
  why: 'The build stops.',
  examples: [
    {
      bad: 'FROM alpine:3\nRUN --network=«bridge» a\n',
      good: 'FROM alpine:3\nRUN --network=none a\nRUN --security=insecure b\n',
    },
  ],
  *check(_doc, context) {
    for (const { flags } of context.named('RUN'))
      for (const { name, value, valueRange } of flags) {
        const allowed = Object.hasOwn(values, name) ? values[name] : undefined
        if (allowed && value !== undefined && valueRange && !allowed.includes(value))
          yield { range: valueRange, message: t('`--{0}` is one of {1}.', name, allowed.join(', ')) }
      }
  },
})
