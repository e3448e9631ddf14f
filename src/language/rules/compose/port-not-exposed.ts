import { t } from '../../../shared/l10n.ts'
import { builtStage, dockerfileOf, instructionsFor } from '../../compose/build-files.ts'
import { isHere, portsOf, servicesHere } from '../../compose/doc.ts'
import { placeOf } from '../../compose/project/problem.ts'
import { defineComposeRule } from './define-rule.ts'

export default defineComposeRule({
  id: 'port-not-exposed',
  aliases: [],
  severity: 'hint',
  summary: 'A published port that is not among those the Dockerfile exposes.',
  why: 'Publishing works all the same, but mostly the program listens on the port that `EXPOSE` names.',
  references: ['https://docs.docker.com/reference/dockerfile/#expose'],
  examples: [
    {
      bad: 'services:\n  a:\n    build: .\n    ports:\n      - «"8080:80"»\n',
      good: 'services:\n  a:\n    build: .\n    ports:\n      - "8080:3000"\n',
      options: { files: { Dockerfile: 'FROM scratch\nEXPOSE 3000 9000-9010/tcp\n' } },
    },
  ],
  *check(doc) {
    for (const service of servicesHere(doc)) {
      if (!service.value.entries.has('build')) continue
      const ports = portsOf(service)
      const dockerfile = ports.length === 0 ? undefined : dockerfileOf(doc.files, service)
      if (dockerfile === undefined) continue
      const exposed: [number, number][] = []
      let open = false
      for (const instruction of instructionsFor(dockerfile, builtStage(dockerfile, service)))
        if (instruction.name === 'EXPOSE')
          for (const word of instruction.words) {
            const match = /^(\d+)(?:-(\d+))?(?:\/\w+)?$/.exec(word.text)
            if (match === null) open = true
            else exposed.push([Number(match[1]), Number(match[2] ?? match[1])])
          }
      if (open || exposed.length === 0) continue
      const seen = new Set<unknown>()
      for (const port of ports) {
        const [first, last] = port.target
        if (!isHere(doc, port.origin) || seen.has(port.origin.node)) continue
        if (exposed.some(([from, to]) => first >= from && last <= to)) continue
        seen.add(port.origin.node)
        yield { range: placeOf(port.origin), message: t('The Dockerfile does not expose port {0}.', first) }
      }
    }
  },
})
