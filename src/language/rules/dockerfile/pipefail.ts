import { t } from '../../../shared/l10n.ts'
import { defineRule } from '../define-rule.ts'
import type { Run } from '../facts/context.ts'
import { familyOf } from '../facts/distribution.ts'
import { fixOf, insertLineAbove } from '../facts/edits.ts'
import type { Shell } from '../facts/shells.ts'
import { shellNodes } from '../facts/shell-nodes.ts'
import type { Span } from '../../shell/syntax.ts'

export default defineRule({
  id: 'pipefail',
  aliases: ['DL4006'],
  severity: 'information',
  fixable: 'safe',
  summary: 'Pipe in a RUN without `pipefail`',
  why: 'The status of a pipe is that of its last command: `curl … | tar x` goes on when the download fails. `SHELL ["/bin/bash", "-o", "pipefail", "-c"]` (`/bin/ash` on Alpine) lets the RUN fail with any part.',
  examples: [
    {
      bad: 'FROM debian:12\nRUN curl -s x «|» sh\nRUN a «|» b\n',
      good: 'FROM debian:12\nSHELL ["/bin/bash", "-o", "pipefail", "-c"]\nRUN curl -s x | sh\nRUN a | b\n',
    },
    {
      bad: 'FROM alpine:3\nRUN a «|» b\n',
      good: 'FROM alpine:3\nSHELL ["/bin/ash", "-eo", "pipefail", "-c"]\nRUN a | b\n',
    },
    {
      bad: 'FROM x:1\nRUN a «|» b\n',
      good: 'FROM x:1\nRUN set -eo pipefail && a | b\nRUN a || b\n',
      fixed: false,
    },
  ],
  *check(doc, context) {
    const offered = new Set<number>()
    for (const run of context.runs) {
      const { instruction } = run
      const { shell } = run
      if (hasPipefail(shell) || setsPipefail(run)) continue
      const pipe = firstPipe(run)
      if (!pipe) continue
      const family = familyOf(doc, instruction)
      const line =
        family === 'alpine'
          ? 'SHELL ["/bin/ash", "-eo", "pipefail", "-c"]'
          : family === 'unknown'
            ? undefined
            : 'SHELL ["/bin/bash", "-o", "pipefail", "-c"]'
      const fix =
        line !== undefined &&
        !offered.has(instruction.stage) &&
        !shell.explicit &&
        !doc.instructions[instruction.index]!.trigger
      offered.add(instruction.stage)
      yield {
        range: run.range(pipe),
        message: t('Without `pipefail` a failure before this pipe goes unnoticed.'),
        ...(fix && { fix: fixOf(t('Set a SHELL with `pipefail`'), insertLineAbove(doc, instruction, line)) }),
      }
    }
  },
})

const hasPipefail = ({ name, words }: Shell): boolean =>
  ['bash', 'zsh', 'ash', 'ksh', 'busybox'].includes(name) &&
  words.some((word, index) => /(^|[\s,])pipefail\b/.test(word) && index > 0)

function setsPipefail({ script }: Run): boolean {
  return script.commands.some(
    ({ name, args }) => name === 'set' && args.some(({ text }) => text === 'pipefail'),
  )
}

function firstPipe({ script }: Run): Span | undefined {
  let found: Span | undefined
  for (const chains of shellNodes(script.script).lists)
    for (const chain of chains)
      for (const { pipes } of chain.pipelines)
        if (pipes[0] && (!found || pipes[0].start < found.start)) found = pipes[0]
  return found
}
