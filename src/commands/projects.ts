import type { ProjectNode } from '../tree/node.ts'
import { removeContainers } from './container-end.ts'
import { applyAsking, type Verb } from './containers.ts'
import { nodeCommand, type Command, type Deps } from './command.ts'
import type { Container } from '../engine/model/container.ts'

/** Whether a verb makes sense for a container in its state. */
export const forVerb =
  (verb: Verb) =>
  ({ state }: Container): boolean => {
    const live = state === 'running' || state === 'restarting'
    switch (verb) {
      case 'start':
        return !live && state !== 'paused' && state !== 'removing'
      case 'stop':
        return live || state === 'paused'
      case 'restart':
        return state !== 'created' && state !== 'removing' && state !== 'paused'
      case 'pause':
        return state === 'running'
      case 'unpause':
        return state === 'paused'
    }
  }

/** The containers of the projects that the verb makes sense for. One-off containers of `compose run` are left alone. */
const affected = (nodes: readonly ProjectNode[], verb: Verb): readonly Container[] =>
  nodes
    .flatMap(({ containers }) => containers)
    .filter(({ compose }) => compose?.oneoff !== true)
    .filter(forVerb(verb))

const apply = (verb: Verb) => (deps: Deps, nodes: readonly ProjectNode[]) =>
  applyAsking(deps, verb, affected(nodes, verb))

const start = nodeCommand({
  id: 'projects.start',
  title: 'Start Containers of Project',
  icon: 'play',
  on: ['project+stopped'],
  place: { group: '1_lifecycle@1', inline: true },
  run: apply('start'),
})

const stop = nodeCommand({
  id: 'projects.stop',
  title: 'Stop Containers of Project',
  icon: 'debug-stop',
  on: ['project+running'],
  place: { group: '1_lifecycle@2', inline: true },
  run: apply('stop'),
})

const restart = nodeCommand({
  id: 'projects.restart',
  title: 'Restart Containers of Project',
  icon: 'debug-restart',
  on: ['project+running'],
  place: { group: '1_lifecycle@3' },
  run: apply('restart'),
})

const pause = nodeCommand({
  id: 'projects.pause',
  title: 'Pause Containers of Project',
  icon: 'debug-pause',
  on: ['project+running'],
  place: { group: '1_lifecycle@4' },
  run: apply('pause'),
})

const unpause = nodeCommand({
  id: 'projects.unpause',
  title: 'Unpause Containers of Project',
  icon: 'debug-continue',
  on: ['project+paused'],
  place: { group: '1_lifecycle@5' },
  run: apply('unpause'),
})

const remove = nodeCommand({
  id: 'projects.remove',
  title: 'Remove Containers of Project…',
  icon: 'trash',
  on: ['project'],
  place: { group: '9_remove@1' },
  run: (deps, nodes) =>
    removeContainers(
      deps,
      nodes.flatMap(({ containers }) => containers),
    ),
})

const copyName = nodeCommand({
  id: 'projects.copyName',
  title: 'Copy Name',
  on: ['project'],
  place: { group: '1@1', submenu: 'copy' },
  run: ({ ui }, nodes) => ui.copy(nodes.map(({ name }) => name).join('\n')),
})

export const projectCommands: readonly Command[] = [start, stop, restart, pause, unpause, remove, copyName]
