import { t } from '../../../shared/l10n.ts'
import { defineRule } from '../define-rule.ts'
import { fixOf, replace } from '../facts/edits.ts'

export default defineRule({
  id: 'shell-json-form',
  aliases: [],
  severity: 'error',
  fixable: 'safe',
  summary: 'SHELL that is no JSON array',
  why: '`SHELL` takes a JSON array and nothing else. The build stops otherwise.',
  examples: [
    { bad: 'FROM alpine:3\nSHELL «/bin/sh -c»\n', good: 'FROM alpine:3\nSHELL ["/bin/sh", "-c"]\n' },
    { bad: 'FROM alpine:3\nSHELL «["a"»\n', good: 'FROM alpine:3\nSHELL ["a"]\n', fixed: false },
  ],
  *check(_doc, context) {
    for (const { args, json } of context.named('SHELL')) {
      if (args.text === '' || json?.state === 'valid' || json?.state === 'notStrings') continue
      const words = /^[\w./ :-]+$/.test(args.text) ? args.text.split(/ +/) : undefined
      yield {
        range: args.range,
        message: t('`SHELL` takes a JSON array.'),
        ...(words && {
          fix: fixOf(
            t('Write as a JSON array'),
            replace(args.range, `[${words.map((word) => JSON.stringify(word)).join(', ')}]`),
          ),
        }),
      }
    }
  },
})
