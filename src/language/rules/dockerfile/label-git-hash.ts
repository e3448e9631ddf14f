import { t } from '../../../shared/l10n.ts'
import { defineRule } from '../define-rule.ts'
import { unfitLabels } from '../facts/labels.ts'

export default defineRule({
  id: 'label-git-hash',
  aliases: ['DL3055'],
  severity: 'warning',
  summary: 'Label that should be a git commit hash',
  why: 'The label schema in `.hadolint.yaml` says that the value of this label is a git commit hash. A variable does not count; a label that is filled at build time has the type `text`.',
  examples: [
    {
      bad: 'FROM alpine:3\nLABEL a=«"main"»\n',
      good: 'FROM alpine:3\nLABEL a="0123456789abcdef0123456789abcdef01234567" b="main"\n',
      options: { config: { labelSchema: { a: 'hash' } } },
    },
  ],
  *check(_doc, context) {
    for (const { key, valueRange } of unfitLabels(context, 'hash', (value) =>
      /^([0-9a-f]{7}|[0-9a-f]{40}|[0-9a-f]{64})$/.test(value),
    ))
      yield { range: valueRange, message: t('The label `{0}` should be a git commit hash.', key) }
  },
})
