import { t } from '../../../shared/l10n.ts'
import { staticText } from '../../shell/commands.ts'
import type { Command } from '../../shell/syntax.ts'
import { defineRule } from '../define-rule.ts'
import { eachRun } from '../facts/each-run.ts'
import { shellNodes } from '../facts/shell-nodes.ts'

const nameOf = (command: Command | undefined): string | undefined =>
  command?.kind === 'simple' && command.words[0] ? staticText(command.words[0]) : undefined

export default defineRule({
  id: 'pipe-to-shell',
  aliases: [],
  severity: 'hint',
  summary: 'Download run by a shell without a look',
  why: 'Whatever the server sends today runs as root, half of it when the connection breaks. Download, check the sum, then run; or use a package.',
  examples: [
    {
      bad: 'FROM debian:12\nRUN «curl -fsSL https://example.com/x | sh»\n',
      good: 'FROM debian:12\nADD --checksum=sha256:0123456789012345678901234567890123456789012345678901234567890123 https://example.com/x /x\nRUN sh /x && curl x | tar x\n',
    },
  ],
  check: eachRun(function* (run) {
    for (const chains of shellNodes(run.script.script).lists)
      for (const { pipelines } of chains)
        for (const pipeline of pipelines) {
          if (pipeline.commands.length < 2) continue
          const names = pipeline.commands.map(nameOf)
          const from = names.findIndex((name) => name === 'curl' || name === 'wget')
          if (
            from >= 0 &&
            names
              .slice(from + 1)
              .some((name) => /^(sh|bash|ash|dash|zsh|sudo|python3?|perl|node)$/.test(name ?? ''))
          )
            yield { range: run.range(pipeline), message: t('What is downloaded is run unseen.') }
        }
  }),
})
