import { t } from '../../../shared/l10n.ts'
import { defineRule } from '../define-rule.ts'
import { fixOf, insert } from '../facts/edits.ts'
import { parseDuration } from '../facts/duration.ts'
import type { Flag } from '../../dockerfile/model.ts'
import type { Report } from '../rule.ts'

export default defineRule({
  id: 'healthcheck-invalid',
  aliases: [],
  severity: 'error',
  fixable: 'suggestion',
  summary: 'HEALTHCHECK that the build refuses',
  why: 'A health check is `CMD` and a command, or `NONE` alone. Durations have a unit (`30s`, `1m30s`) and are at least 1 ms; `--retries` is a number from 0.',
  references: ['https://docs.docker.com/reference/dockerfile/#healthcheck'],
  examples: [
    {
      bad: 'FROM alpine:3\nHEALTHCHECK --interval=«30» CMD a\n',
      good: 'FROM alpine:3\nHEALTHCHECK --interval=30s CMD a\n',
    },
    {
      bad: 'FROM alpine:3\nHEALTHCHECK «curl» localhost\n',
      good: 'FROM alpine:3\nHEALTHCHECK CMD curl localhost\n',
    },
    {
      bad: 'FROM alpine:3\nHEALTHCHECK --timeout=«x» --retries=«-1» «CMD»\nHEALTHCHECK NONE «x»\nHEALTHCHECK --interval=«0.5ms» CMD a\n',
      good: 'FROM alpine:3\nHEALTHCHECK --interval=0s --retries=0 --timeout=1m30s --start-period= cmd a\nHEALTHCHECK none\n',
      fixed: false,
    },
  ],
  *check(_doc, context) {
    for (const { words, command, flags, args, keywordRange } of context.named('HEALTHCHECK')) {
      for (const flag of flags) yield* checkFlag(flag)
      const [type] = words
      if (!type) {
        if (args.text === '')
          yield { range: keywordRange, message: t('`HEALTHCHECK` needs `CMD` and a command, or `NONE`.') }
        continue
      }
      const word = type.text.toUpperCase()
      if (word === 'CMD') {
        if (!command) yield { range: type.range, message: t('The command is missing.') }
      } else if (word === 'NONE') {
        if (command) yield { range: command.range, message: t('`NONE` takes no arguments.') }
      } else
        yield {
          range: type.range,
          message: t('`CMD` or `NONE` must come first.'),
          suggestions: [fixOf(t('Add `CMD`'), insert(type.range.start, 'CMD '))],
        }
    }
  },
})

const durations = ['interval', 'timeout', 'start-period', 'start-interval']

function* checkFlag({ name, value, valueRange }: Flag): Generator<Report> {
  if (value === undefined || !valueRange) return
  if (name === 'retries') {
    if (!/^\+?\d+$/.test(value))
      yield { range: valueRange, message: t('`--retries` is a whole number from 0.') }
    return
  }
  // Without a value the standard one counts.
  if (!durations.includes(name) || value === '') return
  const duration = parseDuration(value)
  if ('fault' in duration)
    yield duration.fault === 'missingUnit'
      ? {
          range: valueRange,
          message: t('The duration needs a unit, such as `s` or `m`.'),
          ...(/^\d+$/.test(value) && {
            suggestions: [fixOf(t('Write `{0}s`', value), insert(valueRange.end, 's'))],
          }),
        }
      : { range: valueRange, message: t('`{0}` is no duration; write `30s` or `1m30s`.', value) }
  else if (duration.milliseconds !== 0 && duration.milliseconds < 1)
    yield { range: valueRange, message: t('The duration must be at least 1 ms.') }
}
