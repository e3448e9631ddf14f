import { t } from '../../../shared/l10n.ts'
import { defineRule } from '../define-rule.ts'
import { hasArgument, hasOption, headRange, optionsOf } from '../facts/arguments.ts'
import { fixOf, insert } from '../facts/edits.ts'
import { aptGetOnly, installsOf } from '../facts/installs.ts'

export default defineRule({
  id: 'apt-get-yes',
  aliases: ['DL3014'],
  severity: 'warning',
  fixable: 'safe',
  summary: '`apt-get install` without `-y`',
  why: 'The command asks for a confirmation that nobody can give in a build, and stops.',
  examples: [
    {
      bad: 'FROM debian:12\nRUN «apt-get install» curl\n',
      good: 'FROM debian:12\nRUN apt-get install -y curl\n',
    },
    {
      bad: 'FROM debian:12\nRUN «apt-get -q install» curl\n',
      good: 'FROM debian:12\nRUN apt-get -q install -y curl\n',
    },
  ],
  *check(_doc, context) {
    for (const install of installsOf(context, aptGetOnly)) {
      const { run, command, verb } = install
      const quiet = optionsOf(command).filter(({ name }) => name === 'q' || name === 'quiet')
      if (hasOption(command, 'y', 'yes', 'assume-yes', 'force-yes', 's', 'simulate', 'd', 'download-only'))
        continue
      if (quiet.length > 1 || quiet.some(({ value }) => value === '2') || hasArgument(command, '-q=2'))
        continue
      yield {
        range: headRange(install, verb),
        message: t('`{0} install` waits for a confirmation; add `-y`.', command.name),
        fix: fixOf(t('Add `-y`'), insert(run.after(verb.word), ' -y')),
      }
    }
  },
})
