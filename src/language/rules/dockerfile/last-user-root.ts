import { t } from '../../../shared/l10n.ts'
import type { DockerfileDoc, Instruction } from '../../dockerfile/model.ts'
import { defineRule } from '../define-rule.ts'
import { unquote } from '../facts/copy.ts'
import { fixOf, insertLineBelow } from '../facts/edits.ts'
import type { Fix } from '../rule.ts'

export default defineRule({
  id: 'last-user-root',
  aliases: ['DL3002'],
  severity: 'warning',
  fixable: 'suggestion',
  summary: 'Last USER of a stage is root',
  why: 'The container then runs as root: whoever breaks out of the program owns all that the container can reach. Go back to another user after the steps that need root.',
  examples: [
    {
      bad: 'FROM node:20\nUSER node\nUSER «root»\n',
      good: 'FROM node:20\nUSER node\nUSER root\nUSER node\nFROM debian:12 AS tools\nRUN make\nFROM debian:12\nCOPY --from=tools /a /a\n',
    },
    {
      bad: 'FROM alpine:3\nUSER «0»\nRUN a\nCMD ["b"]\n',
      good: 'FROM alpine:3\nUSER 0\nRUN a\nUSER nobody\nCMD ["b"]\n',
    },
  ],
  *check(doc) {
    const last = new Map<number, Instruction>()
    for (const instruction of doc.instructions)
      if (instruction.name === 'USER') last.set(instruction.stage, instruction)
    for (const user of last.values()) {
      if (!isRoot(user)) continue
      const change = changeBack(doc, user)
      yield {
        range: user.args.range,
        message: t('The container runs as root: this is the last `USER` of the stage.'),
        ...(change && { suggestions: [change] }),
      }
    }
  },
})

const isRoot = ({ args }: Instruction): boolean => /^(root|0)(:.*)?$/.test(unquote(args.text))

/** Behind what may need root: the user that the stage had before, else one that nearly all images have. */
function changeBack(doc: DockerfileDoc, user: Instruction): Fix | undefined {
  let name = 'nobody'
  let last = user
  for (const instruction of doc.stages[user.stage]?.instructions ?? []) {
    if (instruction.name === 'USER' && instruction.index < user.index && !isRoot(instruction))
      name = instruction.args.text
    if (instruction.index > user.index && ['RUN', 'COPY', 'ADD', 'WORKDIR'].includes(instruction.name))
      last = instruction
  }
  return user.stage < 0 || /\s/.test(name)
    ? undefined
    : fixOf(t('Add `USER {0}`', name), insertLineBelow(doc, last, `USER ${name}`))
}
