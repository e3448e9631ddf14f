import { t } from '../../../shared/l10n.ts'
import { defineRule } from '../define-rule.ts'
import { unquote } from '../facts/copy.ts'
import { fixOf, insertLineBelow } from '../facts/edits.ts'
import { stageChain } from '../facts/stages.ts'

export default defineRule({
  id: 'label-missing',
  aliases: ['DL3049'],
  severity: 'information',
  fixable: 'suggestion',
  summary: 'Label of the schema is missing',
  why: 'The label schema in `.hadolint.yaml` asks for this label in every image.',
  examples: [
    {
      bad: 'FROM «alpine:3»\nLABEL b=1\n',
      good: 'FROM alpine:3\nLABEL a=""\nLABEL b=1\n',
      options: { config: { labelSchema: { a: 'text' } } },
    },
  ],
  *check(doc, { config }) {
    const stage = doc.stages.at(-1)
    if (!stage) return
    const keys = new Set(
      stageChain(doc, stage).flatMap(({ instructions }) =>
        instructions.flatMap(({ name, pairs }) =>
          name === 'LABEL' ? pairs.map(({ key }) => unquote(key)) : [],
        ),
      ),
    )
    for (const key of Object.keys(config.labelSchema))
      if (!keys.has(key))
        yield {
          range: stage.baseRange ?? stage.from.range,
          message: t('The label `{0}` is missing.', key),
          suggestions: [fixOf(t('Add the label'), insertLineBelow(doc, stage.from, `LABEL ${key}=""`))],
        }
  },
})
