import { t } from '../../../shared/l10n.ts'
import { defineRule } from '../define-rule.ts'
import { unfitLabels } from '../facts/labels.ts'

export default defineRule({
  id: 'label-semver',
  aliases: ['DL3056'],
  severity: 'warning',
  summary: 'Label that should be a semantic version',
  why: 'The label schema in `.hadolint.yaml` says that the value of this label is a semantic version. A variable does not count; a label that is filled at build time has the type `text`.',
  examples: [
    {
      bad: 'FROM alpine:3\nLABEL a=«"1.2"»\n',
      good: 'FROM alpine:3\nLABEL a="1.2.3-rc.1+5" b="1.2"\n',
      options: { config: { labelSchema: { a: 'semver' } } },
    },
  ],
  *check(_doc, context) {
    for (const { key, valueRange } of unfitLabels(context, 'semver', isVersion))
      yield { range: valueRange, message: t('The label `{0}` should be a semantic version.', key) }
  },
})

function isVersion(text: string): boolean {
  const number = '(0|[1-9]\\d*)'
  const identifier = '(0|[1-9]\\d*|\\d*[A-Za-z-][0-9A-Za-z-]*)'
  return new RegExp(
    `^${number}\\.${number}\\.${number}(-${identifier}(\\.${identifier})*)?(\\+[0-9A-Za-z-]+(\\.[0-9A-Za-z-]+)*)?$`,
  ).test(text)
}
