import { t } from '../../../shared/l10n.ts'
import { defineRule } from '../define-rule.ts'
import { unfitLabels } from '../facts/labels.ts'
import { isLicenseExpression } from '../facts/licenses.ts'

export default defineRule({
  id: 'label-spdx',
  aliases: ['DL3054'],
  severity: 'warning',
  summary: 'Label that should be an SPDX license',
  why: 'The label schema in `.hadolint.yaml` says that the value of this label is an SPDX identifier (`MIT`, `Apache-2.0`) or an expression of several. A variable does not count; a label that is filled at build time has the type `text`.',
  references: ['https://spdx.org/licenses/'],
  examples: [
    {
      bad: 'FROM alpine:3\nLABEL a=«"not a license"»\n',
      good: 'FROM alpine:3\nLABEL a="Apache-2.0 OR (MIT AND BSD-3-Clause)" b=x\n',
      options: { config: { labelSchema: { a: 'spdx' } } },
    },
  ],
  *check(_doc, context) {
    for (const { key, valueRange } of unfitLabels(context, 'spdx', isLicenseExpression))
      yield { range: valueRange, message: t('The label `{0}` should be an SPDX license.', key) }
  },
})
