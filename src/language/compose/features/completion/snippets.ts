import { t } from '../../../../shared/l10n.ts'
import type { Completion } from '../../../answers.ts'
import type { Place } from './place.ts'

/** A further service. */
export function serviceSnippets({ range, column, flow }: Place, step: string): readonly Completion[] {
  if (flow) return []
  const indent = ' '.repeat(column) + step
  const newText = `\${1:app}:\n${indent}image: \${2:nginx:1.27}$0`
  const label = t('A service')
  return [{ label, kind: 'snippet', filter: 'service', snippet: true, edit: { range, newText }, sort: '0' }]
}

/** Whole pieces at the top of a file: a first service, a fragment to share. */
export function topSnippets(place: Place, step: string): readonly Completion[] {
  if (place.column !== 0 || place.flow) return []
  const items: Completion[] = []
  if (!place.present.has('services'))
    items.push({
      label: 'services: …',
      kind: 'snippet',
      filter: 'services',
      snippet: true,
      detail: t('A first service'),
      edit: {
        range: place.range,
        newText: `services:\n${step}\${1:app}:\n${step}${step}image: \${2:nginx:1.27}\n${step}${step}ports:\n${step}${step}${step}- "\${3:8080:80}"$0`,
      },
      sort: '0services',
    })
  items.push({
    label: 'x-…: &…',
    kind: 'snippet',
    filter: 'x-common',
    snippet: true,
    detail: t('A fragment to share: `<<: *name` takes it in'),
    edit: {
      range: place.range,
      newText: `x-\${1:common}: &\${1:common}\n${step}\${2:restart}: \${3:unless-stopped}$0`,
    },
    sort: '4x-',
  })
  return items
}
