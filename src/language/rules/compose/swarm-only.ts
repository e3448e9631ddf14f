import { t } from '../../../shared/l10n.ts'
import { entriesHere } from '../../compose/doc.ts'
import { entryOf, keyText } from '../../compose/yaml/nodes.ts'
import { defineComposeRule } from './define-rule.ts'

const ignored = new Set(['placement', 'update_config', 'rollback_config', 'endpoint_mode'])

export default defineComposeRule({
  id: 'swarm-only',
  aliases: [],
  severity: 'hint',
  summary: 'A part of `deploy` that only Swarm uses.',
  why: '`docker compose up` passes it over without a word; `docker stack deploy` does not.',
  references: ['https://docs.docker.com/reference/compose-file/deploy/'],
  examples: [
    {
      bad: 'services:\n  a:\n    image: a:1\n    deploy:\n      replicas: 2\n      «placement»:\n        constraints: [node.role == manager]\n',
      good: 'services:\n  a:\n    image: a:1\n    deploy:\n      replicas: 2\n',
    },
  ],
  *check(doc) {
    for (const service of entriesHere(doc, 'services')) {
      const deploy = entryOf(service.value, 'deploy')?.value
      if (deploy?.kind !== 'map') continue
      for (const entry of deploy.entries) {
        const key = keyText(entry)
        if (key === undefined || !ignored.has(key)) continue
        const range = { start: entry.key.start, end: entry.key.end }
        yield { range, message: t('`docker compose up` ignores `{0}`; Swarm uses it.', key) }
      }
    }
  },
})
