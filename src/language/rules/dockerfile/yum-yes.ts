import { t } from '../../../shared/l10n.ts'
import { defineRule } from '../define-rule.ts'
import { hasOption, headRange } from '../facts/arguments.ts'
import { fixOf, insert } from '../facts/edits.ts'
import { yum, installsOf } from '../facts/installs.ts'

export default defineRule({
  id: 'yum-yes',
  aliases: ['DL3030'],
  severity: 'warning',
  fixable: 'safe',
  summary: '`yum install` without `-y`',
  why: 'The command asks for a confirmation that nobody can give in a build, and stops.',
  examples: [
    {
      bad: 'FROM centos:7\nRUN «yum install» httpd-2.4\n',
      good: 'FROM centos:7\nRUN yum install -y httpd-2.4\n',
    },
  ],
  *check(_doc, context) {
    for (const install of installsOf(context, yum)) {
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
