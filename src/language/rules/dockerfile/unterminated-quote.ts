import { t } from '../../../shared/l10n.ts'
import { defineRule } from '../define-rule.ts'
import { fixOf, insert } from '../facts/edits.ts'

export default defineRule({
  id: 'unterminated-quote',
  aliases: ['DL1000'],
  severity: 'error',
  fixable: 'suggestion',
  summary: 'Quote that is not closed',
  why: 'The build stops. A quote that is meant as itself needs the escape character before it.',
  examples: [
    { bad: 'FROM alpine:3\nENV A=«"b c»\n', good: 'FROM alpine:3\nENV A="b c"\n' },
    { bad: "FROM alpine:3\nWORKDIR «'/a»\n", good: "FROM alpine:3\nWORKDIR '/a'\n" },
  ],
  *check(doc) {
    for (const { code, range, subject } of doc.problems)
      if (code === 'unterminatedQuote')
        yield {
          range,
          message: t('The quote `{0}` is not closed.', subject),
          suggestions: [fixOf(t('Close the quote'), insert(range.end, subject))],
        }
  },
})
