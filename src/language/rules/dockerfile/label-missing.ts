import { t } from '../../../shared/l10n.ts'
import { defineRule } from '../define-rule.ts'
import { unquote } from '../facts/copy.ts'
import { fixOf, insertLineBelow } from '../facts/edits.ts'
import { usedStages } from '../facts/stages.ts'

export default defineRule({
  id: 'label-missing',
  aliases: ['DL3049'],
  severity: 'information',
  fixable: 'suggestion',
  summary: 'Label of the schema is missing',
  why: 'The label schema in `.hadolint.yaml` asks for this label in every image. Stages that only serve others need none.',
  examples: [
    {
      bad: 'FROM «alpine:3»\nLABEL b=1\n',
      good: 'FROM alpine:3\nLABEL a=""\nLABEL b=1\n',
      options: { config: { labelSchema: { a: 'text' } } },
    },
    {
      bad: 'FROM alpine:3 AS b\nRUN c\nFROM «alpine:3»\nCOPY --from=b /d /d\n',
      good: 'FROM alpine:3 AS b\nRUN c\nFROM alpine:3\nLABEL a=""\nCOPY --from=b /d /d\n',
      options: { config: { labelSchema: { a: 'text' } } },
    },
  ],
  *check(doc, { config }) {
    const wanted = Object.keys(config.labelSchema)
    if (wanted.length === 0) return
    const isWanted = new Set(wanted)
    const used = usedStages(doc)
    const last = doc.stages.length - 1
    const labels: ReadonlySet<string>[] = []
    for (const { index, baseStage, baseRange, from, instructions } of doc.stages) {
      const keys = new Set(baseStage === undefined ? [] : labels[baseStage])
      for (const { name, pairs } of instructions)
        if (name === 'LABEL')
          for (const { key } of pairs) {
            const label = unquote(key)
            // Others would be handed down from stage to stage for nothing.
            if (isWanted.has(label)) keys.add(label)
          }
      labels[index] = keys
      if (index !== last && used.has(index)) continue
      for (const key of wanted)
        if (!keys.has(key))
          yield {
            range: baseRange ?? from.range,
            message: t('The label `{0}` is missing.', key),
            suggestions: [fixOf(t('Add the label'), insertLineBelow(doc, from, `LABEL ${key}=""`))],
          }
    }
  },
})
