import { t } from '../../../shared/l10n.ts'
import { staticText } from '../../shell/commands.ts'
import { defineRule } from '../define-rule.ts'
import { eachRun } from '../facts/each-run.ts'
import { shellNodes } from '../facts/shell-nodes.ts'

export default defineRule({
  id: 'shell-useless-cat',
  aliases: ['SC2002'],
  severity: 'hint',
  summary: '`cat` of one file into a pipe',
  why: 'The next command can read the file itself: `grep x file`, or `cmd < file`.',
  examples: [
    {
      bad: 'FROM debian:12\nRUN «cat a» | grep b\n',
      good: 'FROM debian:12\nRUN grep b a\nRUN cat a b | grep c\nRUN cat $X | d\n',
    },
  ],
  check: eachRun(function* (run) {
    for (const chains of shellNodes(run.script.script).lists)
      for (const { pipelines } of chains)
        for (const { commands } of pipelines) {
          const [first] = commands
          if (
            commands.length < 2 ||
            first?.kind !== 'simple' ||
            first.words.length !== 2 ||
            first.redirects.length > 0
          )
            continue
          const file = staticText(first.words[1]!)
          if (staticText(first.words[0]!) === 'cat' && file !== undefined && !/^-|[*?]/.test(file))
            yield { range: run.range(first), message: t('The next command can read `{0}` itself.', file) }
        }
  }),
})
