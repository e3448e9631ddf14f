import { t } from '../../../shared/l10n.ts'
import { entriesHere } from '../../compose/doc.ts'
import { entryOf } from '../../compose/yaml/nodes.ts'
import { defineComposeRule } from './define-rule.ts'
import { misplaced } from './order.ts'
import { byName, orderedEntries, orderedItems } from './ordered.ts'

export default defineComposeRule({
  id: 'dependencies-order',
  aliases: ['service-dependencies-alphabetical-order'],
  severity: 'off',
  fixable: 'safe',
  summary: 'Services in `depends_on` that are not in the order of the alphabet.',
  why: 'Their order has no effect; sorted, they are found faster and changes are smaller. Off by default.',
  examples: [
    {
      bad: 'services:\n  web:\n    image: web:1\n    depends_on:\n      - queue # for mail\n      - «db»\n',
      good: 'services:\n  web:\n    image: web:1\n    depends_on:\n      - db\n      - queue # for mail\n',
    },
  ],
  *check(doc) {
    for (const { value } of entriesHere(doc, 'services')) {
      const needs = entryOf(value, 'depends_on')?.value
      if (needs === undefined || (needs.kind === 'map' && needs.flow)) continue
      const entries = needs.kind === 'map' ? orderedEntries(needs.entries) : orderedItems(needs)
      yield* misplaced(doc.yaml, entries, byName, t('Sort the dependencies'))
    }
  },
})
