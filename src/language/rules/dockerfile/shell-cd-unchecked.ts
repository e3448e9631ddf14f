import { t } from '../../../shared/l10n.ts'
import { defineRule } from '../define-rule.ts'
import { eachRun } from '../facts/each-run.ts'
import { shellNodes } from '../facts/shell-nodes.ts'
import { fixOf, insert } from '../facts/edits.ts'
import type { Run } from '../facts/context.ts'
import { staticText } from '../../shell/commands.ts'

export default defineRule({
  id: 'shell-cd-unchecked',
  aliases: ['SC2164'],
  severity: 'information',
  fixable: 'safe',
  summary: '`cd` whose failure goes unnoticed',
  why: 'When the folder is not there, the commands below run in the wrong one.',
  examples: [
    { bad: 'FROM debian:12\nRUN «cd /a»; rm -rf b\n', good: 'FROM debian:12\nRUN cd /a || exit; rm -rf b\n' },
    {
      bad: 'FROM debian:12\nRUN <<EOF\n«cd /a»\nmake\nEOF\n',
      good: 'FROM debian:12\nRUN <<EOF\ncd /a || exit\nmake\nEOF\n',
    },
    {
      bad: 'FROM debian:12\nRUN true; «cd a»; b\n',
      good: 'FROM debian:12\nRUN true; cd a || exit; b\n',
    },
  ],
  check: eachRun(
    function* (run) {
      if (stopsAtErrors(run)) return
      for (const chains of shellNodes(run.script.script).lists)
        for (const chain of chains.slice(0, -1)) {
          const command = chain.pipelines.at(-1)?.commands[0]
          if (command?.kind !== 'simple' || !command.words[0] || staticText(command.words[0]) !== 'cd')
            continue
          if (
            chain.joins.includes('||') ||
            command.words[1]?.parts.some((part) => part.kind === 'literal' && part.value === '..')
          )
            continue
          const range = run.range(command)
          yield {
            range,
            message: t('When this `cd` fails, the rest runs in the wrong folder.'),
            fix: fixOf(t('Add `|| exit`'), insert(range.end, ' || exit')),
          }
        }
    },
    ({ shell }) => shell.words.join(' '),
  ),
})

function stopsAtErrors({ script, shell }: Run): boolean {
  return (
    shell.words.some((word) => /^-[a-z]*e/.test(word)) ||
    /^\S+.*\s-[a-z]*e/.test(script.shebang ?? '') ||
    script.commands.some(
      ({ name, args }) => name === 'set' && args.some(({ text }) => /^-[a-z]*e|^errexit$/.test(text)),
    )
  )
}
