import { t } from '../../../shared/l10n.ts'
import { defineRule } from '../define-rule.ts'
import { usedStages } from '../facts/stages.ts'

export default defineRule({
  id: 'unused-stage',
  aliases: [],
  severity: 'hint',
  summary: 'Stage that nothing below uses',
  why: 'It is built only when `--target` names it. A stage without a name cannot even be reached that way.',
  examples: [
    {
      bad: 'FROM alpine:3 AS «tools»\nFROM «alpine:3»\nFROM alpine:3\n',
      good: 'FROM alpine:3 AS tools\nFROM alpine:3 AS base\nFROM base\nCOPY --from=tools /a /a\nRUN --mount=from=0,target=/b true\n',
    },
  ],
  *check(doc) {
    const used = usedStages(doc)
    for (const { index, name, nameRange, from, baseRange } of doc.stages) {
      if (used.has(index)) continue
      yield {
        range: nameRange ?? baseRange ?? from.keywordRange,
        message:
          name === undefined
            ? t('Nothing uses this stage.')
            : t('No other stage uses `{0}`; it is built only with `--target`.', name),
        tag: 'unnecessary',
      }
    }
  },
})
