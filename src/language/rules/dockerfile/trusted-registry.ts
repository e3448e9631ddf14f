import { t } from '../../../shared/l10n.ts'
import { defineRule } from '../define-rule.ts'
import { expand } from '../facts/expand.ts'
import { splitImage } from '../facts/image.ts'
import { globalArguments } from '../facts/scopes.ts'

export default defineRule({
  id: 'trusted-registry',
  aliases: ['DL3026'],
  severity: 'error',
  summary: 'Base image from a registry that is not in the list of trusted ones',
  why: 'The list is in the settings or in `trustedRegistries` of `.hadolint.yaml`; without one every registry is allowed. An image without a registry comes from `docker.io`.',
  examples: [
    {
      bad: 'FROM «evil.example/x:1»\n',
      good: 'FROM my.example/x:1 AS a\nFROM a\nFROM scratch\nFROM sub.other.example/y:1\n',
      options: { config: { trustedRegistries: ['my.example', '*.other.example'] } },
    },
    {
      bad: 'FROM «gcr.io/x:1»\n',
      good: 'FROM alpine:3\n',
      options: { config: { trustedRegistries: ['docker.io'] } },
    },
  ],
  *check(doc, { config }) {
    if (config.trustedRegistries.length === 0) return
    const globals = globalArguments(doc)
    const trusted = config.trustedRegistries.map(expressionOf)
    for (const { base, baseRange, baseStage } of doc.stages) {
      if (!baseRange || baseStage !== undefined || base === 'scratch') continue
      const text = expand(base, doc.escape, (name) => globals.get(name)).text
      if (text === undefined || text === '') continue
      const registry = splitImage(text).registry ?? 'docker.io'
      const names = registry === 'docker.io' ? ['docker.io', 'hub.docker.com', 'index.docker.io'] : [registry]
      if (!names.some((name) => trusted.some((expression) => expression.test(name))))
        yield { range: baseRange, message: t('The registry `{0}` is not one of the trusted ones.', registry) }
    }
  },
})

/** `*` stands for any text. */
const expressionOf = (pattern: string): RegExp =>
  new RegExp(`^${pattern.replace(/[.+^${}()|[\]\\?]/g, '\\$&').replace(/\*+/g, '.*')}$`)
