import { t } from '../../../shared/l10n.ts'
import { defineRule } from '../define-rule.ts'
import { fixOf, replace } from '../facts/edits.ts'
import { flagsOf } from '../facts/flags.ts'
import { nearest } from '../facts/near.ts'

export default defineRule({
  id: 'unknown-flag',
  aliases: [],
  severity: 'error',
  fixable: 'suggestion',
  summary: 'Flag that the instruction does not have',
  why: 'The build stops.',
  examples: [
    { bad: 'FROM alpine:3\nCOPY --«form»=a b /c\n', good: 'FROM alpine:3\nCOPY --from=a b /c\n' },
    {
      bad: 'FROM alpine:3\nRUN --«foo» a\nWORKDIR --«x» /a\n',
      good: 'FROM alpine:3\nRUN --mount=type=cache,target=/a a\nARG --x\nRUN a --foo\n',
      fixed: false,
    },
  ],
  *check(_doc, context) {
    for (const { name, known, flags } of context.all) {
      const allowed = known ? flagsOf(name) : undefined
      if (!allowed) continue
      for (const flag of flags) {
        if (Object.hasOwn(allowed, flag.name)) continue
        const meant = nearest(flag.name, Object.keys(allowed))
        yield {
          range: flag.nameRange,
          message:
            meant === undefined
              ? t('`{0}` has no flag `--{1}`.', name, flag.name)
              : t('`{0}` has no flag `--{1}`. Is `--{2}` meant?', name, flag.name, meant),
          ...(meant !== undefined && {
            suggestions: [fixOf(t('Change to `--{0}`', meant), replace(flag.nameRange, meant))],
          }),
        }
      }
    }
  },
})
