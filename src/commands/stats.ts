import { EngineError } from '../engine/errors.ts'
import { hasUse } from '../engine/stats/has-use.ts'
import { plural, t } from '../shared/l10n.ts'
import { nodeCommand, viewCommand, type Command } from './command.ts'

const statsOfSome = nodeCommand({
  id: 'containers.stats',
  title: 'Show Resource Use',
  icon: 'graph-line',
  on: ['container+running', 'container+paused', 'project+running'],
  place: { group: '3_show@7' },
  async run({ ui }, nodes) {
    const containers = nodes.flatMap((node) =>
      node.kind === 'container' ? [node.container] : node.containers.filter(hasUse),
    )
    const [first] = containers
    if (first === undefined) throw new EngineError('invalid', t('None of these containers is running.'))
    const same = containers.filter(({ engine }) => engine === first.engine)
    await ui.openStats({ engine: first.engine, containers: same.map(({ id }) => id) })
  },
})

const statsOfAll = viewCommand({
  id: 'containers.statsOfAll',
  title: 'Show Resource Use of All Running Containers',
  icon: 'graph-line',
  views: ['containers'],
  place: { group: '1_view@4' },
  async run({ engines, ui }) {
    await ui.openStats({ engine: (await engines.current()).id, containers: [] })
  },
})

const showInRows = viewCommand({
  id: 'containers.showUseInRows',
  title: 'Show CPU and Memory in Rows',
  icon: 'pulse',
  views: ['containers'],
  place: { group: '1_view@5', when: '!quayside.useInRows' },
  async run({ engines, preferences, settings, ui }) {
    await preferences.showUseInRows(true)
    const running = (await engines.nodes('container')).filter(
      ({ container }) => container.state === 'running',
    )
    if (running.length > settings.useInRowsLimit)
      void ui.info(
        plural(
          settings.useInRowsLimit,
          'CPU and memory are shown while no more than 1 container runs in the view; {1} run now. The setting quayside.stats.inRowsLimit allows more.',
          'CPU and memory are shown while no more than {0} containers run in the view; {1} run now. The setting quayside.stats.inRowsLimit allows more.',
          settings.useInRowsLimit,
          running.length,
        ),
      )
  },
})

const hideInRows = viewCommand({
  id: 'containers.hideUseInRows',
  title: 'Hide CPU and Memory in Rows',
  icon: 'pulse',
  views: ['containers'],
  place: { group: '1_view@5', when: 'quayside.useInRows' },
  run: ({ preferences }) => preferences.showUseInRows(false),
})

export const statsCommands: readonly Command[] = [statsOfSome, statsOfAll, showInRows, hideInRows]
