import { logTarget, serviceTargets, type LogTarget } from '../engine/logs/target.ts'
import type { Container } from '../engine/model/container.ts'
import type { EngineId } from '../engine/model/refs.ts'
import { swarmTask } from '../engine/model/swarm-task.ts'
import { visibleText } from '../logs/ansi.ts'
import { longestCopy } from '../logs/copy.ts'
import { mergedHistory } from '../logs/merged-history.ts'
import { labelOf } from '../logs/source.ts'
import { plural, t } from '../shared/l10n.ts'
import { plain } from '../shared/sinks.ts'
import type { ContainerNode, ProjectNode } from '../tree/node.ts'
import { nodeCommand, type Command, type Deps } from './command.ts'
import { dockerLine } from './equivalents.ts'
import { saveLogs } from './logs/save-logs.ts'
import { tailSession } from './logs/tail-session.ts'

type LogNode = ContainerNode | ProjectNode

const containersOf = (nodes: readonly LogNode[]): readonly Container[] => {
  const all = nodes.flatMap((node) => (node.kind === 'container' ? [node.container] : node.containers))
  return all.filter((container, index) => all.findIndex(({ id }) => id === container.id) === index)
}

/** What several logs shown together are called. */
function titleOf(nodes: readonly LogNode[]): string {
  const [first] = nodes
  if (nodes.length > 1) return t('{0} and {1} more', nameOf(first!), nodes.length - 1)
  return first === undefined ? '' : nameOf(first)
}

const nameOf = (node: LogNode): string =>
  plain(node.kind === 'container' ? node.container.name : node.name, 60)

/** The last lines of these logs as a document, merged. */
export async function openLogDocument(
  { engines, ui, settings }: Deps,
  targets: readonly LogTarget[],
  title: string,
): Promise<void> {
  const sources = targets.map((target) => ({
    engine: engines.engine(target.engine),
    container: target.container,
    label: labelOf(target, targets, false),
  }))
  const width = Math.max(0, ...sources.map(({ label }) => label.length))
  const text = await ui.progress(t('Reading the logs of {0}', title), async (report, signal) => {
    const lines: string[] = []
    let size = 0
    const decoder = new TextDecoder()
    for await (const batch of mergedHistory(sources, { tail: settings.logTail }, signal)) {
      for (const { label, line } of batch) {
        const before = sources.length > 1 ? `${label.padEnd(width)} | ` : ''
        const shown = `${before}${visibleText(decoder.decode(line.bytes))}`
        size += shown.length + 1
        if (size < longestCopy) lines.push(shown)
      }
      report({ message: plural(lines.length, '1 line', '{0} lines') })
    }
    return lines.join('\n')
  })
  await ui.openText({
    key: `logs-${targets
      .map(({ container }) => container.slice(0, 12))
      .join('-')
      .slice(0, 200)}`,
    title: `${title}.log`,
    language: 'log',
    text,
  })
}

const viewLogs = nodeCommand({
  id: 'containers.viewLogs',
  title: 'View Logs',
  icon: 'output',
  on: ['container', 'project'],
  place: { group: '3_show@0', inline: true },
  async run({ engines, ui }, nodes) {
    const containers = containersOf(nodes)
    const [only] = nodes
    const project =
      nodes.length === 1 && only?.kind === 'project'
        ? { project: { engine: only.engine, name: only.name } }
        : {}
    for (const { engine, name } of containers.slice(0, 1))
      ui.equivalent(dockerLine(engines.engine(engine), ['logs', '--follow'], [name]))
    await ui.openLogs({ title: titleOf(nodes), targets: containers.map(logTarget), ...project })
  },
})

const viewServiceLogs = nodeCommand({
  id: 'containers.viewServiceLogs',
  title: 'View Logs of Swarm Service',
  icon: 'output',
  on: ['container+swarm'],
  place: { group: '1_show@7', submenu: 'more' },
  async run({ engines, ui }, nodes) {
    const services = new Map<string, { readonly id: EngineId; readonly name: string }>()
    for (const { container } of nodes) {
      const name = swarmTask(container.labels)?.service
      if (name !== undefined) services.set(`${container.engine} ${name}`, { id: container.engine, name })
    }
    for (const { id, name } of services.values()) {
      const engine = engines.engine(id)
      ui.equivalent(dockerLine(engine, ['service', 'logs', '--follow'], [name]))
      const targets = serviceTargets(await engine.containers.list(), name)
      await ui.openLogs({ title: plain(name, 60), targets, service: { engine: id, name } })
    }
  },
})

const tailInTerminal = nodeCommand({
  id: 'containers.tailLogs',
  title: 'Tail Logs in Terminal',
  icon: 'terminal',
  on: ['container'],
  place: { group: '1_show@4', submenu: 'more' },
  async run({ engines, ui, settings }, nodes) {
    for (const { container } of nodes) {
      const engine = engines.engine(container.engine)
      ui.equivalent(
        dockerLine(engine, ['logs', '--follow', '--tail', String(settings.logTail)], [container.name]),
      )
      ui.terminal(tailSession(engine, container.id, plain(container.name, 60), settings.logTail))
    }
    return Promise.resolve()
  },
})

const saveToFile = nodeCommand({
  id: 'containers.saveLogs',
  title: 'Save Logs…',
  icon: 'save',
  on: ['container', 'project'],
  place: { group: '1_show@5', submenu: 'more' },
  run: (deps, nodes) => saveLogs(deps, containersOf(nodes).map(logTarget)),
})

const openAsDocument = nodeCommand({
  id: 'containers.openLogsAsDocument',
  title: 'Open Logs as Document',
  icon: 'file-text',
  on: ['container', 'project'],
  place: { group: '1_show@6', submenu: 'more' },
  run: (deps, nodes) => openLogDocument(deps, containersOf(nodes).map(logTarget), titleOf(nodes)),
})

export const logCommands: readonly Command[] = [
  viewLogs,
  viewServiceLogs,
  tailInTerminal,
  saveToFile,
  openAsDocument,
]
