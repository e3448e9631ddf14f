import { t } from '../../../shared/l10n.ts'
import { defineRule } from '../define-rule.ts'
import { exposed } from '../facts/exposed.ts'

export default defineRule({
  id: 'expose-ssh',
  aliases: [],
  severity: 'hint',
  summary: 'Port 22 exposed',
  why: 'An SSH server in a container needs keys, updates and watching. `docker exec` gives a shell without one.',
  examples: [
    {
      bad: 'FROM alpine:3\nEXPOSE 80 «22»\nEXPOSE «22/tcp»\n',
      good: 'FROM alpine:3\nEXPOSE 80 2222 22/udp\n',
    },
  ],
  *check(_doc, context) {
    for (const instruction of context.named('EXPOSE'))
      for (const { text, range } of exposed(instruction).ports)
        if (text === '22' || text === '22/tcp')
          yield { range, message: t('`docker exec` gives a shell without an SSH server.') }
  },
})
