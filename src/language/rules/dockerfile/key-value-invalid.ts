import { t } from '../../../shared/l10n.ts'
import { defineRule } from '../define-rule.ts'

export default defineRule({
  id: 'key-value-invalid',
  aliases: [],
  severity: 'error',
  summary: 'ENV, LABEL or ARG without a name, or without `=`',
  why: 'Each word is `name=value`; a value with spaces stands in quotes. The build stops otherwise.',
  examples: [
    {
      bad: 'FROM alpine:3\nENV A=b «c»\nLABEL «=x»\nENV «D»\n',
      good: 'FROM alpine:3\nENV A="b c"\nLABEL y=x\nARG D\n',
    },
    {
      bad: 'FROM alpine:3\nENV A=b «#» not so\n',
      good: 'FROM alpine:3\n# so\nENV A=b\n',
    },
  ],
  *check(doc, context) {
    const seen = new Set<number>()
    let commented = -1
    for (const { code, range, subject, instruction } of doc.problems) {
      if ((code !== 'missingEquals' && code !== 'missingValue') || seen.has(range.start)) continue
      seen.add(range.start)
      // What follows are the words of the comment.
      if (instruction === commented) continue
      const isComment = subject.startsWith('#')
      if (isComment) commented = instruction
      yield {
        range,
        message: isComment
          ? t('A comment needs a line of its own: here `{0}` is a name without a value.', subject)
          : t('`{0}` has no value; write `name=value`.', subject),
      }
    }
    for (const { name, pairs } of context.named('ENV', 'LABEL', 'ARG'))
      for (const { key, range } of pairs)
        // Other empty names in quotes build, but no program starts with a variable that has none.
        if (key === '' || (name === 'ENV' && /^(?:""|'')$/.test(key)))
          yield { range, message: t('`{0}` needs a name before the `=`.', name) }
  },
})
