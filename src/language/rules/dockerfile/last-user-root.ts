import { t } from '../../../shared/l10n.ts'
import type { Instruction } from '../../dockerfile/model.ts'
import { defineRule } from '../define-rule.ts'
import { unquote } from '../facts/copy.ts'

export default defineRule({
  id: 'last-user-root',
  aliases: ['DL3002'],
  severity: 'warning',
  summary: 'Last USER of a stage is root',
  why: 'The container then runs as root: whoever breaks out of the program owns all that the container can reach. Go back to another user after the steps that need root.',
  examples: [
    {
      bad: 'FROM node:20\nUSER node\nUSER «root»\n',
      good: 'FROM node:20\nUSER root\nRUN apt-get update\nUSER node\nFROM debian:12 AS tools\nRUN make\nFROM debian:12\nCOPY --from=tools /a /a\n',
    },
  ],
  *check(doc) {
    const last = new Map<number, Instruction>()
    for (const instruction of doc.instructions)
      if (instruction.name === 'USER') last.set(instruction.stage, instruction)
    for (const { args } of last.values())
      if (/^(root|0)(:.*)?$/.test(unquote(args.text)))
        yield {
          range: args.range,
          message: t('The container runs as root: this is the last `USER` of the stage.'),
        }
  },
})
