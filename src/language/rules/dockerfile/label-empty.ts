import { t } from '../../../shared/l10n.ts'
import { defineRule } from '../define-rule.ts'
import { labelsOf } from '../facts/labels.ts'

export default defineRule({
  id: 'label-empty',
  aliases: ['DL3051'],
  severity: 'warning',
  summary: 'Label of the schema with an empty value',
  why: 'The label schema in `.hadolint.yaml` asks for this label, and it says nothing.',
  examples: [
    {
      bad: 'FROM alpine:3\nLABEL «a»=\nLABEL a=«""»\n',
      good: 'FROM alpine:3\nLABEL a=1 b=\n',
      options: { config: { labelSchema: { a: 'text' } } },
    },
  ],
  *check(_doc, context) {
    for (const { key, value, valueRange, type } of labelsOf(context))
      if (type !== undefined && value.trim() === '')
        yield { range: valueRange, message: t('The label `{0}` is empty.', key) }
  },
})
