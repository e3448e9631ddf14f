import { t } from '../../../shared/l10n.ts'
import { defineRule } from '../define-rule.ts'
import { hasOption, headRange } from '../facts/arguments.ts'
import { fixOf, insert } from '../facts/edits.ts'
import { aptGetOnly, installsOf } from '../facts/installs.ts'

const configured = /APT::Install-Recommends["']?[\s=]+["']?(0|false|no)/i

export default defineRule({
  id: 'apt-no-recommends',
  aliases: ['DL3015'],
  severity: 'information',
  fixable: 'safe',
  summary: '`apt-get install` without `--no-install-recommends`',
  why: 'Recommended packages are seldom needed in an image and often double its size.',
  examples: [
    {
      bad: 'FROM debian:12\nRUN «apt-get install» -y curl\n',
      good: 'FROM debian:12\nRUN apt-get install --no-install-recommends -y curl\n',
    },
  ],
  *check(doc, context) {
    // A file of apt that says so counts for the whole Dockerfile.
    if (/Install-Recommends/i.test(doc.text) && configured.test(doc.text)) return
    for (const install of installsOf(context, aptGetOnly)) {
      const { run, command, verb } = install
      if (
        hasOption(command, 'no-install-recommends', 'install-recommends') ||
        command.args.some(({ text }) => configured.test(text))
      )
        continue
      yield {
        range: headRange(install, verb),
        message: t('Recommended packages are installed too; add `--no-install-recommends`.'),
        fix: fixOf(
          t('Add `--no-install-recommends`'),
          insert(run.after(verb.word), ' --no-install-recommends'),
        ),
      }
    }
  },
})
