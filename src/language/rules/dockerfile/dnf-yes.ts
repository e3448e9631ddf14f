import { t } from '../../../shared/l10n.ts'
import { defineRule } from '../define-rule.ts'
import { hasOption, headRange } from '../facts/arguments.ts'
import { fixOf, insert } from '../facts/edits.ts'
import { dnf, installsOf } from '../facts/installs.ts'

export default defineRule({
  id: 'dnf-yes',
  aliases: ['DL3038'],
  severity: 'warning',
  fixable: 'safe',
  summary: '`dnf install` without `-y`',
  why: 'The command asks for a confirmation that nobody can give in a build, and stops.',
  examples: [
    {
      bad: 'FROM fedora:40\nRUN «dnf install» httpd-2.4\n',
      good: 'FROM fedora:40\nRUN dnf install -y httpd-2.4\n',
    },
  ],
  *check(_doc, context) {
    for (const install of installsOf(context, dnf)) {
      const { run, command, verb } = install
      if (hasOption(command, 'y', 'assumeyes', 'downloadonly')) continue
      yield {
        range: headRange(install, verb),
        message: t('`{0}` waits for a confirmation; add `-y`.', `${command.name} ${verb.text}`),
        fix: fixOf(t('Add `-y`'), insert(run.after(verb.word), ' -y')),
      }
    }
  },
})
