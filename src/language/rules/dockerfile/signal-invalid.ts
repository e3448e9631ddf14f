import { t } from '../../../shared/l10n.ts'
import { defineRule } from '../define-rule.ts'
import { fixOf, replace } from '../facts/edits.ts'
import { nearest } from '../facts/near.ts'
import { isSignal, signals } from '../facts/signals.ts'

export default defineRule({
  id: 'signal-invalid',
  aliases: [],
  severity: 'error',
  fixable: 'suggestion',
  summary: 'STOPSIGNAL that is no signal',
  why: 'A signal is a number or a name, with or without `SIG`. The build stops otherwise.',
  examples: [
    { bad: 'FROM alpine:3\nSTOPSIGNAL «SIGQIUT»\n', good: 'FROM alpine:3\nSTOPSIGNAL SIGQUIT\n' },
    { bad: 'FROM alpine:3\nSTOPSIGNAL «["a"]»\n', good: 'FROM alpine:3\nSTOPSIGNAL 9\n', fixed: false },
  ],
  *check(_doc, context) {
    for (const { args } of context.named('STOPSIGNAL')) {
      const { text, range } = args
      if (text === '' || (/[$"']/.test(text) && !text.startsWith('[')) || isSignal(text)) continue
      const meant = nearest(
        text,
        signals.map((name) => `SIG${name}`),
      )
      yield {
        range,
        message: t('`{0}` is no signal.', text),
        ...(meant !== undefined && {
          suggestions: [fixOf(t('Change to `{0}`', meant), replace(range, meant))],
        }),
      }
    }
  },
})
