import type { Container } from '../model/container.ts'
import type { EngineId } from '../model/refs.ts'
import { swarmTask, type SwarmTask } from '../model/swarm-task.ts'

/** A container whose log is read, and how its successor is found once compose or a person has made it anew. */
export interface LogTarget {
  readonly engine: EngineId
  /** The full id as it was when the log was opened. */
  readonly container: string
  readonly name: string
  readonly compose?: { readonly project: string; readonly service: string; readonly number: number }
  /** Where all the tasks that one after the other have this place in a service are one log. */
  readonly swarm?: SwarmTask
}

/** What the log viewer is asked to show. */
export interface LogRequest {
  readonly title: string
  readonly targets: readonly LogTarget[]
  /** Of a whole compose project: containers that it gets later join. */
  readonly project?: { readonly engine: EngineId; readonly name: string }
  /** Of a swarm service, as far as its tasks run on the engine's own node: those that it gets later join. */
  readonly service?: { readonly engine: EngineId; readonly name: string }
}

export function logTarget(container: Container): LogTarget {
  const { engine, id, name, compose } = container
  return {
    engine,
    container: id,
    name,
    ...(compose === undefined
      ? {}
      : { compose: { project: compose.project, service: compose.service, number: compose.number } }),
  }
}

const byNumber = new Intl.Collator('en', { numeric: true })

/** The places of a swarm service on this node, each with the oldest container that there is of it: its log goes on with the next. */
export function serviceTargets(containers: readonly Container[], service: string): readonly LogTarget[] {
  const targets = new Map<string, LogTarget>()
  for (const container of containers.toSorted((a, b) => a.created - b.created)) {
    const swarm = swarmTask(container.labels)
    if (swarm?.service === service && !targets.has(swarm.slot))
      targets.set(swarm.slot, { ...logTarget(container), swarm })
  }
  return [...targets.values()].sort((a, b) => byNumber.compare(a.swarm!.slot, b.swarm!.slot))
}

/** Whether `container` is the target or what took its place: the same service and number of a project, else the same name. */
export function continues(target: LogTarget, container: Container): boolean {
  if (container.engine !== target.engine) return false
  if (container.id === target.container) return true
  if (target.swarm !== undefined) {
    const task = swarmTask(container.labels)
    return task?.service === target.swarm.service && task.slot === target.swarm.slot
  }
  if (target.compose === undefined || container.compose === undefined) return container.name === target.name
  const { project, service, number } = container.compose
  return (
    project === target.compose.project &&
    service === target.compose.service &&
    number === target.compose.number &&
    !container.compose.oneoff
  )
}
