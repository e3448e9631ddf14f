import { t } from '../../../shared/l10n.ts'
import { defineRule } from '../define-rule.ts'
import { argumentRange, hasArgument, nameRange, operands } from '../facts/arguments.ts'

export default defineRule({
  id: 'shell-relinked',
  aliases: ['DL4005'],
  severity: 'warning',
  summary: '`/bin/sh` linked to another shell',
  why: '`SHELL ["/bin/bash", "-c"]` chooses the shell of the following RUNs without changing the image for everything else in it.',
  examples: [
    {
      bad: 'FROM debian:12\nRUN ln -sf /bin/bash «/bin/sh»\n',
      good: 'FROM debian:12\nSHELL ["/bin/bash", "-c"]\nRUN ln -s /bin/a /bin/b\n',
    },
  ],
  *check(_doc, context) {
    for (const entry of context.commands('ln')) {
      if (!hasArgument(entry.command, '/bin/sh')) continue
      const target = operands(entry.command).at(-1)
      yield {
        range: target ? argumentRange(entry, target) : nameRange(entry),
        message: t('Choose the shell with the instruction `SHELL`.'),
      }
    }
  },
})
