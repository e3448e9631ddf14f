import { t } from '../../../shared/l10n.ts'
import type { Instruction } from '../../dockerfile/model.ts'
import { leavesState } from '../../shell/state.ts'
import { defineRule } from '../define-rule.ts'
import { fixOf, lineBreakOf, replace } from '../facts/edits.ts'

/** Commands of a RUN; who joins more of them will have chosen where to end it (hadolint's number). */
const longestShort = 2

export default defineRule({
  id: 'consecutive-runs',
  aliases: ['DL3059'],
  severity: 'hint',
  fixable: 'suggestion',
  summary: 'Short RUNs in a row that could be one',
  why: 'Each RUN is a layer. One RUN is smaller when a later command removes what an earlier one wrote; several are better while they let the cache keep what did not change.',
  examples: [
    { bad: 'FROM alpine:3\nRUN a\n«RUN» b\n', good: 'FROM alpine:3\nRUN a \\\n    && b\n' },
    {
      bad: 'FROM alpine:3\nRUN cd a\n«RUN» b\n',
      good: 'FROM alpine:3\nSHELL ["pwsh", "-c"]\nRUN a\nRUN b\n',
      fixed: false,
    },
    {
      bad: 'FROM alpine:3\nRUN a\n# why\n«RUN» b\n',
      good: 'FROM alpine:3\nRUN a && b && c\nRUN d\nRUN --mount=type=cache,target=/x e\nWORKDIR /\nRUN f\n',
      fixed: false,
    },
  ],
  *check(doc, context) {
    let last:
      | { readonly instruction: Instruction; readonly flags: string; readonly count: number }
      | undefined
    for (const instruction of doc.instructions) {
      // What a RUN of PowerShell does cannot be counted, nor joined with `&&`.
      if (instruction.name !== 'RUN' || !context.shellAt(instruction).posix) {
        last = undefined
        continue
      }
      const flags = instruction.flags.map(({ range }) => doc.text.slice(range.start, range.end)).join(' ')
      const count = context.runOf(instruction)?.script.commands.length ?? 1
      if (!last || last.flags !== flags || Math.max(last.count, count) > longestShort) {
        last = { instruction, flags, count }
        continue
      }
      const between = doc.text.slice(last.instruction.fullRange.end, instruction.range.start)
      const plain =
        [last.instruction, instruction].every(
          (run) =>
            run.heredocs.length === 0 &&
            run.command?.form === 'shell' &&
            !/[;#]|[&|]$/.test(run.command.text),
        ) &&
        /^\s*$/.test(between) &&
        context.runOf(last.instruction)?.script.commands.some(leavesState) === false
      yield {
        range: instruction.keywordRange,
        message: t('This `RUN` could be part of the one above.'),
        ...(plain && {
          suggestions: [
            fixOf(
              t('Join with the RUN above'),
              replace(
                { start: last.instruction.range.end, end: instruction.command!.range.start },
                ` ${doc.escape}${lineBreakOf(doc)}    && `,
              ),
            ),
          ],
        }),
      }
      last = { ...last, instruction }
    }
  },
})
