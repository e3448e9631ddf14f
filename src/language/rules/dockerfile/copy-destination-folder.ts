import { t } from '../../../shared/l10n.ts'
import { defineRule } from '../define-rule.ts'
import { copyDestination, sourceCount, unquote } from '../facts/copy.ts'
import { fixOf, insert } from '../facts/edits.ts'

export default defineRule({
  id: 'copy-destination-folder',
  aliases: ['DL3021'],
  severity: 'warning',
  fixable: 'safe',
  summary: 'Several sources copied to a destination that does not end with `/`',
  why: 'Several files need a folder, and only a final slash says that the destination is one. The classic builder stops otherwise; BuildKit makes a folder of that name.',
  examples: [
    { bad: 'FROM alpine:3\nCOPY a b «c»\n', good: 'FROM alpine:3\nCOPY a b c/\n' },
    { bad: 'FROM alpine:3\nADD ["a", "b", «"/c d"»]\n', good: 'FROM alpine:3\nADD ["a", "b", "/c d/"]\n' },
  ],
  *check(doc, context) {
    for (const instruction of context.named('COPY', 'ADD')) {
      const destination = copyDestination(instruction)
      if (!destination || sourceCount(instruction) < 2) continue
      const text = unquote(destination.text)
      if (/[/\\]$|^\.{1,2}$|[/\\]\.$|\$[\w{}:-]*$/.test(text)) continue
      const { range } = destination
      const end = /["']/.test(doc.text[range.end - 1] ?? '') ? range.end - 1 : range.end
      yield {
        range,
        message: t('Several sources need a folder as destination; end `{0}` with `/`.', text),
        fix: fixOf(t('Add the `/`'), insert(end, '/')),
      }
    }
  },
})
