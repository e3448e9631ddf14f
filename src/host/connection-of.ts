import type { EngineState } from '../engine/live/state.ts'
import type { Connection } from '../manifest/context-keys.ts'

/** What `when` clauses and empty views are told of the current engine; undefined when there is none. */
export function connectionOf(state: EngineState | undefined): Connection {
  if (state === undefined) return 'noEngine'
  const { connection, endpoint } = state
  if (connection.status === 'connected') return 'connected'
  const error = 'error' in connection ? connection.error : undefined
  if (error === undefined) return 'connecting'
  const { kind } = endpoint.address
  const isLocal = kind === 'unix' || kind === 'npipe'
  // Advice on sockets of this machine is none for an engine elsewhere.
  if (error.code === 'denied') return isLocal ? 'denied' : 'failed'
  if (error.code !== 'unreachable') return 'failed'
  const code = error.cause instanceof Error && 'code' in error.cause ? error.cause.code : undefined
  if (isLocal && code === 'ENOENT') return endpoint.origin.from === 'default' ? 'noEngine' : 'notRunning'
  return code === 'ECONNREFUSED' ? 'notRunning' : 'failed'
}
