import { t } from '../../../shared/l10n.ts'
import { defineRule } from '../define-rule.ts'
import { hasOption, headRange } from '../facts/arguments.ts'
import { fixOf, insert } from '../facts/edits.ts'
import { installsOf, zypper } from '../facts/installs.ts'

export default defineRule({
  id: 'zypper-non-interactive',
  aliases: ['DL3034'],
  severity: 'warning',
  fixable: 'safe',
  summary: '`zypper` without `--non-interactive`',
  why: 'The command asks questions that nobody can answer in a build, and stops.',
  examples: [
    {
      bad: 'FROM opensuse/leap:15\nRUN «zypper install» httpd=2.4\n',
      good: 'FROM opensuse/leap:15\nRUN zypper --non-interactive install httpd=2.4\n',
    },
  ],
  *check(_doc, context) {
    const verbs = [
      'install',
      'in',
      'remove',
      'rm',
      'source-install',
      'si',
      'patch',
      'update',
      'up',
      'dist-upgrade',
      'dup',
    ]
    for (const install of installsOf(context, { ...zypper, verbs })) {
      const { run, command, verb } = install
      if (hasOption(command, 'n', 'non-interactive', 'y', 'no-confirm')) continue
      yield {
        range: headRange(install, verb),
        message: t('`zypper {0}` waits for answers; add `--non-interactive`.', verb.text),
        fix: fixOf(
          t('Add `--non-interactive`'),
          insert(run.after(command.node.words[0]!), ' --non-interactive'),
        ),
      }
    }
  },
})
