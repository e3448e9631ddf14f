import { t } from '../../../shared/l10n.ts'
import { defineComposeRule } from './define-rule.ts'
import { misplaced } from './order.ts'
import { byPlace, orderedEntries } from './ordered.ts'

const places = [
  'version',
  'name',
  'include',
  'x-',
  'services',
  'models',
  'networks',
  'volumes',
  'secrets',
  'configs',
]
const compare = byPlace(places)
const placed = ({ name }: { readonly name: string }): { readonly name: string } => ({
  name: name.startsWith('x-') ? 'x-' : name,
})

export default defineComposeRule({
  id: 'top-level-order',
  aliases: ['top-level-properties-order'],
  severity: 'off',
  fixable: 'safe',
  summary: 'Sections of the file that are not in the usual order.',
  why:
    'The name first, then what is included and shared, the services, and what they use: a reader knows where to look. ' +
    'Off by default.',
  examples: [
    {
      bad: '# About this project.\nvolumes:\n  data:\n\n«services»:\n  db:\n    image: db:1\n    volumes: [data:/data]\n',
      good: '# About this project.\nservices:\n  db:\n    image: db:1\n    volumes: [data:/data]\n\nvolumes:\n  data:\n',
    },
  ],
  *check(doc) {
    for (const root of doc.yaml.documents)
      if (root.kind === 'map' && !root.flow)
        yield* misplaced(
          doc.yaml,
          orderedEntries(root.entries),
          (a, b) => compare(placed(a), placed(b)),
          t('Put the sections in order'),
        )
  },
})
