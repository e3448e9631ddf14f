import { t } from '../../../shared/l10n.ts'
import type { Instruction } from '../../dockerfile/model.ts'
import { defineRule } from '../define-rule.ts'
import { nameRange } from '../facts/arguments.ts'

export default defineRule({
  id: 'wget-and-curl',
  aliases: ['DL4001'],
  severity: 'information',
  summary: 'Both wget and curl used in a stage',
  why: 'One of them is enough, and the other need not be installed.',
  examples: [
    {
      bad: 'FROM debian:12\nRUN wget -q a\nRUN «curl» b && wget -q c\nRUN d\nRUN «wget» -q e\n',
      good: 'FROM debian:12 AS a\nRUN wget -q a\nFROM debian:12\nRUN curl b && curl c\n',
    },
  ],
  *check(_doc, context) {
    const used = new Map<number, string>()
    const told = new Map<number, Instruction>()
    for (const entry of context.commands('wget', 'curl')) {
      const { instruction } = entry.run
      const first = used.get(instruction.stage) ?? entry.command.name
      used.set(instruction.stage, first)
      const last = told.get(instruction.stage)
      // Once both are there each RUN that goes on with either is told, once.
      if ((first === entry.command.name && last === undefined) || last === instruction) continue
      told.set(instruction.stage, instruction)
      yield {
        range: nameRange(entry),
        message: t('This stage uses both `wget` and `curl`; one of the two is enough.'),
      }
    }
  },
})
