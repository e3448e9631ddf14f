import { t } from '../../../shared/l10n.ts'
import { defineRule } from '../define-rule.ts'
import { copySources } from '../facts/copy.ts'

export default defineRule({
  id: 'add-checksum-invalid',
  aliases: [],
  severity: 'error',
  summary: '`ADD --checksum` of a wrong form, or on the wrong source',
  why: 'A checksum belongs to one download: `sha256:` and 64 hexadecimal digits, or a git commit. The build stops otherwise.',
  examples: [
    {
      bad: 'FROM alpine:3\nADD --checksum=«sha256:12» https://a/b /c\nADD «--checksum=sha256:0123456789012345678901234567890123456789012345678901234567890123» d /e\n',
      good: 'FROM alpine:3\nADD --checksum=sha256:0123456789012345678901234567890123456789012345678901234567890123 https://a/b /c\nADD --checksum=$SUM https://a/b /c\n',
    },
  ],
  *check(_doc, context) {
    for (const instruction of context.named('ADD')) {
      const flag = instruction.flags.find(({ name }) => name === 'checksum')
      if (!flag?.valueRange || flag.value === undefined) continue
      const sources = copySources(instruction)
      const [first] = sources
      if (
        !flag.value.includes('$') &&
        !/^(sha256:[0-9a-f]{64}|sha384:[0-9a-f]{96}|sha512:[0-9a-f]{128}|[0-9a-f]{7,40})$/i.test(flag.value)
      )
        yield { range: flag.valueRange, message: t('A checksum is `sha256:` and 64 hexadecimal digits.') }
      else if (sources.length > 1)
        yield { range: flag.range, message: t('A checksum goes with one source only.') }
      else if (first && !first.remote && !first.text.includes('$'))
        yield { range: flag.range, message: t('A checksum goes with a download, not with a local file.') }
    }
  },
})
