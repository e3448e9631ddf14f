import type { Raw } from '../engine.ts'
import { parseStamp, type Stamp } from './stamp.ts'

/** What an inspect says that matters to reading a log. */
export interface LogFacts {
  readonly id: string
  readonly tty: boolean
  /** `json-file`, `local`, `none` … */
  readonly driver: string
  readonly running: boolean
  readonly status: string
  /** Undefined for a container that has never been started. */
  readonly startedAt: Stamp | undefined
  readonly finishedAt: Stamp | undefined
  readonly exitCode: number
  readonly oomKilled: boolean
}

export function logFacts(id: string, inspected: Raw): LogFacts {
  const config = part(inspected['Config'])
  const state = part(inspected['State'])
  const driver = part(part(inspected['HostConfig'])['LogConfig'])['Type']
  const exitCode = state['ExitCode']
  return {
    id: typeof inspected['Id'] === 'string' ? inspected['Id'] : id,
    tty: config['Tty'] === true,
    driver: typeof driver === 'string' ? driver : '',
    // An engine says that a container runs while it waits to restart it.
    running: state['Running'] === true && state['Restarting'] !== true,
    status: typeof state['Status'] === 'string' ? state['Status'] : '',
    startedAt: parseStamp(state['StartedAt']),
    finishedAt: parseStamp(state['FinishedAt']),
    exitCode: typeof exitCode === 'number' ? exitCode : 0,
    oomKilled: state['OOMKilled'] === true,
  }
}

function part(value: unknown): Raw {
  return typeof value === 'object' && value !== null ? (value as Raw) : {}
}
