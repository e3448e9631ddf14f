import { t } from '../../../shared/l10n.ts'
import { defineRule } from '../define-rule.ts'

export default defineRule({
  id: 'volume-empty',
  aliases: [],
  severity: 'error',
  summary: 'VOLUME with an empty path',
  why: 'The build stops.',
  examples: [{ bad: 'FROM alpine:3\nVOLUME ["/a", «""»]\n', good: 'FROM alpine:3\nVOLUME ["/a"]\n' }],
  *check(_doc, context) {
    for (const { words, json } of context.named('VOLUME'))
      if (json?.state === 'valid')
        for (const { text, range } of words)
          if (text.trim() === '') yield { range, message: t('The path of a volume cannot be empty.') }
  },
})
