import { t } from '../../../shared/l10n.ts'
import { defineRule } from '../define-rule.ts'
import { hasOption, nameRange } from '../facts/arguments.ts'
import { fixOf, insert } from '../facts/edits.ts'

export default defineRule({
  id: 'shell-read-backslash',
  aliases: ['SC2162'],
  severity: 'hint',
  fixable: 'safe',
  summary: '`read` without `-r`',
  why: 'Without `-r` every backslash in the input is lost.',
  examples: [
    {
      bad: 'FROM debian:12\nRUN while «read» x; do y; done < f\n',
      good: 'FROM debian:12\nRUN while read -r x; do y; done < f\n',
    },
  ],
  *check(_doc, context) {
    for (const entry of context.commands('read'))
      if (!hasOption(entry.command, 'r')) {
        const range = nameRange(entry)
        yield {
          range,
          message: t('Without `-r` backslashes are lost.'),
          fix: fixOf(t('Add `-r`'), insert(range.end, ' -r')),
        }
      }
  },
})
