import { t } from '../../../shared/l10n.ts'
import { isHere, portsOf, type PublishedPort } from '../../compose/doc.ts'
import type { Service } from '../../compose/project/model.ts'
import { placeOf } from '../../compose/project/problem.ts'
import { defineComposeRule } from './define-rule.ts'

export default defineComposeRule({
  id: 'duplicate-published-port',
  aliases: ['no-duplicate-exported-ports'],
  severity: 'warning',
  summary: 'Two services publish the same port of the host.',
  why:
    'The second container cannot start: the port is taken. Services that are never up together (different profiles) and ' +
    'different addresses of the host are fine.',
  references: ['https://docs.docker.com/reference/compose-file/services/#ports'],
  examples: [
    {
      bad: 'services:\n  a:\n    image: a:1\n    ports: ["8080:80"]\n  b:\n    image: b:1\n    ports: [«"8080:90"»]\n',
      good: 'services:\n  a:\n    image: a:1\n    ports: ["8080:80"]\n  b:\n    image: b:1\n    ports: ["8081:90"]\n',
    },
    {
      bad: 'services:\n  a:\n    image: a:1\n    ports: ["8000-8010:80-90"]\n  b:\n    image: b:1\n    ports: [«"8005:90"»]\n',
      good:
        'services:\n  a:\n    image: a:1\n    ports: ["53:53/udp", "127.0.0.1:80:80"]\n' +
        '  b:\n    image: b:1\n    ports: ["53:53/tcp", "127.0.0.2:80:80"]\n' +
        '  c:\n    image: c:1\n    profiles: [x]\n    ports: ["90:90"]\n' +
        '  d:\n    image: d:1\n    profiles: [y]\n    ports: ["90:90"]\n',
    },
  ],
  *check(doc) {
    const taken = new Map<number, { service: Service; port: PublishedPort }[]>()
    for (const service of doc.project.services.values()) {
      const reported = new Set<PublishedPort['origin']['node']>()
      for (const port of portsOf(service)) {
        // A range for one container port is a choice: the engine takes any that is free.
        if (
          port.published === undefined ||
          (port.target[0] === port.target[1] && port.published[0] !== port.published[1])
        )
          continue
        const [first, last] = port.published
        for (let number = first; number <= Math.min(last, first + 1000); number++) {
          const others = taken.get(number) ?? []
          const clash = others.find(
            (other) => other.service !== service && conflict(other, { service, port }),
          )
          if (clash !== undefined && isHere(doc, port.origin) && !reported.has(port.origin.node)) {
            reported.add(port.origin.node)
            yield {
              range: placeOf(port.origin),
              message: t('The service `{0}` publishes the port {1} already.', clash.service.name, number),
              related: isHere(doc, clash.port.origin)
                ? [{ range: placeOf(clash.port.origin), message: t('It is published here.') }]
                : [],
            }
          }
          if (others.length < 20) taken.set(number, [...others, { service, port }])
        }
      }
    }
  },
})

function conflict(
  a: { service: Service; port: PublishedPort },
  b: { service: Service; port: PublishedPort },
): boolean {
  if (a.port.protocol !== b.port.protocol) return false
  const anywhere = (address: string): boolean => address === '' || address === '0.0.0.0' || address === '::'
  if (a.port.hostIp !== b.port.hostIp && !anywhere(a.port.hostIp) && !anywhere(b.port.hostIp)) return false
  const [mine, theirs] = [a.service.profiles, b.service.profiles]
  return mine.length === 0 || theirs.length === 0 || mine.some((profile) => theirs.includes(profile))
}
