import { t } from '../../../shared/l10n.ts'
import { defineRule } from '../define-rule.ts'
import { nameRange } from '../facts/arguments.ts'
import { fixOf, remove } from '../facts/edits.ts'

export default defineRule({
  id: 'no-sudo',
  aliases: ['DL3004'],
  severity: 'warning',
  fixable: 'suggestion',
  summary: '`sudo` in a build',
  why: 'A build runs as root, or as whom `USER` says. `sudo` handles signals and terminals in its own way; to change user for a command at run time, take `gosu` or `su-exec`.',
  examples: [
    { bad: 'FROM debian:12\nRUN «sudo» apt-get update\n', good: 'FROM debian:12\nRUN apt-get update\n' },
  ],
  *check(_doc, context) {
    for (const entry of context.commands('sudo')) {
      const { run, command } = entry
      const next = command.args[0]
      const range = nameRange(entry)
      yield {
        range,
        message: t('Use `USER` instead of `sudo`.'),
        ...(next &&
          !next.text.startsWith('-') && {
            suggestions: [
              fixOf(t('Remove `sudo`'), remove({ start: range.start, end: run.range(next.word).start })),
            ],
          }),
      }
    }
  },
})
