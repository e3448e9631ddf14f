import { t } from '../../../shared/l10n.ts'
import type { Instruction } from '../../dockerfile/model.ts'
import { defineRule } from '../define-rule.ts'
import { fixOf, removeInstruction } from '../facts/edits.ts'

const hadolint = { HEALTHCHECK: 'DL3012', CMD: 'DL4003', ENTRYPOINT: 'DL4004' } as const

export default defineRule({
  id: 'multiple-instructions-disallowed',
  aliases: ['MultipleInstructionsDisallowed', 'DL3012', 'DL4003', 'DL4004'],
  aliasesDiffer: true,
  severity: 'warning',
  fixable: 'safe',
  summary: 'CMD, ENTRYPOINT or HEALTHCHECK more than once in a stage',
  why: 'Only the last one of a stage has an effect.',
  examples: [
    { bad: 'FROM alpine\n«CMD» ["a"]\nRUN b\nCMD ["c"]\n', good: 'FROM alpine\nRUN b\nCMD ["c"]\n' },
    {
      bad: 'FROM alpine\n«HEALTHCHECK» NONE\nENTRYPOINT ["a"]\nHEALTHCHECK CMD b\n',
      good: 'FROM alpine\nENTRYPOINT ["a"]\nHEALTHCHECK CMD b\n',
    },
  ],
  *check(doc) {
    const last = new Map<string, Instruction>()
    const overridden: [Instruction, Instruction][] = []
    for (const instruction of doc.instructions) {
      const { name, stage } = instruction
      if (!Object.hasOwn(hadolint, name)) continue
      const before = last.get(`${stage} ${name}`)
      if (before) overridden.push([before, instruction])
      last.set(`${stage} ${name}`, instruction)
    }
    for (const [instruction, later] of overridden)
      yield {
        range: instruction.keywordRange,
        aliases: ['MultipleInstructionsDisallowed', hadolint[instruction.name as keyof typeof hadolint]],
        message: t('This `{0}` has no effect: a later one in the same stage replaces it.', instruction.name),
        tag: 'unnecessary',
        related: [{ range: later.keywordRange, message: t('The one that counts.') }],
        fix: fixOf(t('Remove this `{0}`', instruction.name), removeInstruction(doc, instruction)),
      }
  },
})
