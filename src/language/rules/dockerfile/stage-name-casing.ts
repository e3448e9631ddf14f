import { t } from '../../../shared/l10n.ts'
import { defineRule } from '../define-rule.ts'
import { fixOf, replace } from '../facts/edits.ts'
import { stageReferences } from '../facts/stages.ts'

export default defineRule({
  id: 'stage-name-casing',
  aliases: ['StageNameCasing'],
  severity: 'warning',
  fixable: 'safe',
  summary: 'Capital letters in the name of a stage',
  why: 'Names of stages are compared in lower case, so capitals only make two spellings of one name.',
  examples: [
    {
      bad: 'FROM alpine AS «Build»\nFROM build\nCOPY --from=Build /a /a\nRUN --mount=from=BUILD,target=/b true\n',
      good: 'FROM alpine AS build\nFROM build\nCOPY --from=build /a /a\nRUN --mount=from=build,target=/b true\n',
    },
  ],
  *check(doc) {
    for (const stage of doc.stages) {
      const { name, nameRange } = stage
      if (name === undefined || !nameRange || name === name.toLowerCase()) continue
      const lower = name.toLowerCase()
      const edits = [nameRange, ...stageReferences(doc, stage)]
        .filter((range) => doc.text.slice(range.start, range.end) !== lower)
        .map((range) => replace(range, lower))
      yield {
        range: nameRange,
        message: t('The stage name `{0}` should be in lower case.', name),
        fix: fixOf(t('Write `{0}`', lower), ...edits),
      }
    }
  },
})
