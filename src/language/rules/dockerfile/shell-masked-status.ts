import { t } from '../../../shared/l10n.ts'
import { defineRule } from '../define-rule.ts'
import { argumentRange } from '../facts/arguments.ts'

export default defineRule({
  id: 'shell-masked-status',
  aliases: ['SC2155'],
  severity: 'hint',
  summary: '`export A=$(…)`, which hides that the command failed',
  why: 'The status is that of `export`, always good. Assign first, export then.',
  examples: [
    {
      bad: 'FROM debian:12\nRUN export «A=$(b)» && c\n',
      good: 'FROM debian:12\nRUN A=$(b) && export A && c\nRUN export D=$E\n',
    },
  ],
  *check(_doc, context) {
    for (const entry of context.commands('export', 'local', 'declare', 'readonly'))
      for (const argument of entry.command.args) {
        const hides = argument.word.parts.some(
          (part) =>
            part.kind === 'command' ||
            (part.kind === 'double' && part.parts.some(({ kind }) => kind === 'command')),
        )
        if (hides && /^\w+=/.test(argument.text))
          yield {
            range: argumentRange(entry, argument),
            message: t('A failure of the command goes unnoticed; assign first, then export.'),
          }
      }
  },
})
