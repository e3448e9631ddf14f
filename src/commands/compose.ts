import { basename } from 'node:path'
import { EngineError } from '../engine/errors.ts'
import { logTarget } from '../engine/logs/target.ts'
import { t } from '../shared/l10n.ts'
import { plain } from '../shared/sinks.ts'
import { fileCommand, type Command, type FileCommand } from './command.ts'
import { containersOf, meantProject } from './compose/compose-containers.ts'
import { composeOutput } from './compose/compose-output.ts'
import { down } from './compose/down.ts'
import {
  allProfiles,
  requireCompose,
  runCompose,
  serviceWords,
  type ComposeTarget,
} from './compose/compose-program.ts'
import { upWithOptions } from './compose/up-with-options.ts'
import { openShell } from './terminal/open-shell.ts'

interface Simple {
  readonly id: string
  readonly title: string
  readonly icon: string
  readonly order: number
  /** What the terminal is called. */
  readonly name: () => string
  /** Arguments after the files and before the services. */
  readonly words: readonly string[]
  /** Of the whole project: arguments before those. */
  readonly whole?: readonly string[]
}

/** A command of compose that needs no question. */
const simple = ({ id, title, icon, order, name, words, whole = [] }: Simple): FileCommand =>
  fileCommand({
    id: `compose.${id}`,
    title,
    icon,
    language: 'dockercompose',
    place: { group: `quayside@${order}` },
    needsTrust: true,
    async run(deps, given) {
      const meant = await meantProject(deps, given)
      if (meant === undefined) return
      const { engine, target } = meant
      await runCompose(deps, engine, target, name(), [
        ...(target.parts.length === 0 ? whole : []),
        ...words,
        ...serviceWords(target.parts),
      ])
    },
  })

const up = simple({
  id: 'up',
  title: 'Compose Up',
  icon: 'run-all',
  order: 1,
  name: () => t('Up'),
  words: ['up', '--detach'],
})
const start = simple({
  id: 'start',
  title: 'Compose Start',
  icon: 'play',
  order: 4,
  name: () => t('Start'),
  words: ['start'],
})
const stop = simple({
  id: 'stop',
  title: 'Compose Stop',
  icon: 'debug-stop',
  order: 5,
  name: () => t('Stop'),
  words: ['stop'],
  whole: allProfiles,
})
// Compose restarts the containers that there are: what changed in the file takes effect with Up.
const restart = simple({
  id: 'restart',
  title: 'Compose Restart Without Changes',
  icon: 'debug-restart',
  order: 6,
  name: () => t('Restart'),
  words: ['restart'],
})
const build = simple({
  id: 'build',
  title: 'Compose Build',
  icon: 'tools',
  order: 7,
  name: () => t('Build'),
  words: ['build'],
})
const pull = simple({
  id: 'pull',
  title: 'Compose Pull',
  icon: 'cloud-download',
  order: 8,
  name: () => t('Pull'),
  words: ['pull'],
})
const watch = simple({
  id: 'watch',
  title: 'Compose Watch',
  icon: 'eye',
  order: 9,
  name: () => t('Watch'),
  words: ['watch'],
})

const config = fileCommand({
  id: 'compose.config',
  title: 'Compose Show Merged Project',
  icon: 'file-code',
  language: 'dockercompose',
  place: { group: 'quayside@10' },
  run: ({ ui }, { paths }) => ui.openMerged(paths),
})

const graph = fileCommand({
  id: 'compose.graph',
  title: 'Compose Show Service Graph',
  icon: 'type-hierarchy',
  language: 'dockercompose',
  place: { group: 'quayside@11' },
  run: ({ ui }, { paths }) => ui.openGraph(paths),
})

const show = fileCommand({
  id: 'compose.show',
  title: 'Compose Show in View',
  icon: 'list-tree',
  language: 'dockercompose',
  place: { group: 'quayside@15' },
  run: ({ ui }, { paths }) => ui.showProject(paths),
})

const scale = fileCommand({
  id: 'compose.scale',
  title: 'Compose Scale…',
  icon: 'multiple-windows',
  language: 'dockercompose',
  place: { group: 'quayside@12' },
  needsTrust: true,
  async run(deps, given) {
    await requireCompose(deps)
    const meant = await meantProject(deps, given)
    if (meant === undefined) return
    const { engine, target } = meant
    const services =
      target.parts.length > 0
        ? target.parts
        : await composeOutput(deps, engine, target, ['config', '--services'])
    const service =
      services.length === 1
        ? services[0]
        : await deps.ui.pick(
            services.map((label) => ({ label, value: label })),
            { title: t('Scale') },
          )
    if (service === undefined) return
    const count = await deps.ui.input({
      title: t('Scale {0}', plain(service)),
      prompt: t('How many containers it has'),
      value: '2',
      validate: (value) => (/^\d{1,4}$/.test(value.trim()) ? undefined : t('A whole number is needed.')),
    })
    if (count !== undefined)
      await runCompose(deps, engine, target, t('Scale'), [
        'up',
        '--detach',
        '--no-recreate',
        '--scale',
        `${service}=${count.trim()}`,
        ...serviceWords([service]),
      ])
  },
})

const logs = fileCommand({
  id: 'compose.logs',
  title: 'Compose View Logs',
  icon: 'output',
  language: 'dockercompose',
  place: { group: 'quayside@13' },
  async run(deps, given) {
    const meant = await meantProject(deps, given)
    if (meant === undefined) return
    const { engine, target } = meant
    const containers = await containersOf(deps, { ...target, engine: engine.id })
    const [first] = containers
    if (first?.compose === undefined) throw notUp(target)
    const whole = target.parts.length === 0
    const title = whole ? first.compose.project : target.parts.join(', ')
    await deps.ui.openLogs({
      title: plain(title, 60),
      targets: containers.map(logTarget),
      ...(whole ? { project: { engine: first.engine, name: first.compose.project } } : {}),
    })
  },
})

const shell = fileCommand({
  id: 'compose.exec',
  title: 'Compose Open Shell…',
  icon: 'terminal',
  language: 'dockercompose',
  place: { group: 'quayside@14' },
  async run(deps, given) {
    const meant = await meantProject(deps, given)
    if (meant === undefined) return
    const { engine, target } = meant
    const containers = await containersOf(deps, { ...target, engine: engine.id })
    const running = containers.filter(({ state }) => state === 'running')
    if (running.length === 0) throw notUp(target)
    const chosen =
      running.length === 1
        ? running[0]
        : await deps.ui.pick(
            running.map((container) => ({
              label: plain(container.name),
              description: plain(container.compose?.service ?? ''),
              value: container,
            })),
            { title: t('Shell in') },
          )
    if (chosen !== undefined) await openShell(deps, chosen)
  },
})

const notUp = ({ paths }: ComposeTarget): EngineError =>
  new EngineError('notFound', t('None of the containers of {0} is there.', plain(basename(paths[0]!))), {
    nextStep: t('Start them with Compose Up.'),
  })

export const composeCommands: readonly Command[] = [
  up,
  upWithOptions,
  down,
  start,
  stop,
  restart,
  build,
  pull,
  watch,
  config,
  graph,
  scale,
  logs,
  shell,
  show,
]
