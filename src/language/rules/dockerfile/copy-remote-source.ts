import { t } from '../../../shared/l10n.ts'
import { defineRule } from '../define-rule.ts'
import { copySources } from '../facts/copy.ts'
import { fixOf, replace } from '../facts/edits.ts'

export default defineRule({
  id: 'copy-remote-source',
  aliases: [],
  severity: 'error',
  fixable: 'suggestion',
  summary: 'COPY of a URL or git repository',
  why: 'Only `ADD` downloads. The build stops.',
  examples: [
    {
      bad: 'FROM alpine:3\nCOPY «https://example.com/a» /a\n',
      good: 'FROM alpine:3\nADD https://example.com/a /a\n',
    },
  ],
  *check(_doc, context) {
    for (const instruction of context.named('COPY'))
      for (const { range, remote } of copySources(instruction))
        if (remote && !instruction.flags.some(({ name }) => name === 'from'))
          yield {
            range,
            message: t('`COPY` cannot download; use `ADD`.'),
            suggestions: [
              fixOf(
                t('Use `ADD`'),
                replace(instruction.keywordRange, instruction.keyword === 'copy' ? 'add' : 'ADD'),
              ),
            ],
          }
  },
})
