import { t } from '../../../shared/l10n.ts'
import type { Instruction } from '../../dockerfile/model.ts'
import { defineRule } from '../define-rule.ts'
import { fixOf, insert } from '../facts/edits.ts'
import { expand } from '../facts/expand.ts'
import { type Scope, walkScopes } from '../facts/scopes.ts'

export default defineRule({
  id: 'workdir-relative-path',
  aliases: ['WorkdirRelativePath', 'DL3000'],
  severity: 'warning',
  fixable: 'suggestion',
  summary: 'Relative WORKDIR before any absolute one',
  why: 'A relative path starts from the working directory of the base image, which may change with the next version of it.',
  examples: [
    {
      bad: 'FROM nginx\nWORKDIR «usr/share»\nWORKDIR html\n',
      good: 'FROM nginx\nWORKDIR /usr/share\nWORKDIR html\n',
    },
  ],
  *check(doc, context) {
    // An absolute path everywhere is the usual case, and needs no look at variables.
    if (context.named('WORKDIR').every(({ args }) => args.text.startsWith('/'))) return
    const found: { readonly instruction: Instruction; readonly scope: Scope | undefined }[] = []
    const stages = new Map<number, boolean>()
    const see = (instruction: Instruction, scope: Scope | undefined, base: number | undefined): void => {
      if (instruction.name !== 'WORKDIR' || instruction.args.text === '') return
      const { stage } = instruction
      const before = stages.get(stage) ?? (base !== undefined && stages.get(base) === true)
      if (!before) found.push({ instruction, scope })
      stages.set(stage, true)
    }
    for (const instruction of doc.preamble) see(instruction, undefined, undefined)
    const relative: Instruction[] = []
    // A variable that nothing defines is empty where the environment of the base is known.
    const pathOf = ({ args }: Instruction, scope: Scope): string | undefined => {
      const { text, unmatched } = expand(args.text, doc.escape, scope.get)
      return unmatched.length > 0 && !scope.complete ? undefined : text === '' ? '.' : text
    }
    walkScopes(doc, (instruction, scope, stage) => {
      if (!stages.has(stage.index) && stage.baseStage !== undefined && stages.get(stage.baseStage))
        stages.set(stage.index, true)
      const count = found.length
      see(instruction, scope, stage.baseStage)
      if (found.length > count && isRelative(pathOf(instruction, scope))) relative.push(instruction)
    })
    for (const { instruction, scope } of found)
      if (
        !scope &&
        !unquoted(instruction.args.text).startsWith('$') &&
        isRelative(unquoted(instruction.args.text))
      )
        relative.unshift(instruction)
    for (const { args } of relative)
      yield {
        range: args.range,
        message: t(
          'Without an absolute WORKDIR before it, `{0}` is relative to that of the base image.',
          args.text,
        ),
        ...(/^[\w.]/.test(args.text) && {
          suggestions: [fixOf(t('Make it absolute: `/{0}`', args.text), insert(args.range.start, '/'))],
        }),
      }
  },
})

const unquoted = (text: string): string => text.replace(/^["'](.*)["']$/, '$1')

/** A path of unknown start is given the benefit of the doubt. */
const isRelative = (path: string | undefined): boolean =>
  path !== undefined &&
  path !== '' &&
  !path.startsWith('/') &&
  !path.startsWith('\\') &&
  !/^[A-Za-z]:/.test(path)
