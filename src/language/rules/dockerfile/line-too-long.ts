import { t } from '../../../shared/l10n.ts'
import { defineRule } from '../define-rule.ts'

const limit = 65_535

export default defineRule({
  id: 'line-too-long',
  aliases: [],
  severity: 'error',
  summary: 'Line of more than 65,535 bytes',
  why: "BuildKit's parser reads no longer lines; the build stops. Put the text into a file and copy it.",
  examples: [{ bad: `FROM scratch\n«ENV A=${'x'.repeat(70_000)}»\n`, good: 'FROM scratch\nENV A=x\n' }],
  *check(doc) {
    for (let line = 0; line < doc.lineStarts.length; line++) {
      const start = doc.lineStarts[line]!
      const next = doc.lineStarts[line + 1] ?? doc.text.length
      if (next - start <= limit / 3 || bytesOf(doc.text, start, next) <= limit) continue
      const end = start + doc.text.slice(start, next).trimEnd().length
      yield {
        range: { start, end },
        message: t('The line is too long: BuildKit reads no more than 65,535 bytes.'),
      }
    }
  },
})

function bytesOf(text: string, start: number, end: number): number {
  let bytes = 0
  for (let at = start; at < end; at++) {
    const code = text.charCodeAt(at)
    bytes += code < 0x80 ? 1 : code < 0x800 || (code >= 0xd800 && code < 0xe000) ? 2 : 3
  }
  return bytes
}
