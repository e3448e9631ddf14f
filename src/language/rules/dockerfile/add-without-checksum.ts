import { t } from '../../../shared/l10n.ts'
import { defineRule } from '../define-rule.ts'
import { copySources, unquote } from '../facts/copy.ts'

export default defineRule({
  id: 'add-without-checksum',
  aliases: [],
  severity: 'hint',
  summary: 'ADD of a download without a checksum',
  why: 'With `--checksum=sha256:…` the build notices when the file is another one than yesterday.',
  examples: [
    {
      bad: 'FROM alpine:3\nADD «https://example.com/a.tgz» /\n',
      good: 'FROM alpine:3\nADD --checksum=sha256:0123456789012345678901234567890123456789012345678901234567890123 https://example.com/a.tgz /\nADD https://github.com/a/b.git#v1 /b\n',
    },
  ],
  *check(_doc, context) {
    for (const instruction of context.named('ADD')) {
      if (instruction.flags.some(({ name }) => name === 'checksum')) continue
      for (const { text, range } of copySources(instruction))
        if (/^https?:\/\//i.test(unquote(text)) && !/\.git([#?]|$)/.test(unquote(text)))
          yield { range, message: t('Without `--checksum` nobody notices when the file changes.') }
    }
  },
})
