import { t } from '../../../shared/l10n.ts'
import type { Instruction } from '../../dockerfile/model.ts'
import { defineRule } from '../define-rule.ts'
import { hasOption, nameRange, operands } from '../facts/arguments.ts'
import { copyDestination, unquote } from '../facts/copy.ts'
import { fixOf, insert, removeInstruction } from '../facts/edits.ts'

export default defineRule({
  id: 'chown-after-copy',
  aliases: [],
  severity: 'information',
  fixable: 'suggestion',
  summary: 'Owner of copied files changed by a RUN',
  why: 'The `chown` copies every file into a second layer. `COPY --chown=…` sets the owner at once.',
  examples: [
    {
      bad: 'FROM debian:12\nCOPY a /app\nRUN «chown» -R ann:ann /app\n',
      good: 'FROM debian:12\nCOPY --chown=ann:ann a /app\n',
    },
    {
      bad: 'FROM debian:12\nCOPY a /app/\nRUN x && «chown» -R ann /app\n',
      good: 'FROM debian:12\nCOPY a /app/\nRUN chown ann /app /other && chown -R ann /data\n',
      fixed: false,
    },
  ],
  *check(doc, context) {
    const copies = new Map<string, Instruction>()
    for (const instruction of context.all) {
      if (instruction.name === 'FROM') copies.clear()
      if (instruction.name === 'COPY' || instruction.name === 'ADD') {
        const destination = copyDestination(instruction)
        if (destination) copies.set(folder(unquote(destination.text)), instruction)
      }
      const run = instruction.name === 'RUN' ? context.runOf(instruction) : undefined
      for (const command of run?.script.commands ?? []) {
        if (command.name !== 'chown' || !hasOption(command, 'R', 'recursive')) continue
        const [owner, ...paths] = operands(command)
        const copy = paths.map(({ text }) => copies.get(folder(text))).find((found) => found !== undefined)
        if (!copy || !owner) continue
        const alone =
          run!.script.commands.length === 1 &&
          paths.length === 1 &&
          !copy.flags.some(({ name }) => name === 'chown')
        yield {
          range: nameRange({ run: run!, command }),
          message: t('This copies the files into a second layer; use `--chown` where they are copied.'),
          related: [{ range: copy.keywordRange, message: t('Copied here.') }],
          ...(alone &&
            owner.known && {
              suggestions: [
                fixOf(
                  t('Use `--chown`'),
                  insert(copy.keywordRange.end, ` --chown=${owner.text}`),
                  removeInstruction(doc, instruction),
                ),
              ],
            }),
        }
      }
    }
  },
})

const folder = (path: string): string => path.replace(/(.)\/+$/, '$1')
