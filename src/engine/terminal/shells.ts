import type { Engine } from '../engine.ts'
import { isEngineError } from '../errors.ts'
import { runInContainer } from './run.ts'

/** A shell as the words of a command: what `docker exec -it NAME …` would be given. */
export type Shell = readonly [string, ...string[]]

// `command -v` is in every POSIX shell; `which` is not in every image.
const findUnixShell = 'for s in bash zsh ash; do command -v "$s" && exit; done; command -v sh'
const withoutSh: readonly Shell[] = [['bash'], ['ash'], ['busybox', 'sh']]
const windowsShells: readonly Shell[] = [['pwsh'], ['powershell'], ['cmd']]

/** The best shell of a running container; undefined where it has none (an image built from scratch, say). */
export async function findShell(
  engine: Engine,
  container: string,
  signal?: AbortSignal,
): Promise<Shell | undefined> {
  if (engine.info?.osType === 'windows')
    return firstThatRuns(engine, container, windowsShells, ['/?'], signal)
  const found = await output(engine, container, ['sh', '-c', findUnixShell], signal)
  if (found !== undefined) {
    const path = found.trim().split('\n')[0]?.trim()
    return path === undefined || path === '' ? ['sh'] : [path]
  }
  return firstThatRuns(engine, container, withoutSh, ['-c', 'exit 0'], signal)
}

async function firstThatRuns(
  engine: Engine,
  container: string,
  shells: readonly Shell[],
  args: readonly string[],
  signal: AbortSignal | undefined,
): Promise<Shell | undefined> {
  for (const shell of shells)
    if ((await output(engine, container, [...shell, ...args], signal)) !== undefined) return shell
  return undefined
}

/** What a program printed; undefined where it could not be started or failed. */
async function output(
  engine: Engine,
  container: string,
  command: readonly string[],
  signal: AbortSignal | undefined,
): Promise<string | undefined> {
  try {
    const { exitCode, stdout } = await runInContainer(engine, container, { command }, signal)
    return exitCode === 0 ? stdout : undefined
  } catch (fault) {
    // Engines answer a missing program with a code and text in the stream, or with an error of the start call.
    if (isEngineError(fault, 'invalid', 'internal', 'notFound', 'unsupported')) return undefined
    throw fault
  }
}
