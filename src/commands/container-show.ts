import type { NodeOf } from '../tree/node.ts'
import { t } from '../shared/l10n.ts'
import { plain } from '../shared/sinks.ts'
import { nodeCommand, type Command } from './command.ts'
import { explainCommand } from './container-command.ts'
import { dockerLine } from './equivalents.ts'
import { waitForAll } from './wait-for-end.ts'
import { openDocuments } from './open-documents.ts'
import { maskText } from './secrets.ts'
import { table } from './tables.ts'

const nameOf = ({ container }: NodeOf<'container'>): string => container.name

const top = nodeCommand({
  id: 'containers.top',
  title: 'Show Processes',
  icon: 'list-tree',
  on: ['container+running', 'container+paused'],
  place: { group: '3_show@3' },
  run: ({ engines, ui }, nodes) =>
    openDocuments(ui, nodes, nameOf, async ({ container }, signal) => {
      const engine = engines.engine(container.engine)
      const { titles, processes } = await engine.containers.top(container.id, undefined, signal)
      const rows = processes.map((row) => row.map((cell) => maskText(cell)))
      return {
        key: `top|${engine.id}|${container.id}`,
        title: t('{0} processes', plain(container.name, 80)),
        language: 'plaintext',
        text: `${table([titles, ...rows], 1000)}\n`,
      }
    }),
})

const letters = { modified: 'C', added: 'A', deleted: 'D' } as const

const diff = nodeCommand({
  id: 'containers.diff',
  title: 'Show Changed Files',
  icon: 'diff',
  on: ['container'],
  place: { group: '1_show@2', submenu: 'more' },
  run: ({ engines, ui }, nodes) =>
    openDocuments(ui, nodes, nameOf, async ({ container }, stop) => {
      const engine = engines.engine(container.engine)
      const name = plain(container.name, 80)
      // Of one alone it is this that takes its time.
      const changes =
        stop === undefined
          ? await ui.progress(t('Comparing the files of {0}', name), (_, signal) =>
              engine.containers.changes(container.id, signal),
            )
          : await engine.containers.changes(container.id, stop)
      const lines = changes.map(({ path, change }) => `${letters[change]} ${plain(path, 4096)}`)
      const head = t('A added, C changed, D deleted, against the image {0}', plain(container.image, 200))
      return {
        key: `diff|${engine.id}|${container.id}`,
        title: t('{0} changed files', name),
        language: 'plaintext',
        text: `${[`# ${dockerLine(engine, ['diff'], [container.name])}`, `# ${head}`, ...lines].join('\n')}\n`,
      }
    }),
})

const wait = nodeCommand({
  id: 'containers.wait',
  title: 'Wait Until It Ends',
  icon: 'watch',
  on: ['container+running', 'container+paused', 'container+restarting'],
  place: { group: '2_change@3', submenu: 'more' },
  run: (deps, nodes) =>
    waitForAll(
      deps,
      nodes.map(({ container }) => container),
    ),
})

const whatRuns = nodeCommand({
  id: 'containers.whatRuns',
  title: 'Show What It Runs',
  icon: 'terminal',
  on: ['container'],
  place: { group: '1_show@3', submenu: 'more' },
  run: ({ engines, ui }, nodes) =>
    openDocuments(ui, nodes, nameOf, async ({ container }, signal) => {
      const engine = engines.engine(container.engine)
      return {
        key: `runs|${engine.id}|${container.id}`,
        title: t('What {0} runs', plain(container.name, 80)),
        language: 'plaintext',
        text: await explainCommand(engine, container.id, signal),
      }
    }),
})

export const containerShowCommands: readonly Command[] = [top, diff, wait, whatRuns]
