import { t } from '../../../shared/l10n.ts'
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
      bad: 'FROM debian:12\nRUN wget -q a\nRUN «curl» b\n',
      good: 'FROM debian:12 AS a\nRUN wget -q a\nFROM debian:12\nRUN curl b && curl c\n',
    },
  ],
  *check(_doc, context) {
    const used = new Map<number, string>()
    const told = new Set<number>()
    for (const entry of context.commands('wget', 'curl')) {
      const { stage } = entry.run.instruction
      const first = used.get(stage)
      if (first === undefined) used.set(stage, entry.command.name)
      if (first === undefined || first === entry.command.name || told.has(stage)) continue
      told.add(stage)
      yield {
        range: nameRange(entry),
        message: t('This stage uses `{0}` as well; one of the two is enough.', first),
      }
    }
  },
})
