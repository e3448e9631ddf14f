export type EngineErrorCode =
  | 'notFound'
  | 'conflict'
  | 'notModified'
  | 'denied'
  | 'unauthorized'
  | 'invalid'
  | 'unreachable'
  | 'timeout'
  | 'cancelled'
  | 'unsupported'
  | 'notDocker'
  | 'lost'
  | 'internal'

export interface EngineErrorDetails {
  /** What a person can do next, as one sentence. */
  readonly nextStep?: string
  /** HTTP status, where an engine answered. */
  readonly status?: number
  readonly cause?: unknown
}

/** The one error of the engine room. `message` says what happened in words for the user; `nextStep` what to do. */
export class EngineError extends Error {
  override readonly name = 'EngineError'
  readonly code: EngineErrorCode
  readonly nextStep: string | undefined
  readonly status: number | undefined

  constructor(code: EngineErrorCode, message: string, details: EngineErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause })
    this.code = code
    this.nextStep = details.nextStep
    this.status = details.status
  }
}

export function isEngineError(fault: unknown, ...codes: readonly EngineErrorCode[]): fault is EngineError {
  return fault instanceof EngineError && (codes.length === 0 || codes.includes(fault.code))
}
