import { t } from '../../../shared/l10n.ts'
import { defineRule } from '../define-rule.ts'
import { allFromReferences } from '../facts/stages.ts'

export default defineRule({
  id: 'copy-from-own-stage',
  aliases: ['DL3023'],
  severity: 'error',
  summary: '`COPY --from` or a mount from the stage it stands in',
  why: 'A stage cannot copy from itself; the build stops.',
  examples: [
    {
      bad: 'FROM alpine:3 AS a\nCOPY --from=«a» /x /y\nRUN --mount=from=«0»,target=/m true\n',
      good: 'FROM alpine:3 AS a\nFROM alpine:3\nCOPY --from=a /x /y\n',
    },
  ],
  *check(doc) {
    for (const { instruction, text, range } of allFromReferences(doc)) {
      const stage = doc.stages[instruction.stage]
      if (!stage) continue
      const own = /^\d+$/.test(text)
        ? Number(text) === stage.index
        : text.toLowerCase() === stage.name?.toLowerCase()
      if (own) yield { range, message: t('A stage cannot copy from itself.') }
    }
  },
})
