import { t } from '../../shared/l10n.ts'
import { EngineError } from '../errors.ts'
import type { Engine, ExecOptions } from '../engine.ts'
import { FrameDecoder } from '../frames.ts'

export interface RunResult {
  /** 126 and 127 are the engine's and the shell's way to say that there is no such program. */
  readonly exitCode: number
  readonly stdout: string
  readonly stderr: string
  /** Output over the limit was left out. */
  readonly truncated: boolean
}

const defaultLimit = 4 * 1024 * 1024

/** Runs one program in a running container without a terminal, to its end; `limit` bounds the bytes kept of each stream. */
export async function runInContainer(
  engine: Engine,
  container: string,
  options: Omit<ExecOptions, 'tty' | 'stdin' | 'size'>,
  signal?: AbortSignal,
  limit = defaultLimit,
): Promise<RunResult> {
  const { id, stream } = await engine.streams.exec(
    container,
    { ...options, tty: false, stdin: false },
    signal,
  )
  const parts: Record<'stdout' | 'stderr', Buffer[]> = { stdout: [], stderr: [] }
  const sizes = { stdout: 0, stderr: 0 }
  let truncated = false
  const decoder = new FrameDecoder()
  for await (const chunk of stream.output)
    for (const frame of decoder.push(chunk)) {
      const into = frame.stream === 'stdout' ? 'stdout' : 'stderr'
      const room = limit - sizes[into]
      truncated ||= frame.data.length > room
      if (room <= 0) continue
      const kept = frame.data.subarray(0, room)
      parts[into].push(kept)
      sizes[into] += kept.length
    }
  return {
    exitCode: await exitCodeOf(engine, id, signal),
    stdout: Buffer.concat(parts.stdout).toString('utf8'),
    stderr: Buffer.concat(parts.stderr).toString('utf8'),
    truncated,
  }
}

const settleAttempts = 20
const settleDelay = 100

/** The exit code of an exec whose stream has ended; the engine may need a moment to know it. */
export async function exitCodeOf(engine: Engine, execId: string, signal?: AbortSignal): Promise<number> {
  for (let attempt = 0; attempt < settleAttempts; attempt++) {
    const state = await engine.streams.execState(execId, signal)
    if (!state.running && state.exitCode !== undefined) return state.exitCode
    await new Promise((resolve) => setTimeout(resolve, settleDelay))
  }
  throw new EngineError('lost', t('The connection to the program ended, but the program still runs.'))
}
