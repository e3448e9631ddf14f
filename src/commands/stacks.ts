import { logTarget } from '../engine/logs/target.ts'
import { t } from '../shared/l10n.ts'
import { plain } from '../shared/sinks.ts'
import type { ServiceNode, StackNode } from '../tree/node.ts'
import { composeCommands } from './compose.ts'
import { nodeCommand, type Command, type FileCommand, type Target } from './command.ts'

type ComposeNode = StackNode | ServiceNode

const targetOf = (node: ComposeNode) => ({
  paths: node.files,
  parts: node.kind === 'service' ? [node.name] : [],
})

interface Place {
  readonly title: string
  readonly on: readonly Extract<Target, `stack${string}` | `service${string}`>[]
  readonly group: string
  readonly inline?: boolean
}

/** A command on compose files, for the projects and services of the view whose files are in an open folder. */
function onNodes(id: string, { title, on, group, inline }: Place): Command {
  const command = composeCommands.find(
    (entry): entry is FileCommand => entry.type === 'file' && entry.id === `compose.${id}`,
  )!
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

const viewLogs = nodeCommand({
  id: 'stacks.logs',
  title: 'View Logs of Project',
  icon: 'output',
  on: ['stack', 'service'],
  place: { group: '2_look@1' },
  palette: false,
  async run({ ui }, nodes) {
    for (const node of nodes) {
      const services = node.kind === 'stack' ? node.services : [node]
      const targets = services.flatMap(({ containers }) => containers).map(logTarget)
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
  onNodes('down', { title: 'Down…', on: ['stack+workspace'], group: '1_lifecycle@3' }),
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
  onNodes('scale', { title: 'Scale…', on: ['service+workspace'], group: '3_make@3' }),
  onNodes('watch', { title: 'Watch', on: ['stack+workspace'], group: '3_make@4' }),
]
