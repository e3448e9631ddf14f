import { t } from '../../../shared/l10n.ts'
import { defineRule } from '../define-rule.ts'
import { eachRun } from '../facts/each-run.ts'
import { fixOf, insert } from '../facts/edits.ts'
import { shellNodes } from '../facts/shell-nodes.ts'
import { roughText } from '../../shell/commands.ts'

export default defineRule({
  id: 'shell-test-spaces',
  aliases: ['SC1020', 'SC1035', 'SC2171'],
  severity: 'error',
  fixable: 'safe',
  summary: 'Missing space beside `[` or `]`',
  why: '`[` is a command and `]` its last argument: both need spaces around them.',
  examples: [
    {
      bad: 'FROM debian:12\nRUN if «[-f» a ]; then b; fi\n',
      good: 'FROM debian:12\nRUN if [ -f a ]; then b; fi\n',
    },
    {
      bad: 'FROM debian:12\nRUN [ -f «a]» && b\n',
      good: 'FROM debian:12\nRUN [ -f a ] && b\n',
    },
  ],
  check: eachRun(function* (run) {
    for (const { words } of shellNodes(run.script.script).simple) {
      const [first] = words
      const last = words.at(-1)
      if (!first || !last) continue
      const name = roughText(first)
      const range = run.range(first)
      if (/^\[[-!"$]/.test(name) && roughText(last) === ']')
        yield {
          range,
          message: t('A space is missing after `[`.'),
          fix: fixOf(t('Add the space'), insert(range.start + 1, ' ')),
        }
      if (
        name === '[' &&
        words.length > 1 &&
        roughText(last) !== ']' &&
        /[^[]\]$/.test(roughText(last)) &&
        !roughText(last).includes('[')
      ) {
        const place = run.range(last)
        yield {
          range: place,
          message: t('A space is missing before `]`.'),
          fix: fixOf(t('Add the space'), insert(place.end - 1, ' ')),
        }
      }
    }
  }),
})
