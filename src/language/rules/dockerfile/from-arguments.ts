import { t } from '../../../shared/l10n.ts'
import { defineRule } from '../define-rule.ts'
import { fixOf, replace } from '../facts/edits.ts'

export default defineRule({
  id: 'from-arguments',
  aliases: ['DL1000'],
  severity: 'error',
  fixable: 'suggestion',
  summary: 'FROM that is neither `FROM image` nor `FROM image AS name`',
  why: 'The build stops.',
  examples: [
    { bad: 'FROM alpine:3 «a» b\n', good: 'FROM alpine:3 AS b\n' },
    { bad: '«FROM»\n', good: 'FROM alpine:3\nFROM {{ image }}\n', fixed: false },
    {
      bad: 'FROM alpine:3 «AS»\nFROM alpine:3 AS b «c»\n',
      good: 'FROM alpine:3 AS b\nFROM alpine:3 AS c\n',
      fixed: false,
    },
  ],
  *check(_doc, context) {
    for (const { words, keywordRange } of context.named('FROM')) {
      // A template for Dockerfiles: what it will be is not known.
      if (words.some(({ text }) => /\{\{|<%/.test(text))) continue
      const [base, as, name, extra] = words
      if (!base) yield { range: keywordRange, message: t('`FROM` needs an image.') }
      else if (extra)
        yield {
          range: { start: extra.range.start, end: words.at(-1)!.range.end },
          message: t('`FROM` takes an image, `AS` and a name, nothing more.'),
        }
      else if (as && as.text.toLowerCase() !== 'as')
        yield {
          range: as.range,
          message: name
            ? t('The word before the name of a stage is `AS`.')
            : t('`FROM` takes one image; a name follows `AS`.'),
          ...(name && { suggestions: [fixOf(t('Change to `AS`'), replace(as.range, 'AS'))] }),
        }
      else if (as && !name)
        yield { range: as.range, message: t('After `AS` the name of the stage is missing.') }
    }
  },
})
