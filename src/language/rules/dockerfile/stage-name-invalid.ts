import { t } from '../../../shared/l10n.ts'
import { defineRule } from '../define-rule.ts'

export default defineRule({
  id: 'stage-name-invalid',
  aliases: [],
  severity: 'error',
  summary: 'Name of a stage that is none',
  why: 'A name begins with a letter and goes on with letters, digits, `-`, `_` and `.`. The build stops otherwise.',
  examples: [
    {
      bad: 'FROM alpine:3 AS «1st»\nFROM alpine:3 AS «a/b»\n',
      good: 'FROM alpine:3 AS first\nFROM alpine:3 AS a-b_c.d\n',
    },
  ],
  *check(doc) {
    for (const { name, nameRange } of doc.stages)
      if (name !== undefined && nameRange && !/^[a-z][a-z0-9._-]*$/i.test(name))
        yield {
          range: nameRange,
          message: t(
            '`{0}` is no name for a stage: letters, digits, `-`, `_` and `.`, a letter first.',
            name,
          ),
        }
  },
})
