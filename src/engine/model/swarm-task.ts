import type { Labels } from './container.ts'

/** The task of a swarm service that a container was made for. */
export interface SwarmTask {
  readonly service: string
  /** The number of the replica; in a service that runs on each node the node's id. What replaces a task has the same. */
  readonly slot: string
}

const serviceLabel = 'com.docker.swarm.service.name'
const taskLabel = 'com.docker.swarm.task.name'

/** What the labels of a container tell of its task, whose name is `service.slot.id`; undefined outside of a swarm. */
export function swarmTask(labels: Labels): SwarmTask | undefined {
  const service = labels[serviceLabel] ?? ''
  if (service === '') return undefined
  const task = labels[taskLabel] ?? ''
  const rest = task.startsWith(`${service}.`) ? task.slice(service.length + 1) : ''
  return { service, slot: rest.split('.')[0] ?? '' }
}
