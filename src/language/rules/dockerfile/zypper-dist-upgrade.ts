import { t } from '../../../shared/l10n.ts'
import { defineRule } from '../define-rule.ts'
import { headRange, subcommand } from '../facts/arguments.ts'

export default defineRule({
  id: 'zypper-dist-upgrade',
  aliases: ['DL3035'],
  severity: 'warning',
  summary: '`zypper dist-upgrade` in a build',
  why: 'It may change the release of the distribution underneath. Take a newer base image instead.',
  examples: [
    {
      bad: 'FROM opensuse/leap:15\nRUN «zypper -n dup»\n',
      good: 'FROM opensuse/leap:15\nRUN zypper -n patch\n',
    },
  ],
  *check(_doc, context) {
    for (const entry of context.commands('zypper')) {
      const verb = subcommand(entry.command, 'dist-upgrade', 'dup')
      if (verb)
        yield {
          range: headRange(entry, verb),
          message: t('Take a newer base image instead of upgrading the distribution.'),
        }
    }
  },
})
