import { t } from '../../../shared/l10n.ts'
import { defineRule } from '../define-rule.ts'
import type { DockerfileDoc } from '../../dockerfile/model.ts'
import type { TextEdit } from '../../../shared/text-range.ts'
import { fixOf, remove, removeInstruction } from '../facts/edits.ts'
import { type Label, labelsOf } from '../facts/labels.ts'

export default defineRule({
  id: 'label-superfluous',
  aliases: ['DL3050'],
  severity: 'information',
  fixable: 'suggestion',
  summary: 'Label that is not in the schema',
  why: '`strict-labels` in `.hadolint.yaml` allows only the labels of the schema.',
  examples: [
    {
      bad: 'FROM alpine:3\nLABEL a=1 «b»=2\n',
      good: 'FROM alpine:3\nLABEL a=1\n',
      options: { config: { labelSchema: { a: 'text' }, strictLabels: true } },
    },
    {
      bad: 'FROM alpine:3\nLABEL «c»=1\nLABEL «b»=2 \\\n  a=1\n',
      good: 'FROM alpine:3\nLABEL a=1\n',
      options: { config: { labelSchema: { a: 'text' }, strictLabels: true } },
    },
  ],
  *check(doc, context) {
    if (!context.config.strictLabels) return
    for (const label of labelsOf(context))
      if (label.type === undefined)
        yield {
          range: label.keyRange,
          message: t('The label `{0}` is not in the schema.', label.key),
          suggestions: [fixOf(t('Remove the label'), removal(doc, label))],
        }
  },
})

/** With the space to its neighbour, the line breaks in it too. */
function removal(doc: DockerfileDoc, { instruction, index }: Label): TextEdit {
  const { pairs } = instruction
  if (pairs.length === 1) return removeInstruction(doc, doc.instructions[instruction.index]!)
  const { range } = pairs[index]!
  return index === 0
    ? remove({ start: range.start, end: pairs[1]!.range.start })
    : remove({ start: pairs[index - 1]!.range.end, end: range.end })
}
