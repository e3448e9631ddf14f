import { t } from '../../../shared/l10n.ts'
import { isHere, itemIn, servicesHere } from '../../compose/doc.ts'
import { placeOf } from '../../compose/project/problem.ts'
import { stringOf } from '../../compose/project/value.ts'
import { nearest } from '../facts/near.ts'
import { defineComposeRule } from './define-rule.ts'

const policies = ['always', 'never', 'missing', 'if_not_present', 'build', 'daily', 'weekly']

export default defineComposeRule({
  id: 'pull-policy',
  aliases: [],
  severity: 'warning',
  fixable: 'suggestion',
  summary: 'A pull policy that only contains a word the engine knows.',
  why: 'The check of Compose finds `always` in `alwayss` and is content; the policy itself is then `missing`.',
  references: ['https://docs.docker.com/reference/compose-file/services/#pull_policy'],
  examples: [
    {
      bad: 'services:\n  a:\n    image: a:1\n    pull_policy: «alwayss»\n',
      good: 'services:\n  a:\n    image: a:1\n    pull_policy: always\n',
    },
  ],
  *check(doc) {
    for (const service of servicesHere(doc)) {
      const item = itemIn(service, 'pull_policy')
      const word = stringOf(item?.value)
      if (item === undefined || !word || !isHere(doc, item.value.origin)) continue
      if (policies.includes(word) || /^every_(?:\d+[wdhms])+$/.test(word) || word === 'refresh') continue
      const meant = nearest(word, policies)
      const range = placeOf(item.value.origin)
      const message = t('`{0}` is no pull policy: {1}', word, policies.join(', '))
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
