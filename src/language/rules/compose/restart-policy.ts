import { t } from '../../../shared/l10n.ts'
import { isHere, itemIn, servicesHere } from '../../compose/doc.ts'
import { placeOf } from '../../compose/project/problem.ts'
import { stringOf } from '../../compose/project/value.ts'
import { nearest } from '../facts/near.ts'
import { defineComposeRule } from './define-rule.ts'

const policies = ['no', 'always', 'on-failure', 'unless-stopped']

export default defineComposeRule({
  id: 'restart-policy',
  aliases: [],
  severity: 'warning',
  fixable: 'suggestion',
  summary: 'A restart policy that the engine does not know.',
  why: '`docker compose config` takes any word here; `up` fails once the container is created.',
  references: ['https://docs.docker.com/reference/compose-file/services/#restart'],
  examples: [
    {
      bad: 'services:\n  a:\n    image: a:1\n    restart: «unless-stoped»\n',
      good: 'services:\n  a:\n    image: a:1\n    restart: unless-stopped\n',
    },
    {
      bad: 'services:\n  a:\n    image: a:1\n    restart: «alway»\n',
      good: 'services:\n  a:\n    image: a:1\n    restart: always\n',
    },
  ],
  *check(doc) {
    for (const service of servicesHere(doc)) {
      const item = itemIn(service, 'restart')
      const word = stringOf(item?.value)
      if (item === undefined || !word || !isHere(doc, item.value.origin)) continue
      if (policies.includes(word) || /^on-failure:\d+$/.test(word)) continue
      const meant = nearest(word, policies)
      const range = placeOf(item.value.origin)
      const message = t('`{0}` is no restart policy: {1}', word, policies.join(', '))
      if (meant === undefined) yield { range, message }
      else
        yield {
          range,
          message,
          suggestions: [{ title: t('Use `{0}`', meant), edits: [{ range, newText: meant }] }],
        }
    }
  },
})
