import { spawn, type ChildProcess } from 'node:child_process'
import { existsSync } from 'node:fs'
import { TerminalFilter } from '../../engine/terminal/filter.ts'
import { t } from '../../shared/l10n.ts'
import { plain } from '../../shared/sinks.ts'
import type { TerminalOutput, TerminalSession } from '../ui.ts'

export interface ProcessRequest {
  /** What the tab is called. */
  readonly name: string
  /** A codicon's name. */
  readonly icon?: string
  readonly program: string
  /** Passed as they are: no shell reads them. */
  readonly args: readonly string[]
  /** The command as a person would type it, shown first. */
  readonly shown: string
  readonly cwd: string
  readonly env: Readonly<Record<string, string | undefined>>
  /** Each line of the output, without colours. */
  readonly onLine?: (line: string) => void
  /** Undefined where the program could not be started. */
  readonly onEnd?: (exitCode: number | undefined) => void
}

const killAfterMs = 5_000
const colors = /\x1b\[[0-9;]*[A-Za-z]/g

/** A program of this machine in a terminal: no shell, no input. Closing the terminal, or Ctrl-C, interrupts it. */
export function processSession(request: ProcessRequest): TerminalSession {
  let child: ChildProcess | undefined
  let line = ''

  const lines = (text: string): void => {
    if (request.onLine === undefined) return
    const parts = (line + text).split('\n')
    line = parts.pop()!.slice(-10_000)
    for (const part of parts) request.onLine(part.replace(/\r$/, '').replace(colors, ''))
  }

  const run = (io: TerminalOutput): void => {
    io.write(`\x1b[1m$ ${plain(request.shown, 4000)}\x1b[0m\r\n`)
    const started = spawn(request.program, request.args, {
      cwd: request.cwd,
      env: request.env,
      stdio: ['ignore', 'pipe', 'pipe'],
      windowsHide: true,
    })
    child = started
    for (const stream of [started.stdout, started.stderr]) {
      const filter = new TerminalFilter()
      stream.setEncoding('utf8')
      stream.on('data', (text: string) => {
        io.write(filter.push(text).replace(/\r?\n/g, '\r\n'))
        lines(text)
      })
    }
    started.on('error', (fault) => {
      child = undefined
      io.end({
        exitCode: 127,
        // Without the folder, the system says of the program that it is not there.
        message: existsSync(request.cwd)
          ? t(
              '{0} could not be started: {1} Any key closes this terminal.',
              request.program,
              plain(fault.message),
            )
          : t(
              'Nothing was started: the folder {0} is not there. Any key closes this terminal.',
              plain(request.cwd, 200),
            ),
      })
      request.onEnd?.(undefined)
    })
    started.on('close', (code, killed) => {
      if (child === undefined) return
      child = undefined
      if (line !== '') lines('\n')
      const exitCode = code ?? 130
      const message =
        killed !== null
          ? t('Ended by {0}. Any key closes this terminal.', killed)
          : exitCode === 0
            ? t('Done. Any key closes this terminal.')
            : t('Failed with exit code {0}. Any key closes this terminal.', exitCode)
      io.end({ exitCode, message })
      request.onEnd?.(exitCode)
    })
  }

  const interrupt = (): void => {
    const running = child
    if (running === undefined) return
    running.kill('SIGINT')
    const timer = setTimeout(() => running.kill('SIGKILL'), killAfterMs)
    timer.unref()
    running.once('close', () => clearTimeout(timer))
  }

  return {
    name: request.name,
    icon: request.icon ?? 'terminal',
    open: run,
    input: (text) => {
      if (text.includes('\x03')) interrupt()
    },
    resize: () => undefined,
    close: interrupt,
  }
}
