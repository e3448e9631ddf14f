import { t } from '../../../shared/l10n.ts'
import { defineRule } from '../define-rule.ts'
import { argumentRange, nameRange } from '../facts/arguments.ts'
import { fixOf, insertInstructionAbove, remove } from '../facts/edits.ts'

export default defineRule({
  id: 'cd-instead-of-workdir',
  aliases: ['DL3003'],
  severity: 'hint',
  fixable: 'suggestion',
  summary: '`cd` in a RUN',
  why: '`WORKDIR` holds for all that follows and says where one is; a `cd` ends with its RUN.',
  examples: [
    {
      bad: 'FROM alpine:3\nRUN «cd /opt» && make\n',
      good: 'FROM alpine:3\nWORKDIR /opt\nRUN make\n',
    },
  ],
  *check(doc, context) {
    for (const entry of context.commands('cd')) {
      const { run, command } = entry
      const target = command.args[0]
      const range = target ? run.range({ start: command.node.start, end: target.word.end }) : nameRange(entry)
      const chain = run.script.script.chains[0]
      const isFirst = chain?.joins[0] === '&&' && chain.pipelines[0]?.commands[0] === command.node
      const rest = isFirst ? chain.pipelines[1]!.start : undefined
      const plain =
        target?.known &&
        /^\/[\w./-]*$/.test(target.text) &&
        run.instruction.heredocs.length === 0 &&
        !doc.instructions[run.instruction.index]!.trigger
      yield {
        range,
        message: t('`WORKDIR` changes the folder for all that follows; `cd` only for this RUN.'),
        ...(rest !== undefined &&
          plain && {
            suggestions: [
              fixOf(
                t('Use `WORKDIR {0}`', target.text),
                insertInstructionAbove(doc, run.instruction, `WORKDIR ${target.text}`),
                remove({
                  start: range.start,
                  end: Math.max(
                    argumentRange(entry, target).end,
                    run.range({ start: rest, end: rest + 1 }).start,
                  ),
                }),
              ),
            ],
          }),
      }
    }
  },
})
