import type { Container } from '../model/container.ts'
import type { EngineId } from '../model/refs.ts'

/** A container whose log is read, and how its successor is found once compose or a person has made it anew. */
export interface LogTarget {
  readonly engine: EngineId
  /** The full id as it was when the log was opened. */
  readonly container: string
  readonly name: string
  readonly compose?: { readonly project: string; readonly service: string; readonly number: number }
}

/** What the log viewer is asked to show. */
export interface LogRequest {
  readonly title: string
  readonly targets: readonly LogTarget[]
  /** Of a whole compose project: containers that it gets later join. */
  readonly project?: { readonly engine: EngineId; readonly name: string }
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

/** Whether `container` is the target or what took its place: the same service and number of a project, else the same name. */
export function continues(target: LogTarget, container: Container): boolean {
  if (container.engine !== target.engine) return false
  if (container.id === target.container) return true
  if (target.compose === undefined || container.compose === undefined) return container.name === target.name
  const { project, service, number } = container.compose
  return (
    project === target.compose.project &&
    service === target.compose.service &&
    number === target.compose.number &&
    !container.compose.oneoff
  )
}
