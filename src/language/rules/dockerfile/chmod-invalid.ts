import { t } from '../../../shared/l10n.ts'
import { defineRule } from '../define-rule.ts'

export default defineRule({
  id: 'chmod-invalid',
  aliases: [],
  severity: 'error',
  summary: '`--chmod` that is no mode',
  why: 'A mode is octal, from 0 to 7777, or symbolic (`u+x,go-w`). The build stops otherwise.',
  examples: [
    {
      bad: 'FROM alpine:3\nCOPY --chmod=«999» a /a\nADD --chmod=«exec» a /a\n',
      good: 'FROM alpine:3\nCOPY --chmod=0755 a /a\nCOPY --chmod=u+x,go=rX a /a\nCOPY --chmod=$M a /a\n',
    },
  ],
  *check(_doc, context) {
    for (const { flags } of context.named('COPY', 'ADD'))
      for (const { name, value, valueRange } of flags) {
        if (name !== 'chmod' || !valueRange || value === undefined || value.includes('$') || value === '')
          continue
        if (
          !/^0?[0-7]{1,4}$/.test(value) &&
          !/^[ugoa]*([-+=]([rwxXstugo]*))+(,[ugoa]*([-+=]([rwxXstugo]*))+)*$/.test(value)
        )
          yield {
            range: valueRange,
            message: t('`{0}` is no mode: octal such as `755`, or symbolic such as `u+x`.', value),
          }
      }
  },
})
