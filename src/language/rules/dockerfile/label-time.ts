import { t } from '../../../shared/l10n.ts'
import { defineRule } from '../define-rule.ts'
import { unfitLabels } from '../facts/labels.ts'

export default defineRule({
  id: 'label-time',
  aliases: ['DL3053'],
  severity: 'warning',
  summary: 'Label that should be a time in the form of RFC 3339',
  why: 'The label schema in `.hadolint.yaml` says that the value of this label is a time in the form of RFC 3339. A variable does not count; a label that is filled at build time has the type `text`.',
  examples: [
    {
      bad: 'FROM alpine:3\nLABEL a=«"yesterday"»\n',
      good: 'FROM alpine:3\nLABEL a="2024-02-29T12:00:00Z" b="yesterday"\n',
      options: { config: { labelSchema: { a: 'rfc3339' } } },
    },
  ],
  *check(_doc, context) {
    for (const { key, valueRange } of unfitLabels(context, 'rfc3339', isTime))
      yield {
        range: valueRange,
        message: t('The label `{0}` should be a time in the form of RFC 3339.', key),
      }
  },
})

function isTime(text: string): boolean {
  const match =
    /^(\d{4})-(\d\d)-(\d\d)[Tt ](\d\d):(\d\d):(\d\d)(\.\d+)?([Zz]|[+-]([01]\d|2[0-3]):[0-5]\d)$/.exec(text)
  if (!match) return false
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ]
  const days = new Date(Date.UTC(year, month, 0)).getUTCDate()
  return month >= 1 && month <= 12 && day >= 1 && day <= days && hour < 24 && minute < 60 && second <= 60
}
