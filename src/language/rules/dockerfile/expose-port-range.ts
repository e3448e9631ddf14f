import { t } from '../../../shared/l10n.ts'
import { defineRule } from '../define-rule.ts'

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
  ],
  *check(_doc, context) {
    for (const instruction of context.named('EXPOSE'))
      for (const { text, range } of instruction.words) {
        if (text.includes('$')) continue
        const port = text.split('/')[0]!.split(':').at(-1)!
        if (isPorts(port)) continue
        yield { range, message: t('`{0}` is no port: 0 to 65535, or a range such as `8000-8010`.', port) }
      }
  },
})

function isPorts(text: string): boolean {
  const parts = text.replace(/^["']|["']$/g, '').split('-')
  if (parts.length > 2 || !parts.every((part) => /^\+?\d+$/.test(part) && Number(part) <= 65535)) return false
  return parts.length === 1 || Number(parts[1]) >= Number(parts[0])
}
