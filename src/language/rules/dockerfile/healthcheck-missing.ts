import { t } from '../../../shared/l10n.ts'
import { defineRule } from '../define-rule.ts'
import { fixOf, insertLineBelow } from '../facts/edits.ts'
import { stageChain } from '../facts/stages.ts'

export default defineRule({
  id: 'healthcheck-missing',
  aliases: ['DL3057'],
  severity: 'off',
  fixable: 'suggestion',
  summary: 'Image without a HEALTHCHECK',
  why: 'With a health check Docker knows whether the program works, not only whether it runs; compose can wait for it. `HEALTHCHECK NONE` says that none is wanted.',
  examples: [
    {
      bad: 'FROM alpine:3 AS a\n«FROM» alpine:3\nRUN x\n',
      good: 'FROM alpine:3 AS a\nFROM alpine:3\nRUN x\nHEALTHCHECK CMD true\n',
    },
  ],
  *check(doc) {
    const stage = doc.stages.at(-1)
    if (
      !stage ||
      stageChain(doc, stage).some(({ instructions }) =>
        instructions.some(({ name }) => name === 'HEALTHCHECK'),
      )
    )
      return
    yield {
      range: stage.from.keywordRange,
      message: t('The image has no `HEALTHCHECK`.'),
      suggestions: [
        fixOf(
          t('Add a `HEALTHCHECK`'),
          insertLineBelow(doc, stage.instructions.at(-1)!, 'HEALTHCHECK CMD true'),
        ),
      ],
    }
  },
})
