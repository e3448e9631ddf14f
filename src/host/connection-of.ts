import type { EngineState } from '../engine/live/state.ts'
import type { Connection } from '../manifest/context-keys.ts'

/** What `when` clauses and empty views are told of the current engine; undefined when there is none. `others`: there are more. */
export function connectionOf(state: EngineState | undefined, others = false): Connection {
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
  // Where others were found it is not so that there is none.
  if (isLocal && code === 'ENOENT')
    return endpoint.origin.from === 'default' && !others ? 'noEngine' : 'notRunning'
  return code === 'ECONNREFUSED' ? 'notRunning' : 'failed'
}
