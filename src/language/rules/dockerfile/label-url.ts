import { t } from '../../../shared/l10n.ts'
import { defineRule } from '../define-rule.ts'
import { unfitLabels } from '../facts/labels.ts'

export default defineRule({
  id: 'label-url',
  aliases: ['DL3052'],
  severity: 'warning',
  summary: 'Label that should be a URL',
  why: 'The label schema in `.hadolint.yaml` says that the value of this label is a URL. A variable does not count; a label that is filled at build time has the type `text`.',
  examples: [
    {
      bad: 'FROM alpine:3\nLABEL a=«"not a url"»\n',
      good: 'FROM alpine:3\nLABEL a="https://example.com/a" b="not a url"\n',
      options: { config: { labelSchema: { a: 'url' } } },
    },
  ],
  *check(_doc, context) {
    for (const { key, valueRange } of unfitLabels(context, 'url', isUrl))
      yield { range: valueRange, message: t('The label `{0}` should be a URL.', key) }
  },
})

/** A URI of RFC 3986; one with `//` needs a host. */
function isUrl(text: string): boolean {
  return /^[a-z][a-z\d+.-]*:(?!\/\/(?:[/?#]|$))(?:[\w.~:/?#[\]@!$&'()*+,;=-]|%[\da-f]{2})+$/i.test(text)
}
