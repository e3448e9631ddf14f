import { t } from '../../../shared/l10n.ts'
import { defineRule } from '../define-rule.ts'
import { eachRun } from '../facts/each-run.ts'
import { shellNodes } from '../facts/shell-nodes.ts'
import { staticText } from '../../shell/commands.ts'

export default defineRule({
  id: 'shell-redirect-order',
  aliases: ['SC2069'],
  severity: 'warning',
  summary: '`2>&1 > file` in the wrong order',
  why: 'Redirections count from left to right: errors go where the output went before, to the screen. `> file 2>&1` sends both to the file.',
  examples: [
    {
      bad: 'FROM debian:12\nRUN a «2>&1 > b»\n',
      good: 'FROM debian:12\nRUN a > b 2>&1\nRUN a 2>&1 | b > c\n',
    },
  ],
  check: eachRun(function* (run) {
    for (const command of shellNodes(run.script.script).commands) {
      const [first, second] = command.redirects
      if (first?.descriptor !== '2' || first.operator !== '>&' || staticText(first.target) !== '1' || !second)
        continue
      if (
        (second.operator === '>' || second.operator === '>>') &&
        (second.descriptor === '' || second.descriptor === '1')
      )
        yield {
          range: run.range({ start: first.start, end: second.end }),
          message: t('Errors do not reach the file; put `2>&1` last.'),
        }
    }
  }),
})
