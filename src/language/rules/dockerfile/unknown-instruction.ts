import { t } from '../../../shared/l10n.ts'
import { defineRule } from '../define-rule.ts'
import { fixOf, replace } from '../facts/edits.ts'
import { nearest } from '../facts/near.ts'
import { instructionNames } from '../../dockerfile/instruction.ts'

export default defineRule({
  id: 'unknown-instruction',
  aliases: ['DL1000'],
  severity: 'error',
  fixable: 'suggestion',
  summary: 'Keyword that BuildKit does not know',
  why: 'The build stops. Often a line above lacks its `\\` at the end, so that the shell code goes on without it.',
  examples: [
    { bad: 'FROM alpine:3\n«RUM» a\n', good: 'FROM alpine:3\nRUN a\n' },
    {
      bad: 'FROM alpine:3\n«frobnicate» a\n',
      good: 'FROM alpine:3\n{% if x %}\nRUN a\n{% endif %}\n<%= y %>\n',
      fixed: false,
    },
    {
      bad: 'FROM alpine:3\nRUN a &&\n«make» b\n',
      good: 'FROM alpine:3\nRUN a && \\\nmake b\n',
      fixed: false,
    },
  ],
  *check(_doc, context) {
    for (const { known, keyword, keywordRange } of context.all) {
      if (known || isTemplate(keyword)) continue
      const meant = nearest(keyword, instructionNames)
      yield {
        range: keywordRange,
        message:
          meant === undefined
            ? t('`{0}` is no instruction.', keyword)
            : t('`{0}` is no instruction. Is `{1}` meant?', keyword, meant),
        ...(meant !== undefined && {
          suggestions: [fixOf(t('Change to `{0}`', meant), replace(keywordRange, meant))],
        }),
      }
    }
  },
})

/** A line for a program that makes a Dockerfile of this file (`Dockerfile.j2`, `Dockerfile.tt`). */
const isTemplate = (keyword: string): boolean => /^(\{[{%#]|<%|%>)/.test(keyword)
