import { t } from '../../../shared/l10n.ts'
import { defineRule } from '../define-rule.ts'
import { unfitLabels } from '../facts/labels.ts'

export default defineRule({
  id: 'label-email',
  aliases: ['DL3058'],
  severity: 'warning',
  summary: 'Label that should be an e-mail address',
  why: 'The label schema in `.hadolint.yaml` says that the value of this label is an e-mail address. A variable does not count; a label that is filled at build time has the type `text`.',
  examples: [
    {
      bad: 'FROM alpine:3\nLABEL a=«"ann"»\n',
      good: 'FROM alpine:3\nLABEL a="ann@example.com" b="ann"\n',
      options: { config: { labelSchema: { a: 'email' } } },
    },
  ],
  *check(_doc, context) {
    for (const { key, valueRange } of unfitLabels(context, 'email', (value) =>
      /^([^\s@"<>]+|"[^"]+")@[^\s@.]+(\.[^\s@.]+)+$/.test(value),
    ))
      yield { range: valueRange, message: t('The label `{0}` should be an e-mail address.', key) }
  },
})
