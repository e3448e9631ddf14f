import { execFile } from 'node:child_process'
import type { ShellCheckRequest } from '../../language/host.ts'

export interface ShellCheckPorts {
  /** A name on PATH or a path. */
  readonly program: () => string
  /** A program did not do its work; told once for each kind of failure in a row. */
  readonly failed: (program: string, why: ShellCheckFailure) => void
}

export interface ShellCheckFailure {
  /** `missing`: there is no such program. `slow`: it was ended. `broken`: what it said is no answer. */
  readonly kind: 'missing' | 'slow' | 'broken'
  /** The last words of the program, or of the system about it. */
  readonly detail: string
}

const mostMs = 10_000
const mostBytes = 8 * 1024 * 1024
/** A program that failed is not tried again for this long; one that is not there can be installed at any time. */
const restMs = { missing: 30_000, slow: 300_000, broken: 300_000 } as const

/**
 * Asks ShellCheck, with the script on its standard input. The answer is its `json1` output; undefined when there is none. A program that is missing,
 * or that does not answer in ten seconds, is left alone for a while, unless another one is named.
 */
export function shellCheckRunner(
  { program, failed }: ShellCheckPorts,
  now: () => number = Date.now,
  patienceMs = mostMs,
): (request: ShellCheckRequest, signal?: AbortSignal) => Promise<string | undefined> {
  let lastTold: string | undefined
  let resting: { readonly program: string; readonly until: number } | undefined
  return async (request, signal) => {
    const name = program()
    if (resting?.program === name && now() < resting.until) return undefined
    const answer = await run(name, request, patienceMs, signal).catch(notStarted)
    if (answer === undefined || typeof answer === 'string') return answer
    resting = { program: name, until: now() + restMs[answer.kind] }
    const told = `${name} ${answer.kind}`
    if (told !== lastTold) failed(name, answer)
    lastTold = told
    return undefined
  }
}

/** Some paths (one below a file) are refused before anything is started. */
function notStarted(fault: unknown): ShellCheckFailure {
  return { kind: 'broken', detail: fault instanceof Error ? fault.message : String(fault) }
}

function run(
  program: string,
  { script, shell, exclude }: ShellCheckRequest,
  patienceMs: number,
  signal: AbortSignal | undefined,
): Promise<string | ShellCheckFailure | undefined> {
  const args = [
    '--format=json1',
    `--shell=${shell}`,
    ...(exclude.length === 0 ? [] : [`--exclude=${exclude.join(',')}`]),
    '-',
  ]
  return new Promise((resolve) => {
    if (signal?.aborted === true) {
      resolve(undefined)
      return
    }
    // In the root folder: a file of options in the workspace must not be read.
    const child = execFile(program, args, { maxBuffer: mostBytes, cwd: '/' }, (error, stdout, stderr) => {
      if (stdout.startsWith('{')) settle(stdout)
      else if (error?.code === 'ENOENT') settle({ kind: 'missing', detail: error.message })
      else settle({ kind: 'broken', detail: stderr.trim() || (error?.message ?? '') })
    })
    const end = (result: ShellCheckFailure | undefined): void => {
      // What it started itself may go on and hold its output open: that is not waited for.
      child.kill('SIGKILL')
      child.stdout?.destroy()
      child.stderr?.destroy()
      settle(result)
    }
    const timer = setTimeout(() => end({ kind: 'slow', detail: '' }), patienceMs)
    const stop = (): void => end(undefined)
    const settle = (result: string | ShellCheckFailure | undefined): void => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', stop)
      resolve(result)
    }
    signal?.addEventListener('abort', stop, { once: true })
    child.stdin?.on('error', () => undefined)
    child.stdin?.end(script)
  })
}
