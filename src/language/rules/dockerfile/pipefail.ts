import { t } from '../../../shared/l10n.ts'
import type { TextEdit } from '../../../shared/text-range.ts'
import { defineRule } from '../define-rule.ts'
import type { Run } from '../facts/context.ts'
import { familyOf } from '../facts/distribution.ts'
import { fixOf, insertInstructionAbove } from '../facts/edits.ts'
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
      bad: 'FROM debian:12 AS a\n# Why it is run.\nRUN a «|» b\nFROM a\nRUN c «|» d\n',
      good: 'FROM debian:12 AS a\nSHELL ["/bin/bash", "-o", "pipefail", "-c"]\n# Why it is run.\nRUN a | b\nFROM a\nRUN c | d\n',
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
    const edits: (TextEdit | undefined)[] = []
    for (const run of context.runs) {
      const { instruction, shell } = run
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
      const { stage } = instruction
      const canFix = line !== undefined && !shell.explicit && !doc.instructions[instruction.index]!.trigger
      // One SHELL is enough for all that follows, also in the stages that build on this one.
      const base = doc.stages[stage]?.baseStage
      if (canFix)
        edits[stage] ??=
          (base === undefined ? undefined : edits[base]) ?? insertInstructionAbove(doc, instruction, line)
      const edit = canFix ? edits[stage] : undefined
      yield {
        range: run.range(pipe),
        message: t('Without `pipefail` a failure before this pipe goes unnoticed.'),
        ...(edit && { fix: fixOf(t('Set a SHELL with `pipefail`'), edit) }),
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
