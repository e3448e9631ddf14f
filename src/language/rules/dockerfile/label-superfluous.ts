import { t } from '../../../shared/l10n.ts'
import { defineRule } from '../define-rule.ts'
import { labelsOf } from '../facts/labels.ts'

export default defineRule({
  id: 'label-superfluous',
  aliases: ['DL3050'],
  severity: 'information',
  summary: 'Label that is not in the schema',
  why: '`strict-labels` in `.hadolint.yaml` allows only the labels of the schema.',
  examples: [
    {
      bad: 'FROM alpine:3\nLABEL a=1 «b»=2\n',
      good: 'FROM alpine:3\nLABEL a=1\n',
      options: { config: { labelSchema: { a: 'text' }, strictLabels: true } },
    },
  ],
  *check(_doc, context) {
    if (!context.config.strictLabels) return
    for (const { key, keyRange, type } of labelsOf(context))
      if (type === undefined)
        yield { range: keyRange, message: t('The label `{0}` is not in the schema.', key) }
  },
})
