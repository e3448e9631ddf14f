import { t } from '../../../shared/l10n.ts'
import { entriesHere } from '../../compose/doc.ts'
import { defineComposeRule } from './define-rule.ts'
import { misplaced } from './order.ts'
import { byName, orderedEntries } from './ordered.ts'

export default defineComposeRule({
  id: 'services-order',
  aliases: ['services-alphabetical-order'],
  severity: 'off',
  fixable: 'safe',
  summary: 'Services that are not in the order of the alphabet.',
  why:
    'In a long file a service is found faster when the services are sorted. Off by default: many files are sorted by what ' +
    'depends on what.',
  examples: [
    {
      bad: 'services:\n  # The front.\n  web:\n    image: web:1 # pinned\n\n  # The data.\n  «db»:\n    image: db:1\n',
      good: 'services:\n  # The data.\n  db:\n    image: db:1\n\n  # The front.\n  web:\n    image: web:1 # pinned\n',
    },
  ],
  *check(doc) {
    yield* misplaced(doc.yaml, orderedEntries(entriesHere(doc, 'services')), byName, t('Sort the services'))
  },
})
