import { t } from '../../../shared/l10n.ts'
import { defineRule } from '../define-rule.ts'
import { fixOf, replace } from '../facts/edits.ts'
import { exposed } from '../facts/exposed.ts'

export default defineRule({
  id: 'expose-proto-casing',
  aliases: ['ExposeProtoCasing'],
  severity: 'warning',
  fixable: 'safe',
  summary: 'Protocol of EXPOSE in capitals',
  why: 'Protocols are written in lower case everywhere else.',
  examples: [
    {
      bad: 'FROM alpine\nEXPOSE «80/TCP» 53/udp «54/Udp»\n',
      good: 'FROM alpine\nEXPOSE 80/tcp 53/udp 54/udp\n',
    },
  ],
  *check(_doc, context) {
    for (const instruction of context.named('EXPOSE'))
      for (const { text, range } of exposed(instruction).ports) {
        const slash = text.lastIndexOf('/')
        const protocol = text.slice(slash + 1)
        if (slash < 0 || protocol.includes('$') || protocol === protocol.toLowerCase()) continue
        const lower = text.slice(0, slash + 1) + protocol.toLowerCase()
        yield {
          range,
          message: t('The protocol `{0}` should be in lower case.', protocol),
          fix: fixOf(t('Write `{0}`', lower), replace(range, lower)),
        }
      }
  },
})
