import { t } from '../../../shared/l10n.ts'
import { defineRule } from '../define-rule.ts'
import { fixOf, replace } from '../facts/edits.ts'

export default defineRule({
  id: 'consistent-instruction-casing',
  aliases: ['ConsistentInstructionCasing'],
  severity: 'warning',
  fixable: 'safe',
  summary: 'Keyword not in the case that most of the file uses',
  why: 'Keywords may be in any case, but one file should keep to one. Capitals are the custom.',
  examples: [
    { bad: 'FROM alpine\nRUN a\n«run» b\n«Cmd» ["c"]\n', good: 'FROM alpine\nRUN a\nRUN b\nCMD ["c"]\n' },
    { bad: 'from alpine\nrun a\n«COPY» b c\n', good: 'from alpine\nrun a\ncopy b c\n' },
  ],
  *check(doc) {
    const counted = doc.stages.flatMap(({ instructions }) => instructions).filter(({ known }) => known)
    const lower = counted.filter(({ keyword }) => keyword === keyword.toLowerCase()).length
    const upper = counted.filter(({ keyword, name }) => keyword === name).length
    for (const { keyword, name, keywordRange } of counted) {
      const wanted = lower > upper ? name.toLowerCase() : name
      if (keyword === wanted) continue
      yield {
        range: keywordRange,
        message:
          lower > upper
            ? t('`{0}` should be in lower case, as most of this file is.', keyword)
            : t('`{0}` should be in capitals, as most of this file is.', keyword),
        fix: fixOf(t('Write `{0}`', wanted), replace(keywordRange, wanted)),
      }
    }
  },
})
