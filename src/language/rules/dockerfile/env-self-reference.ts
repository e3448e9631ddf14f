import { t } from '../../../shared/l10n.ts'
import { defineRule } from '../define-rule.ts'
import { fixOf, replace } from '../facts/edits.ts'
import { lineBreakOf } from '../facts/edits.ts'

export default defineRule({
  id: 'env-self-reference',
  aliases: ['DL3044'],
  severity: 'warning',
  fixable: 'safe',
  summary: 'ENV uses a variable that the same ENV sets',
  why: 'All values of one `ENV` are replaced before any of its names is set, so the value from before is taken, mostly nothing. Two `ENV` do what is meant.',
  examples: [
    { bad: 'FROM alpine:3\nENV A=/x B=«$A»/y\n', good: 'FROM alpine:3\nENV A=/x\nENV B=$A/y\n' },
    {
      bad: 'FROM alpine:3\nENV A=/x \\\n    B="«${A}»/y"\n',
      good: 'FROM alpine:3\nENV A=/x\nENV B="${A}/y"\n',
    },
    {
      bad: 'FROM alpine:3\nENV A=«$B» B=1\n',
      good: 'FROM alpine:3\nARG C\nENV PATH=$PATH:/x C=1 D=$C\n',
      fixed: false,
    },
  ],
  *check(doc) {
    const known = new Set<string>()
    let stage = -1
    for (const instruction of doc.instructions) {
      if (instruction.stage !== stage) {
        stage = instruction.stage
        if (doc.stages[stage]?.baseStage === undefined) known.clear()
      }
      const { pairs } = instruction
      if (instruction.name === 'ARG') for (const { key } of pairs) known.add(key)
      if (instruction.name !== 'ENV') continue
      const places = new Map(pairs.map(({ key }, index) => [key, index]))
      // Pairs and variables are both in the order of the text.
      let user = 0
      for (const variable of instruction.variables) {
        const defined = places.get(variable.name)
        if (defined === undefined || known.has(variable.name)) continue
        while (user < pairs.length - 1 && pairs[user]!.range.end <= variable.range.start) user++
        const place = pairs[user]?.range
        if (
          user === defined ||
          !place ||
          variable.range.start < place.start ||
          place.end < variable.range.end
        )
          continue
        const before = pairs[user - 1]
        const split =
          user > defined && before && instruction.comments.length === 0 && places.size === pairs.length
        yield {
          range: variable.range,
          message: t(
            '`{0}` is set by the same `ENV`; here it still has its value from before.',
            variable.name,
          ),
          ...(split && {
            fix: fixOf(
              t('Split the `ENV` here'),
              replace(
                { start: before.range.end, end: pairs[user]!.range.start },
                `${lineBreakOf(doc)}${instruction.keyword} `,
              ),
            ),
          }),
        }
      }
      for (const { key } of pairs) known.add(key)
    }
  },
})
