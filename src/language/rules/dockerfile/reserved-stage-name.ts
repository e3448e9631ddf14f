import { t } from '../../../shared/l10n.ts'
import { defineRule } from '../define-rule.ts'
import { fixOf, replace } from '../facts/edits.ts'
import { stageReferences } from '../facts/stages.ts'

export default defineRule({
  id: 'reserved-stage-name',
  aliases: ['ReservedStageName', 'DL3063'],
  severity: 'warning',
  fixable: 'suggestion',
  summary: 'Stage named `scratch` or `context`',
  why: '`scratch` is the empty image and `context` the build context; a stage of that name cannot be referred to safely.',
  examples: [
    {
      bad: 'FROM alpine AS «scratch»\nCOPY --from=scratch /a /a\n',
      good: 'FROM alpine AS scratch-stage\nCOPY --from=scratch-stage /a /a\n',
    },
  ],
  *check(doc) {
    for (const stage of doc.stages) {
      const { name, nameRange } = stage
      if (!nameRange || (name?.toLowerCase() !== 'scratch' && name?.toLowerCase() !== 'context')) continue
      const other = `${name}-stage`
      const edits = [nameRange, ...stageReferences(doc, stage)].map((range) => replace(range, other))
      yield {
        range: nameRange,
        message: t('`{0}` is a reserved name and cannot be that of a stage.', name),
        suggestions: [fixOf(t('Name it `{0}`', other), ...edits)],
      }
    }
  },
})
