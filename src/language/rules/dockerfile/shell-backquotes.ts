import { t } from '../../../shared/l10n.ts'
import { defineRule } from '../define-rule.ts'
import { eachRun } from '../facts/each-run.ts'
import { fixOf, replace } from '../facts/edits.ts'
import { shellNodes } from '../facts/shell-nodes.ts'

export default defineRule({
  id: 'shell-backquotes',
  aliases: ['SC2006'],
  severity: 'hint',
  fixable: 'safe',
  summary: 'Backquotes instead of `$(…)`',
  why: '`$(…)` can be nested and needs no escapes; backquotes are easily taken for quotes.',
  examples: [
    { bad: 'FROM debian:12\nRUN a="«`b c`»"\n', good: 'FROM debian:12\nRUN a="$(b c)"\n' },
    { bad: 'FROM debian:12\nRUN a=«`b \\`c\\``»\n', good: 'FROM debian:12\nRUN a=$(b $(c))\n', fixed: false },
  ],
  check: eachRun(function* (run, doc) {
    let end = -1
    for (const { part } of shellNodes(run.script.script).parts) {
      if (part.kind !== 'command' || !part.backquoted || part.start < end) continue
      end = part.end
      const range = run.range(part)
      const text = doc.text.slice(range.start, range.end)
      const closed = text.length > 1 && text.endsWith('`')
      const plain = closed && !text.includes('\\') && doc.escape !== '`'
      yield {
        range,
        message: t('Write `$(…)` instead of backquotes.'),
        ...(plain && {
          fix: fixOf(
            t('Use `$(…)`'),
            replace({ start: range.start, end: range.start + 1 }, '$('),
            replace({ start: range.end - 1, end: range.end }, ')'),
          ),
        }),
      }
    }
  }),
})
