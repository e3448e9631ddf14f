import type { EngineError } from '../engine/errors.ts'
import type { EngineState, Snapshot } from '../engine/live/state.ts'
import type { EngineNode } from './node.ts'

/** All engines there are, in the order in which they were found, the current one first. */
export function engineRoots(snapshot: Snapshot): EngineNode[] {
  const nodes = snapshot.engines.map((state) => engineNode(state, snapshot))
  return [...nodes.filter(({ active }) => active), ...nodes.filter(({ active }) => !active)]
}

/** Why an engine cannot be reached. While it is tried again, what the last attempt failed of is still the news. */
export const connectionError = ({ connection }: Pick<EngineState, 'connection'>): EngineError | undefined =>
  connection.status === 'failed' || connection.status === 'connecting' ? connection.error : undefined

export function engineNode(
  { endpoint, connection, info }: EngineState,
  { active, shown }: Pick<Snapshot, 'active' | 'shown'>,
): EngineNode {
  const error = connectionError({ connection })
  return {
    kind: 'engine',
    endpoint,
    status: error === undefined ? connection.status : 'failed',
    active: endpoint.id === active,
    shown: shown.has(endpoint.id),
    ...(info === undefined ? {} : { info }),
    ...(error === undefined ? {} : { error }),
  }
}
