import { t } from '../../../shared/l10n.ts'
import { isHere, servicesHere, valueIn } from '../../compose/doc.ts'
import { placeOf } from '../../compose/project/problem.ts'
import { get, stringOf } from '../../compose/project/value.ts'
import { defineComposeRule } from './define-rule.ts'

export default defineComposeRule({
  id: 'docker-socket',
  aliases: [],
  severity: 'hint',
  summary: 'The socket of the engine is mounted into a container.',
  why:
    'Whoever can write to the socket is root on the host, and `:ro` does not change that. A proxy that lets only some ' +
    'calls through is safer, where the program allows it.',
  references: ['https://docs.docker.com/engine/security/protect-access/'],
  examples: [
    {
      bad: 'services:\n  a:\n    image: a:1\n    volumes:\n      - «/var/run/docker.sock:/var/run/docker.sock:ro»\n',
      good: 'services:\n  a:\n    image: a:1\n    volumes:\n      - ./docker.sock.txt:/x\n',
    },
  ],
  *check(doc) {
    for (const service of servicesHere(doc)) {
      const volumes = valueIn(service, 'volumes')
      for (const mount of volumes?.kind === 'list' ? volumes.items : []) {
        const source = stringOf(get(mount, 'source')) ?? ''
        if (!/(?:^|\/)(?:docker|podman)\.sock$/.test(source) || !isHere(doc, mount.origin)) continue
        yield { range: placeOf(mount.origin), message: t('The container gets full control of the engine.') }
      }
    }
  },
})
