import type { DuplexStream, Engine, ExecOptions } from '../../engine/engine.ts'
import { EngineError, isEngineError } from '../../engine/errors.ts'
import { TerminalFilter } from '../../engine/terminal/filter.ts'
import { exitCodeOf, runInContainer } from '../../engine/terminal/run.ts'
import { t } from '../../shared/l10n.ts'
import { plain } from '../../shared/sinks.ts'
import type { ExecMemory } from './memory.ts'
import type { TerminalOutput, TerminalSession, TerminalSize } from '../ui.ts'

export interface ExecRequest extends Omit<ExecOptions, 'tty' | 'stdin' | 'size'> {
  readonly container: string
  /** What the tab is called. */
  readonly name: string
  /** Names the session's processes in their environment, so that they can be ended with the terminal. */
  readonly session: string
  /** A shell is opened again when the window has been loaded anew; another program is not run again. */
  readonly kind: 'shell' | 'program'
  /** Said before the program says anything. */
  readonly greeting?: string
}

const variable = 'QUAYSIDE_TERMINAL'

// Ends what a closed terminal leaves behind, as a real terminal does: the engine itself has no call for it. The name comes as `$1`.
const hangUp = `for p in /proc/[0-9]*; do tr '\\0' '\\n' <"$p/environ" 2>/dev/null | grep -qx "$1" && kill -HUP "\${p#/proc/}" 2>/dev/null; done; exit 0`

/** A program in a container with a terminal of its own, over one hijacked connection: `docker exec -it`. */
export function execSession(engine: Engine, request: ExecRequest): TerminalSession {
  const controller = new AbortController()
  let stream: DuplexStream | undefined
  let execId: string | undefined
  let size: TerminalSize | undefined
  let ended = false
  let pending: string[] = []
  let writing = Promise.resolve()

  const run = async (io: TerminalOutput): Promise<void> => {
    if (request.greeting !== undefined) io.write(`\x1b[2m${plain(request.greeting)}\x1b[0m\r\n`)
    const { container, command, user, workingDir, env, privileged } = request
    const options: ExecOptions = {
      command,
      tty: true,
      stdin: true,
      // Ctrl-P is the previous line in a shell; what nobody types keeps it from being held back.
      detachKeys: 'ctrl-^,ctrl-^,ctrl-_',
      env: [...(env ?? []), `${variable}=${request.session}`, 'TERM=xterm-256color'],
      ...(user === undefined ? {} : { user }),
      ...(workingDir === undefined ? {} : { workingDir }),
      ...(privileged === undefined ? {} : { privileged }),
      ...(size === undefined ? {} : { size }),
    }
    const started = await engine.streams.exec(container, options, controller.signal)
    execId = started.id
    stream = started.stream
    if (controller.signal.aborted) {
      // Closed while the engine started it: nobody else knows of what runs now.
      stream.destroy()
      return endProcesses(engine, request)
    }
    io.remember(memoryOf(engine, request))
    if (size !== undefined) resize(size)
    for (const text of pending) input(text)
    pending = []
    const decoder = new TextDecoder()
    const filter = new TerminalFilter()
    for await (const chunk of stream.output) io.write(filter.push(decoder.decode(chunk, { stream: true })))
    ended = true
    const exitCode = await exitCodeOf(engine, started.id)
    if (exitCode === 0) io.end({ exitCode })
    else io.end({ exitCode, message: endMessage(exitCode, command) })
  }

  const input = (text: string): void => {
    const into = stream
    if (into === undefined) pending.push(text)
    else if (!ended)
      writing = writing.then(() => into.write(Buffer.from(text, 'utf8'))).catch(() => undefined)
  }

  const resize = (to: TerminalSize): void => {
    size = to
    if (execId !== undefined && !ended) void engine.streams.resizeExec(execId, to).catch(() => undefined)
  }

  return {
    name: request.name,
    icon: 'terminal',
    open(io, initial) {
      size = initial
      void run(io).catch((fault: unknown) => {
        ended = true
        if (!isEngineError(fault, 'cancelled')) io.end({ exitCode: 1, message: faultMessage(fault) })
      })
    },
    input,
    resize,
    close() {
      if (ended) return controller.abort()
      ended = true
      stream?.endInput()
      stream?.destroy()
      controller.abort()
      if (execId !== undefined) void endProcesses(engine, request).catch(() => undefined)
    },
  }
}

function memoryOf(engine: Engine, request: ExecRequest): ExecMemory {
  const { kind, container, name, session, user, workingDir, privileged, env } = request
  return {
    kind,
    engine: engine.id,
    container,
    // The tab of a program is called like its line, in which a password may be.
    name: kind === 'shell' ? name : container.slice(0, 12),
    session,
    ...(user === undefined ? {} : { user }),
    ...(workingDir === undefined ? {} : { workingDir }),
    ...(privileged === undefined ? {} : { privileged }),
    ...(env === undefined ? {} : { withEnv: true }),
  }
}

/** Ends what a session left running in its container; does nothing where there is no shell to do it with. */
export async function endProcesses(
  engine: Engine,
  request: Pick<ExecRequest, 'container' | 'session' | 'user'>,
): Promise<void> {
  const command = ['sh', '-c', hangUp, 'sh', `${variable}=${request.session}`]
  await runInContainer(engine, request.container, {
    command,
    ...(request.user === undefined ? {} : { user: request.user }),
  })
}

function endMessage(exitCode: number, command: readonly string[]): string {
  if (exitCode === 126 || exitCode === 127)
    return t(
      'The program “{0}” could not be started (exit code {1}). Any key closes this terminal.',
      plain(command.join(' '), 100),
      exitCode,
    )
  return t('The program ended with exit code {0}. Any key closes this terminal.', exitCode)
}

/** A fault as one line for a terminal. */
export function faultMessage(fault: unknown): string {
  const message = fault instanceof Error ? plain(fault.message) : plain(String(fault))
  const next = fault instanceof EngineError && fault.nextStep !== undefined ? ` ${plain(fault.nextStep)}` : ''
  return isEngineError(fault, 'lost', 'unreachable')
    ? t(
        'The connection to the engine was lost: {0} The program may still run. Any key closes this terminal.',
        message + next,
      )
    : t('{0} Any key closes this terminal.', message + next)
}
