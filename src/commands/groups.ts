import type { Container } from '../engine/model/container.ts'
import type { TreeNode } from '../tree/node.ts'
import { nodeCommand, type Command } from './command.ts'
import { removeContainers } from './container-end.ts'
import { applyAsking } from './containers.ts'
import { forVerb } from './projects.ts'

/** The containers below a row, each once. */
export function containersIn(nodes: readonly TreeNode[]): readonly Container[] {
  const found = new Map<string, Container>()
  const look = (node: TreeNode): void => {
    if (node.kind === 'container') found.set(`${node.container.engine}|${node.container.id}`, node.container)
    else if (node.kind === 'group') node.children.forEach(look)
    else if (node.kind === 'project')
      for (const container of node.containers) found.set(`${container.engine}|${container.id}`, container)
  }
  nodes.forEach(look)
  return [...found.values()]
}

/** Groups are in other views too: there they hold no containers. */
const when = 'view == quayside.containers'

const start = nodeCommand({
  id: 'containers.startGroup',
  title: 'Start All in Group',
  icon: 'play',
  on: ['group'],
  place: { group: '1_lifecycle@1', when },
  palette: false,
  run: (deps, nodes) => applyAsking(deps, 'start', containersIn(nodes).filter(forVerb('start'))),
})

const stop = nodeCommand({
  id: 'containers.stopGroup',
  title: 'Stop All in Group',
  icon: 'debug-stop',
  on: ['group'],
  place: { group: '1_lifecycle@2', when },
  palette: false,
  run: (deps, nodes) => applyAsking(deps, 'stop', containersIn(nodes).filter(forVerb('stop'))),
})

const restart = nodeCommand({
  id: 'containers.restartGroup',
  title: 'Restart All in Group',
  icon: 'debug-restart',
  on: ['group'],
  place: { group: '1_lifecycle@3', when },
  palette: false,
  run: (deps, nodes) => applyAsking(deps, 'restart', containersIn(nodes).filter(forVerb('restart'))),
})

const remove = nodeCommand({
  id: 'containers.removeGroup',
  title: 'Remove All in Group…',
  icon: 'trash',
  on: ['group'],
  place: { group: '9_remove@1', when },
  palette: false,
  run: (deps, nodes) => removeContainers(deps, containersIn(nodes)),
})

export const groupCommands: readonly Command[] = [start, stop, restart, remove]
