import { t } from '../../../shared/l10n.ts'
import { defineRule } from '../define-rule.ts'
import { lineAt } from '../../dockerfile/lines.ts'
import { fixOf, remove } from '../facts/edits.ts'
import { ignoreComment } from '../pragmas.ts'

export default defineRule({
  id: 'ignore-comment',
  aliases: ['DL1001'],
  severity: 'off',
  fixable: 'safe',
  summary: 'Comment that turns a rule off',
  why: 'For those who want every exception agreed on in the configuration instead.',
  examples: [
    { bad: '«# hadolint ignore=DL3006»\nFROM debian\n', good: 'FROM debian\n' },
    { bad: 'FROM debian\n«# quayside ignore=no-sudo»\nRUN sudo a\n', good: 'FROM debian\nRUN sudo a\n' },
  ],
  *check(doc) {
    for (const { text, range } of doc.comments) {
      if (!ignoreComment(text)) continue
      const line = lineAt(doc.lineStarts, range.start)
      yield {
        range,
        message: t('This comment turns a rule off.'),
        fix: fixOf(
          t('Remove the comment'),
          remove({ start: doc.lineStarts[line]!, end: doc.lineStarts[line + 1] ?? range.end }),
        ),
      }
    }
  },
})
