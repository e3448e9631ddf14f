import { t } from '../../../shared/l10n.ts'
import { defineRule } from '../define-rule.ts'
import { archive } from '../facts/archives.ts'
import { copySources, unquote } from '../facts/copy.ts'
import { fixOf, replace } from '../facts/edits.ts'

export default defineRule({
  id: 'copy-instead-of-add',
  aliases: ['DL3020'],
  severity: 'warning',
  fixable: 'safe',
  summary: 'ADD of plain local files',
  why: '`ADD` also unpacks archives and downloads. Where none of that is wanted, `COPY` says so and cannot surprise.',
  examples: [
    { bad: 'FROM alpine:3\n«ADD» a b /c/\n', good: 'FROM alpine:3\nCOPY a b /c/\n' },
    {
      bad: 'FROM alpine:3\n«ADD» --chown=1 src /src\n',
      good: 'FROM alpine:3\nCOPY --chown=1 src /src\n',
    },
    {
      bad: 'FROM alpine:3\n«ADD» --unpack=false a /c\n',
      good: 'FROM alpine:3\nADD https://a/b.c /\nADD x.tar.gz /\nADD git@github.com:a/b.git /\nADD $FILE /\n',
      fixed: false,
    },
  ],
  *check(_doc, context) {
    for (const instruction of context.named('ADD')) {
      const sources = copySources(instruction)
      if (
        sources.length === 0 ||
        sources.some(
          ({ text, remote }) =>
            remote || archive.test(unquote(text)) || /\.git([#?]|$)/.test(text) || text.includes('$'),
        )
      )
        continue
      const special = instruction.flags.some(
        ({ name }) => !['chown', 'chmod', 'link', 'exclude'].includes(name),
      )
      const keyword = instruction.keyword === 'add' ? 'copy' : 'COPY'
      yield {
        range: instruction.keywordRange,
        message: t('`COPY` is enough for local files.'),
        ...(!special && { fix: fixOf(t('Use `COPY`'), replace(instruction.keywordRange, keyword)) }),
      }
    }
  },
})
