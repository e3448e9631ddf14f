import type { EngineId } from '../../engine/model/refs.ts'

interface Remembered {
  readonly engine: EngineId
  readonly container: string
  /** What the tab is called; of a program, which gets none again, the short id of the container. */
  readonly name: string
}

/** A program in a container with a terminal of its own; `session` names its processes in their environment. */
export interface ExecMemory extends Remembered {
  readonly kind: 'shell' | 'program'
  readonly session: string
  readonly user?: string
  readonly workingDir?: string
  readonly privileged?: boolean
  /** Variables were given; they may be secrets and are not kept. */
  readonly withEnv?: boolean
}

export interface AttachMemory extends Remembered {
  readonly kind: 'attach'
}

/**
 * What it takes to bring a terminal back after the window has been loaded anew: the editor keeps no terminal of an extension.
 * Plain data, kept in the workspace; no secrets are in it.
 */
export type TerminalMemory = ExecMemory | AttachMemory

const isText = (value: unknown): value is string => typeof value === 'string' && value.length <= 4096
const isTextOrNone = (value: unknown): boolean => value === undefined || isText(value)
const isFlag = (value: unknown): boolean => value === undefined || typeof value === 'boolean'

/** Whether a value read from the workspace is such a memory, and not something older or broken. */
export function isTerminalMemory(value: unknown): value is TerminalMemory {
  if (typeof value !== 'object' || value === null) return false
  const { kind, engine, container, name, session, user, workingDir, privileged, withEnv } = value as Partial<
    Record<string, unknown>
  >
  if (!isText(engine) || !isText(container) || !isText(name)) return false
  if (kind === 'attach') return true
  return (
    (kind === 'shell' || kind === 'program') &&
    isText(session) &&
    isTextOrNone(user) &&
    isTextOrNone(workingDir) &&
    isFlag(privileged) &&
    isFlag(withEnv)
  )
}
