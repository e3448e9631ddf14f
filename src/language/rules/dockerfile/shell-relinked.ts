import { t } from '../../../shared/l10n.ts'
import { defineRule } from '../define-rule.ts'
import { fixOf, replace } from '../facts/edits.ts'
import { argumentRange, operands } from '../facts/arguments.ts'

export default defineRule({
  id: 'shell-relinked',
  aliases: ['DL4005'],
  severity: 'warning',
  fixable: 'suggestion',
  summary: '`/bin/sh` linked to another shell',
  why: '`SHELL ["/bin/bash", "-c"]` chooses the shell of the following RUNs without changing the image for everything else in it.',
  examples: [
    {
      bad: 'FROM debian:12\nRUN ln -sf /bin/bash «/bin/sh»\n',
      good: 'FROM debian:12\nSHELL ["/bin/bash", "-c"]\nRUN ln -s /bin/a /bin/b\n',
    },
    {
      bad: 'FROM debian:12\nRUN a && ln -sf /bin/bash «/bin/sh»\n',
      good: 'FROM debian:12\nRUN a\nSHELL ["/bin/bash", "-c"]\n',
      fixed: false,
    },
  ],
  *check(_doc, context) {
    for (const entry of context.commands('ln')) {
      const [source, target] = operands(entry.command)
      // A link to it is no other shell.
      if (!source || target?.text !== '/bin/sh') continue
      const { instruction, script } = entry.run
      const isAlone = script.commands.length === 1 && instruction.flags.length === 0
      yield {
        range: argumentRange(entry, target),
        message: t('Choose the shell with the instruction `SHELL`.'),
        ...(isAlone &&
          source.known &&
          /^[\w./-]+$/.test(source.text) && {
            suggestions: [
              fixOf(t('Use `SHELL`'), replace(instruction.fullRange, `SHELL ["${source.text}", "-c"]`)),
            ],
          }),
      }
    }
  },
})
