import { t } from '../../../shared/l10n.ts'
import { defineRule } from '../define-rule.ts'
import { allFromReferences } from '../facts/stages.ts'

export default defineRule({
  id: 'copy-from-later-stage',
  // The same code as of a stage that is nowhere: hadolint does not tell them apart.
  aliases: ['DL3022'],
  severity: 'error',
  summary: '`COPY --from` or a mount from a stage further down, or with a number that no stage has',
  why: 'Stages are built in the order of the file as far as they need each other: one can only copy from a stage above. The build stops otherwise.',
  examples: [
    {
      bad: 'FROM alpine:3\nCOPY --from=«b» /x /y\nRUN --mount=from=«b»,target=/m true\nCOPY --from=«7» /x /y\nFROM alpine:3 AS b\n',
      good: 'FROM alpine:3 AS b\nFROM alpine:3\nCOPY --from=b /x /y\nCOPY --from=0 /x /y\n',
    },
  ],
  *check(doc) {
    const first = new Map<string, number>()
    for (const { name, index } of doc.stages)
      if (name !== undefined && !first.has(name.toLowerCase())) first.set(name.toLowerCase(), index)
    for (const { instruction, text, range } of allFromReferences(doc)) {
      if (instruction.stage < 0) continue
      if (/^\d+$/.test(text)) {
        if (Number(text) >= doc.stages.length)
          yield { range, message: t('There is no stage number {0}; the first one is 0.', text) }
        else if (Number(text) > instruction.stage)
          yield { range, message: t('The stage {0} comes further down.', text) }
        continue
      }
      if ((first.get(text.toLowerCase()) ?? -1) > instruction.stage)
        yield { range, message: t('The stage `{0}` comes further down; move it above this one.', text) }
    }
  },
})
