import { t } from '../../../shared/l10n.ts'
import { defineRule } from '../define-rule.ts'
import { fixOf, insert, replace } from '../facts/edits.ts'
import { lineBreakOf } from '../facts/edits.ts'
import { nearest } from '../facts/near.ts'
import { platformArguments } from '../facts/scopes.ts'

export default defineRule({
  id: 'undefined-arg-in-from',
  aliases: ['UndefinedArgInFrom'],
  severity: 'warning',
  fixable: 'suggestion',
  summary: 'FROM uses an ARG that is not declared before the first FROM',
  why: 'Only ARGs above the first FROM can be used in a FROM; any other name is replaced by nothing.',
  references: ['https://docs.docker.com/reference/dockerfile/#understand-how-arg-and-from-interact'],
  examples: [
    { bad: 'ARG VERSION=3\nFROM alpine:«$VERSON»\n', good: 'ARG VERSION=3\nFROM alpine:$VERSION\n' },
    { bad: 'FROM --platform=«${BUILDPLATFROM}» alpine\n', good: 'FROM --platform=${BUILDPLATFORM} alpine\n' },
    { bad: 'FROM alpine:«${TAG:-3}»\n', good: 'ARG TAG\nFROM alpine:${TAG:-3}\n' },
  ],
  *check(doc) {
    const declared = new Set([
      ...platformArguments,
      ...doc.preamble.flatMap((i) => (i.name === 'ARG' ? i.pairs.map(({ key }) => key) : [])),
    ])
    for (const { from } of doc.stages)
      for (const variable of from.variables) {
        if (declared.has(variable.name)) continue
        const meant = nearest(variable.name, declared)
        const declare = fixOf(
          t('Declare `ARG {0}` above the first FROM', variable.name),
          insert(doc.stages[0]!.from.range.start, `ARG ${variable.name}${lineBreakOf(doc)}`),
        )
        yield {
          range: variable.range,
          message:
            meant === undefined
              ? t('No `ARG {0}` is declared above the first FROM.', variable.name)
              : t('No `ARG {0}` is declared above the first FROM. Is `{1}` meant?', variable.name, meant),
          suggestions: [
            ...(meant === undefined
              ? []
              : [fixOf(t('Change to `{0}`', meant), replace(variable.nameRange, meant))]),
            declare,
          ],
        }
      }
  },
})
