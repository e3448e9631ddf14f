import { isAbsolute } from 'node:path'
import { EngineError } from '../engine/errors.ts'
import { logTarget } from '../engine/logs/target.ts'
import { t } from '../shared/l10n.ts'
import { plain } from '../shared/sinks.ts'
import type { ServiceNode, StackNode } from '../tree/node.ts'
import { composeCommands } from './compose.ts'
import { nodeCommand, type Command, type FileCommand, type FileTarget, type Target } from './command.ts'
import { applyAsking, type Verb } from './containers.ts'
import { forVerb } from './projects.ts'

type ComposeNode = StackNode | ServiceNode

const targetOf = (node: ComposeNode): FileTarget => ({
  paths: node.files,
  parts: node.kind === 'service' ? [node.name] : [],
  ...(node.folder === undefined ? {} : { folder: node.folder }),
  ...(node.project === undefined ? {} : { project: node.project }),
  engine: node.engine,
})

interface Place {
  readonly title: string
  readonly on: readonly Extract<Target, `stack${string}` | `service${string}`>[]
  readonly group: string
  readonly inline?: boolean
}

const fileCommandOf = (id: string): FileCommand =>
  composeCommands.find(
    (entry): entry is FileCommand => entry.type === 'file' && entry.id === `compose.${id}`,
  )!

/** A command on compose files, for the projects and services of the view whose files are in an open folder. */
function onNodes(id: string, { title, on, group, inline }: Place): Command {
  const command = fileCommandOf(id)
  return nodeCommand({
    id: `stacks.${id}`,
    title,
    ...(command.icon === undefined ? {} : { icon: command.icon }),
    on,
    place: { group, ...(inline === undefined ? {} : { inline }) },
    ...(command.needsTrust === undefined ? {} : { needsTrust: command.needsTrust }),
    palette: false,
    async run(deps, nodes) {
      for (const node of nodes) await command.run(deps, targetOf(node))
    },
  })
}

const servicesOf = (node: ComposeNode): readonly ServiceNode[] =>
  node.kind === 'stack' ? node.services : [node]

/** A command on the containers that there are: no file is read, so that it is for projects of any origin. */
const onContainers = (verb: Verb, icon: string, { title, on, group }: Place): Command =>
  nodeCommand({
    id: `stacks.${verb}Containers`,
    title,
    icon,
    on,
    place: { group },
    palette: false,
    async run(deps, nodes) {
      const containers = nodes.flatMap(servicesOf).flatMap((service) => service.containers)
      const affected = containers.filter(forVerb(verb))
      if (affected.length === 0)
        void deps.ui.info(t('There is nothing that “{0}” could be done to.', t(title)))
      else await applyAsking(deps, verb, affected)
    },
  })

const offeredElsewhere = ['up', 'down', 'restart', 'build', 'pull', 'watch'] as const

/**
 * The files of a project from elsewhere are known from the labels of its containers alone, and those are the image's to claim: nothing
 * is run before the user has seen which files that would be.
 */
const useFiles = nodeCommand({
  id: 'stacks.useFiles',
  title: 'Run Compose on Its Files…',
  icon: 'layers',
  on: ['stack-workspace'],
  place: { group: '1_lifecycle@9' },
  needsTrust: true,
  many: false,
  palette: false,
  async run(deps, [node]) {
    if (node === undefined) return
    const { files } = node
    if (files.length === 0 || !files.every((file) => isAbsolute(file)))
      throw new EngineError(
        'invalid',
        t('The containers of {0} do not tell its files.', plain(node.name, 80)),
      )
    const answer = await deps.ui.confirm({
      message: t('Run compose on files that are in no open folder?'),
      detail: [
        t(
          'The labels of the containers of {0} name these files. An image can claim any:',
          plain(node.name, 80),
        ),
        ...files.map((file) => plain(file, 500)),
      ].join('\n'),
      action: t('Choose What to Run'),
    })
    if (answer === undefined) return
    const command = await deps.ui.pick(
      offeredElsewhere.map((id) => {
        const value = fileCommandOf(id)
        return { label: t(value.title), description: plain(files.join(', '), 200), value }
      }),
      { title: plain(node.name, 80) },
    )
    // What was shown is what is used, also where compose would find another file there.
    await command?.run(deps, { ...targetOf(node), exactly: true })
  },
})

const viewLogs = nodeCommand({
  id: 'stacks.logs',
  title: 'View Logs of Project',
  icon: 'output',
  on: ['stack', 'service'],
  place: { group: '2_look@1' },
  palette: false,
  async run({ ui }, nodes) {
    for (const node of nodes) {
      const targets = servicesOf(node)
        .flatMap(({ containers }) => containers)
        .map(logTarget)
      if (targets.length === 0) void ui.info(t('{0} has no containers yet.', plain(node.name, 80)))
      else
        await ui.openLogs({
          title: plain(node.name, 60),
          targets,
          ...(node.kind === 'stack' ? { project: { engine: node.engine, name: node.name } } : {}),
        })
    }
  },
})

const openFile = nodeCommand({
  id: 'stacks.openFile',
  title: 'Go to File',
  icon: 'go-to-file',
  on: ['stack+workspace', 'service+workspace'],
  place: { group: '2_look@2', inline: true },
  many: false,
  palette: false,
  async run({ ui }, [node]) {
    if (node === undefined) return
    if (node.kind === 'service' && node.place !== undefined)
      await ui.openFile(node.place.file, node.place.line)
    else if (node.files[0] !== undefined) await ui.openFile(node.files[0])
  },
})

export const stackCommands: readonly Command[] = [
  onNodes('up', {
    title: 'Up',
    on: ['stack+workspace', 'service+workspace'],
    group: '1_lifecycle@1',
    inline: true,
  }),
  onNodes('upWithOptions', { title: 'Up with Options…', on: ['stack+workspace'], group: '1_lifecycle@2' }),
  onNodes('down', {
    title: 'Down…',
    on: ['stack+workspace', 'service+workspace'],
    group: '1_lifecycle@3',
  }),
  onNodes('start', {
    title: 'Start Services',
    on: ['stack+workspace', 'service+workspace'],
    group: '1_lifecycle@4',
  }),
  onNodes('stop', {
    title: 'Stop Services',
    on: ['stack+workspace', 'service+workspace'],
    group: '1_lifecycle@5',
  }),
  onNodes('restart', {
    title: 'Restart Without Changes',
    on: ['stack+workspace', 'service+workspace'],
    group: '1_lifecycle@6',
  }),
  onContainers('start', 'play', {
    title: 'Start Containers',
    on: ['stack-workspace', 'service-workspace'],
    group: '1_lifecycle@4',
  }),
  onContainers('stop', 'debug-stop', {
    title: 'Stop Containers',
    on: ['stack-workspace', 'service-workspace'],
    group: '1_lifecycle@5',
  }),
  onContainers('restart', 'debug-restart', {
    title: 'Restart Containers',
    on: ['stack-workspace', 'service-workspace'],
    group: '1_lifecycle@6',
  }),
  onContainers('pause', 'debug-pause', {
    title: 'Pause Services',
    on: ['stack+running', 'service+running'],
    group: '1_lifecycle@7',
  }),
  onContainers('unpause', 'debug-continue', {
    title: 'Unpause Services',
    on: ['stack+paused', 'service+paused'],
    group: '1_lifecycle@8',
  }),
  useFiles,
  viewLogs,
  openFile,
  onNodes('exec', { title: 'Open Shell…', on: ['stack+running', 'service+running'], group: '2_look@3' }),
  onNodes('config', { title: 'Show Merged Project', on: ['stack+workspace'], group: '2_look@4' }),
  onNodes('graph', { title: 'Show Service Graph', on: ['stack+workspace'], group: '2_look@5' }),
  onNodes('build', {
    title: 'Build Services',
    on: ['stack+workspace', 'service+workspace'],
    group: '3_make@1',
  }),
  onNodes('pull', {
    title: 'Pull Services',
    on: ['stack+workspace', 'service+workspace'],
    group: '3_make@2',
  }),
  onNodes('scale', {
    title: 'Scale…',
    on: ['stack+workspace', 'service+workspace'],
    group: '3_make@3',
  }),
  onNodes('watch', {
    title: 'Watch',
    on: ['stack+workspace', 'service+workspace'],
    group: '3_make@4',
  }),
]
