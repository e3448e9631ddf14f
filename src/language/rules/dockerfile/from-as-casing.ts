import { t } from '../../../shared/l10n.ts'
import { defineRule } from '../define-rule.ts'
import { fixOf, replace } from '../facts/edits.ts'

export default defineRule({
  id: 'from-as-casing',
  aliases: ['FromAsCasing'],
  severity: 'warning',
  fixable: 'safe',
  summary: '`AS` and `FROM` written in different case',
  why: 'One case for the keywords of a line reads better.',
  examples: [
    { bad: 'FROM alpine «as» build\n', good: 'FROM alpine AS build\n' },
    { bad: 'from alpine «AS» build\n', good: 'from alpine as build\n' },
    { bad: 'FROM alpine «As» build\n', good: 'FROM alpine AS build\n' },
  ],
  *check(doc) {
    for (const { from } of doc.stages) {
      const as = from.words[1]
      if (from.words.length < 3 || as?.text.toLowerCase() !== 'as') continue
      const wanted =
        from.keyword === from.keyword.toLowerCase() ? 'as' : from.keyword === from.name ? 'AS' : as.text
      if (as.text === wanted) continue
      yield {
        range: as.range,
        message: t('`{0}` and `{1}` should be in the same case.', as.text, from.keyword),
        fix: fixOf(t('Write `{0}`', wanted), replace(as.range, wanted)),
      }
    }
  },
})
