import { t } from '../../../shared/l10n.ts'
import { defineRule } from '../define-rule.ts'
import { exposed } from '../facts/exposed.ts'

export default defineRule({
  id: 'expose-protocol',
  aliases: [],
  severity: 'error',
  summary: 'EXPOSE with another protocol than tcp, udp or sctp',
  why: 'The build stops.',
  examples: [
    {
      bad: 'FROM alpine:3\nEXPOSE 80/«http»\n',
      good: 'FROM alpine:3\nEXPOSE 80/tcp 53/UDP 1/sctp 2/$P 3/\n',
    },
  ],
  *check(_doc, context) {
    for (const instruction of context.named('EXPOSE'))
      for (const { text, range } of exposed(instruction).ports) {
        const slash = text.indexOf('/')
        const protocol = text.slice(slash + 1).replace(/["']$/, '')
        if (
          slash < 0 ||
          protocol.includes('$') ||
          text.slice(0, slash).includes('{') ||
          ['', 'tcp', 'udp', 'sctp'].includes(protocol.toLowerCase())
        )
          continue
        const start = range.start + slash + 1
        yield {
          range: { start, end: start + protocol.length },
          message: t('The protocol is `tcp`, `udp` or `sctp`.'),
        }
      }
  },
})
