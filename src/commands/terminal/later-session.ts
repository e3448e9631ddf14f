import { isEngineError } from '../../engine/errors.ts'
import type { TerminalOutput, TerminalSession, TerminalSize } from '../ui.ts'
import { faultMessage } from './exec-session.ts'

/**
 * A terminal that is there at once and learns afterwards what runs in it: `find` may ask the user and the engine. Without an
 * answer the terminal closes.
 */
export function laterSession(
  name: string,
  icon: string,
  find: (signal: AbortSignal, io: TerminalOutput) => Promise<TerminalSession | undefined>,
): TerminalSession {
  const controller = new AbortController()
  const { signal } = controller
  let inner: TerminalSession | undefined
  let size: TerminalSize | undefined
  return {
    name,
    icon,
    open(io, initial) {
      size = initial
      find(signal, io).then(
        (found) => {
          if (signal.aborted) return
          if (found === undefined) return io.end({})
          inner = found
          if (found.name !== name) io.rename(found.name)
          found.open(io, size)
        },
        (fault: unknown) => {
          if (!isEngineError(fault, 'cancelled')) io.end({ exitCode: 1, message: faultMessage(fault) })
        },
      )
    },
    input: (text) => inner?.input(text),
    resize(to) {
      size = to
      inner?.resize(to)
    },
    close() {
      controller.abort()
      inner?.close()
    },
  }
}
