import { t } from '../../../shared/l10n.ts'
import { entriesHere } from '../../compose/doc.ts'
import { entryOf } from '../../compose/yaml/nodes.ts'
import { defineComposeRule } from './define-rule.ts'
import { misplaced } from './order.ts'
import { byName, orderedItems } from './ordered.ts'

export default defineComposeRule({
  id: 'ports-order',
  aliases: ['service-ports-alphabetical-order'],
  severity: 'off',
  fixable: 'safe',
  summary: 'Ports in the short syntax that are not in order.',
  why: 'Sorted ports show at a glance which are taken. Their order has no effect. Off by default.',
  examples: [
    {
      bad: 'services:\n  web:\n    image: web:1\n    ports:\n      # TLS\n      - "443:443"\n      - «"80:80"»\n',
      good: 'services:\n  web:\n    image: web:1\n    ports:\n      - "80:80"\n      # TLS\n      - "443:443"\n',
    },
  ],
  *check(doc) {
    for (const { value } of entriesHere(doc, 'services'))
      yield* misplaced(doc.yaml, orderedItems(entryOf(value, 'ports')?.value), byName, t('Sort the ports'))
  },
})
