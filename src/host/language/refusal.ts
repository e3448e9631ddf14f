import { EngineError } from '../../engine/errors.ts'
import { plain } from '../../shared/sinks.ts'

/** What a language server answers with when it could do what it is asked, and does not: `LSPErrorCodes.RequestFailed`. */
const requestFailed = -32803

/** What the server refuses in words for the user is told in these, without a way to try again that would not help; all else is a fault. */
export function refusalIn(fault: unknown): unknown {
  const isRefused = fault instanceof Error && 'code' in fault && fault.code === requestFailed
  return isRefused ? new EngineError('unsupported', plain(fault.message, 1000), { cause: fault }) : fault
}
