import { t } from '../../../shared/l10n.ts'
import { defineRule } from '../define-rule.ts'
import { exposed } from '../facts/exposed.ts'

export default defineRule({
  id: 'expose-port-range',
  aliases: ['DL3011'],
  severity: 'error',
  summary: 'Port of EXPOSE that is no port',
  why: 'Ports are numbers from 0 to 65535; a range goes from the lower to the higher one. The build stops at anything else.',
  examples: [
    {
      bad: 'FROM alpine:3\nEXPOSE «80000» «70-60/tcp» «http» «/tcp»\n',
      good: 'FROM alpine:3\nEXPOSE 80 90-95/udp $PORT ${A}-${B} 127.0.0.1:1:2\n',
    },
    {
      bad: 'FROM alpine:3\nEXPOSE 3000 «//» the page: 80/HTTP\nEXPOSE 22 «#ssh»\n',
      good: 'FROM alpine:3\n# the page\nEXPOSE 3000\n',
    },
  ],
  *check(_doc, context) {
    for (const instruction of context.named('EXPOSE')) {
      const { ports, comment } = exposed(instruction)
      for (const { text, range } of ports) {
        if (text.includes('$')) continue
        const port = text.split('/')[0]!.split(':').at(-1)!
        if (isPorts(port)) continue
        yield { range, message: t('`{0}` is no port: 0 to 65535, or a range such as `8000-8010`.', port) }
      }
      if (comment !== undefined)
        yield {
          range: comment.range,
          message: t('A comment needs a line of its own: here `{0}` is taken for a port.', comment.text),
        }
    }
  },
})

function isPorts(text: string): boolean {
  const parts = text.replace(/^["']|["']$/g, '').split('-')
  if (parts.length > 2 || !parts.every((part) => /^\+?\d+$/.test(part) && Number(part) <= 65535)) return false
  return parts.length === 1 || Number(parts[1]) >= Number(parts[0])
}
