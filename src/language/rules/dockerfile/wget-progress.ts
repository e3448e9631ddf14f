import { t } from '../../../shared/l10n.ts'
import { defineRule } from '../define-rule.ts'
import { hasArgument, hasOption, nameRange } from '../facts/arguments.ts'
import { fixOf, insert } from '../facts/edits.ts'
import { familyOf } from '../facts/distribution.ts'

export default defineRule({
  id: 'wget-progress',
  aliases: ['DL3047'],
  severity: 'information',
  fixable: 'safe',
  summary: '`wget` without an option about its progress',
  why: 'The progress bar of a large download fills the build log with thousands of lines.',
  examples: [
    {
      bad: 'FROM debian:12\nRUN «wget» https://example.com/a\n',
      good: 'FROM debian:12\nRUN wget --progress=dot:giga https://example.com/a\n',
    },
    { bad: 'FROM alpine:3\nRUN «wget» -O- x\n', good: 'FROM alpine:3\nRUN wget -q -O- x\n' },
  ],
  *check(doc, context) {
    for (const entry of context.commands('wget')) {
      const { command, run } = entry
      if (
        hasOption(
          command,
          'progress',
          'q',
          'quiet',
          'o',
          'output-file',
          'a',
          'append-output',
          'no-verbose',
          'help',
          'version',
          'V',
        )
      )
        continue
      if (hasArgument(command, '-nv')) continue
      // The wget of busybox knows no `--progress`.
      const option = familyOf(doc, run.instruction) === 'alpine' ? '-q' : '--progress=dot:giga'
      yield {
        range: nameRange(entry),
        message: t('The progress bar of `wget` fills the build log.'),
        fix: fixOf(t('Add `{0}`', option), insert(run.after(command.node.words[0]!), ` ${option}`)),
      }
    }
  },
})
