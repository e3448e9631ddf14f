import { t } from '../shared/l10n.ts'
import { plain } from '../shared/sinks.ts'
import type { ViewId } from '../tree/node.ts'
import { groupings, scopes, sortings, type GroupBy, type Scope, type SortBy } from '../tree/view-options.ts'
import { viewCommand, type Command, type Deps } from './command.ts'

/** The views whose rows can be filtered, grouped and sorted. */
const shaped = ['containers', 'images', 'volumes', 'networks'] as const satisfies readonly ViewId[]
type Shaped = (typeof shaped)[number]

const groupLabel = (by: GroupBy): string => {
  switch (by) {
    case 'none':
      return t('No groups')
    case 'project':
      return t('Compose project')
    case 'image':
      return t('Image')
    case 'network':
      return t('Network')
    case 'state':
      return t('State')
    case 'label':
      return t('Label…')
    case 'engine':
      return t('Engine')
    case 'repository':
      return t('Repository')
    case 'driver':
      return t('Driver')
  }
}

const sortLabel = (by: SortBy): string => {
  switch (by) {
    case 'name':
      return t('Name')
    case 'created':
      return t('Newest first')
    case 'state':
      return t('State, then name')
    case 'image':
      return t('Image, then name')
    case 'size':
      return t('Largest first')
    case 'driver':
      return t('Driver, then name')
  }
}

const scopeLabel = (scope: Scope): string => {
  switch (scope) {
    case 'all':
      return t('All')
    case 'running':
      return t('Running')
    case 'workspace':
      return t('This workspace')
  }
}

/** A choice for each word, the present one marked. */
const choicesOf = <T extends string>(words: readonly T[], label: (word: T) => string, current: T) =>
  words.map((word) => ({
    label: label(word),
    ...(word === current ? { description: t('now'), icon: 'check' } : {}),
    value: word,
  }))

const filter = (view: Shaped): Command =>
  viewCommand({
    id: `${view}.filter`,
    title: 'Filter…',
    icon: 'filter',
    views: [view],
    place: { group: 'navigation@3' },
    async run({ preferences, ui }) {
      const words = await ui.input({
        title: t('Filter'),
        prompt: t('Words that must occur in a row: name, image, state, port, label; empty shows all'),
        value: preferences.view(view).filter,
      })
      if (words !== undefined) await preferences.change(view, { filter: words.trim() })
    },
  })

const clearFilter = (view: Shaped): Command =>
  viewCommand({
    id: `${view}.clearFilter`,
    title: 'Show All',
    icon: 'filter-filled',
    views: [view],
    place: { group: 'navigation@4', when: `quayside.filtered.${view}` },
    run: ({ preferences }) => preferences.change(view, { filter: '', scope: 'all' }),
  })

/** The labels that objects of a view have, those on most objects first. */
async function labelsOf({ engines }: Deps, view: Shaped): Promise<readonly [name: string, count: number][]> {
  const labelled =
    view === 'containers'
      ? (await engines.nodes('container')).map(({ container }) => container.labels)
      : view === 'images'
        ? (await engines.nodes('image')).map(({ image }) => image.labels)
        : view === 'volumes'
          ? (await engines.nodes('volume')).map(({ volume }) => volume.labels)
          : (await engines.nodes('network')).map(({ network }) => network.labels)
  const counts = new Map<string, number>()
  for (const labels of labelled)
    for (const name of Object.keys(labels)) counts.set(name, (counts.get(name) ?? 0) + 1)
  return [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
}

const group = (view: Shaped): Command =>
  viewCommand({
    id: `${view}.groupBy`,
    title: 'Group By…',
    icon: 'group-by-ref-type',
    views: [view],
    place: { group: '1_view@1' },
    async run(deps) {
      const { preferences, ui } = deps
      const title = t('Group By')
      const words: readonly GroupBy<Shaped>[] = groupings[view]
      const by = await ui.pick(choicesOf(words, groupLabel, preferences.view<Shaped>(view).groupBy), {
        title,
      })
      if (by === undefined) return
      if (by !== 'label') return preferences.change<Shaped>(view, { groupBy: by })
      const labels = await labelsOf(deps, view)
      if (labels.length === 0) return void ui.info(t('Nothing in this view has a label.'))
      const label = await ui.pick(
        labels.map(([name, count]) => ({ label: plain(name, 120), description: String(count), value: name })),
        { title },
      )
      if (label !== undefined) await preferences.change<Shaped>(view, { groupBy: 'label', label })
    },
  })

const sort = (view: Shaped): Command =>
  viewCommand({
    id: `${view}.sortBy`,
    title: 'Sort By…',
    icon: 'sort-precedence',
    views: [view],
    place: { group: '1_view@2' },
    async run(deps) {
      const { preferences, ui } = deps
      const words: readonly SortBy<Shaped>[] = sortings[view]
      const by = await ui.pick(choicesOf(words, sortLabel, preferences.view<Shaped>(view).sortBy), {
        title: t('Sort By'),
      })
      if (by === undefined) return
      await preferences.change<Shaped>(view, { sortBy: by })
      if (view === 'volumes' && by === 'size') await measureVolumes(deps)
    },
  })

const measureVolumes = ({ engines, ui }: Deps): Promise<void> =>
  ui.progress(t('Measuring volumes'), (_, signal) => engines.measure(signal))

/** Only when it is asked for: an engine reads every file of every volume to know its size. */
const measure = viewCommand({
  id: 'volumes.measure',
  title: 'Measure Sizes',
  icon: 'dashboard',
  views: ['volumes'],
  place: { group: 'navigation@5' },
  run: measureVolumes,
})

const scope = viewCommand({
  id: 'containers.scope',
  title: 'Choose Which Containers to Show…',
  icon: 'eye',
  views: ['containers'],
  place: { group: '1_view@3' },
  async run({ preferences, ui }) {
    const chosen = await ui.pick(choicesOf(scopes, scopeLabel, preferences.view('containers').scope), {
      title: t('Show'),
    })
    if (chosen !== undefined) await preferences.change('containers', { scope: chosen })
  },
})

export const viewCommands: readonly Command[] = [
  ...shaped.flatMap((view) => [filter(view), clearFilter(view), group(view), sort(view)]),
  scope,
  measure,
]
