import { t } from '../../../shared/l10n.ts'
import { roughText, simpleCommands, staticText } from '../../shell/commands.ts'
import { defineRule } from '../define-rule.ts'
import { eachRun } from '../facts/each-run.ts'
import { shellNodes } from '../facts/shell-nodes.ts'
import type { Command } from '../../shell/syntax.ts'

export default defineRule({
  id: 'shell-list-files',
  aliases: ['SC2010', 'SC2012', 'SC2045'],
  severity: 'hint',
  summary: 'Output of `ls` read by another command',
  why: 'Names with spaces or line breaks are torn apart. `for f in *.txt` and `find` give the names as they are.',
  examples: [
    {
      bad: 'FROM debian:12\nRUN «ls | grep x»\nRUN for f in «$(ls /a)»; do b; done\n',
      good: 'FROM debian:12\nRUN find . -name "x*"\nRUN for f in /a/*; do b; done; ls /a\n',
    },
  ],
  check: eachRun(function* (run) {
    const nodes = shellNodes(run.script.script)
    for (const chains of nodes.lists)
      for (const { pipelines } of chains)
        for (const pipeline of pipelines) {
          const names = pipeline.commands.map(nameOf)
          const at = names.findIndex(
            (name, index) =>
              name === 'ls' && ['grep', 'xargs', 'awk', 'sed', 'egrep'].includes(names[index + 1] ?? ''),
          )
          if (at >= 0)
            yield {
              range: run.range({
                start: pipeline.commands[at]!.start,
                end: pipeline.commands[at + 1]!.end,
              }),
              message: t('Use a pattern or `find`; the output of `ls` is made for people.'),
            }
        }
    for (const command of nodes.commands)
      if (command.kind === 'for')
        for (const word of command.words ?? [])
          for (const part of word.parts)
            if (part.kind === 'command' && nameOf(simpleCommands(part.script)[0]) === 'ls')
              yield {
                range: run.range(word),
                message: t('Use a pattern: `for {0} in *`.', command.variable || roughText(word)),
              }
  }),
})

const nameOf = (command: Command | undefined): string | undefined =>
  command?.kind === 'simple' && command.words[0] ? staticText(command.words[0]) : undefined
