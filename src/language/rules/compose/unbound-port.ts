import { t } from '../../../shared/l10n.ts'
import { isHere, portsOf, servicesHere } from '../../compose/doc.ts'
import { placeOf } from '../../compose/project/problem.ts'
import { defineComposeRule } from './define-rule.ts'
import { quoted } from './edits.ts'

export default defineComposeRule({
  id: 'unbound-port',
  aliases: ['no-unbound-port-interfaces'],
  severity: 'off',
  fixable: 'suggestion',
  summary: 'A published port that is open on every interface of the host.',
  why:
    'A port without an address is open to the whole network, and Docker opens it past the rules of a firewall such as ' +
    'ufw. For development `127.0.0.1` is enough.',
  references: ['https://docs.docker.com/engine/network/port-publishing/'],
  examples: [
    {
      bad: 'services:\n  db:\n    image: postgres:16\n    ports:\n      - «"5432:5432"»\n',
      good: 'services:\n  db:\n    image: postgres:16\n    ports:\n      - "127.0.0.1:5432:5432"\n',
    },
  ],
  *check(doc) {
    for (const service of servicesHere(doc)) {
      const seen = new Set<unknown>()
      for (const port of portsOf(service)) {
        const { node } = port.origin
        if (port.hostIp !== '' || port.published === undefined || !isHere(doc, port.origin) || seen.has(node))
          continue
        seen.add(node)
        const range = placeOf(port.origin)
        const message = t('The port is open on every interface of the host.')
        if (node.kind !== 'scalar') {
          yield { range, message }
          continue
        }
        const edit = {
          range: { start: node.start, end: node.end },
          newText: quoted(`127.0.0.1:${node.text}`),
        }
        yield { range, message, suggestions: [{ title: t('Open it on this machine only'), edits: [edit] }] }
      }
    }
  },
})
