import { t } from '../../../shared/l10n.ts'
import { defineRule } from '../define-rule.ts'
import { fixOf, insert, lineBreakOf } from '../facts/edits.ts'

export default defineRule({
  id: 'unterminated-heredoc',
  aliases: ['DL1000'],
  severity: 'error',
  fixable: 'suggestion',
  summary: 'Heredoc without its closing word',
  why: 'The closing word must stand on a line of its own, without indentation unless the heredoc begins with `<<-`. The build stops.',
  examples: [{ bad: 'FROM alpine:3\nRUN «<<EOF»\na\n', good: 'FROM alpine:3\nRUN <<EOF\na\nEOF\n' }],
  *check(doc) {
    const lineBreak = lineBreakOf(doc)
    for (const { code, range, subject } of doc.problems) {
      if (code === 'heredocQuote')
        yield { range, message: t('The quote in the opening word of the heredoc is not closed.') }
      if (code !== 'unterminatedHeredoc') continue
      const before = doc.text.endsWith('\n') || doc.text.endsWith('\r') ? '' : lineBreak
      yield {
        range,
        message: t('The heredoc is not closed: no line is `{0}`.', subject),
        suggestions: [
          fixOf(
            t('Add the closing word at the end'),
            insert(doc.text.length, `${before}${subject}${lineBreak}`),
          ),
        ],
      }
    }
  },
})
