import type { DuplexStream, Engine, Raw } from '../../engine/engine.ts'
import { EngineError, isEngineError } from '../../engine/errors.ts'
import { FrameDecoder } from '../../engine/frames.ts'
import { TerminalFilter } from '../../engine/terminal/filter.ts'
import { t } from '../../shared/l10n.ts'
import type { TerminalOutput, TerminalSession, TerminalSize } from '../ui.ts'
import { faultMessage } from './exec-session.ts'

const object = (value: unknown): Raw => (typeof value === 'object' && value !== null ? (value as Raw) : {})

/**
 * The terminal of a container's main process: `docker attach`. Closing it, or Ctrl-P Ctrl-Q, leaves the container running.
 * `onAttached` is called once nothing that the process writes can be missed any more: a container that is new is started there.
 */
export function attachSession(
  engine: Engine,
  container: string,
  name: string,
  onAttached?: () => Promise<void>,
): TerminalSession {
  const controller = new AbortController()
  let stream: DuplexStream | undefined
  let size: TerminalSize | undefined
  let ended = false
  let tty = false
  let typed = ''
  let writing = Promise.resolve()

  const run = async (io: TerminalOutput): Promise<void> => {
    const found = await engine.containers.inspect(container, controller.signal)
    // An engine attaches to what does not run, and then never says anything again.
    if (onAttached === undefined && object(found['State'])['Running'] !== true)
      throw new EngineError('conflict', t('The container does not run.'), {
        nextStep: t('Start it, then attach to it.'),
      })
    const config = object(found['Config'])
    tty = config['Tty'] === true
    stream = await engine.streams.attach(
      container,
      { stdin: config['OpenStdin'] === true },
      controller.signal,
    )
    if (controller.signal.aborted) return stream.destroy()
    await onAttached?.()
    if (size !== undefined) resize(size)
    io.remember({ kind: 'attach', engine: engine.id, container, name })
    io.write(
      `\x1b[2m${t('Attached to the main process of {0}. Ctrl-P Ctrl-Q, or closing this terminal, detaches and leaves it running.', name)}\x1b[0m\r\n`,
    )
    await (tty ? showRaw(stream, io) : showFrames(stream, io))
    ended = true
    io.end({ message: await howItEnded(engine, container, typed === detachKey) })
  }

  const resize = (to: TerminalSize): void => {
    size = to
    if (tty && stream !== undefined && !ended)
      void engine.streams.resizeContainer(container, to).catch(() => undefined)
  }

  return {
    name,
    icon: 'plug',
    open(io, initial) {
      size = initial
      void run(io).catch((fault: unknown) => {
        ended = true
        if (!isEngineError(fault, 'cancelled')) io.end({ exitCode: 1, message: faultMessage(fault) })
      })
    },
    input(text) {
      const into = stream
      if (into === undefined || ended) return
      typed = text.slice(-1)
      // Without a terminal of its own the program gets lines as the user ends them.
      const sent = tty ? text : text.replaceAll('\r', '\n')
      writing = writing.then(() => into.write(Buffer.from(sent, 'utf8'))).catch(() => undefined)
    },
    resize,
    close() {
      ended = true
      stream?.destroy()
      controller.abort()
    },
  }
}

async function showRaw(stream: DuplexStream, io: TerminalOutput): Promise<void> {
  const decoder = new TextDecoder()
  const filter = new TerminalFilter()
  for await (const chunk of stream.output) io.write(filter.push(decoder.decode(chunk, { stream: true })))
}

async function showFrames(stream: DuplexStream, io: TerminalOutput): Promise<void> {
  const frames = new FrameDecoder()
  const decoders = { stdout: new TextDecoder(), stderr: new TextDecoder() }
  const filter = new TerminalFilter()
  for await (const chunk of stream.output)
    for (const frame of frames.push(chunk)) {
      const text = decoders[frame.stream === 'stdout' ? 'stdout' : 'stderr'].decode(frame.data, {
        stream: true,
      })
      io.write(filter.push(text).replace(/\r?\n/g, '\r\n'))
    }
}

/** Ctrl-Q, which ends the two keys that the engine takes for the wish to detach. */
const detachKey = '\x11'
/** An engine closes the streams of a program that has ended a moment before it says so. */
const endingMs = 3_000

/** An attach ends alike when the process exits, when it is detached and when the connection is cut: the engine is asked. */
async function howItEnded(engine: Engine, container: string, detached: boolean): Promise<string> {
  try {
    if (detached && (await isRunning(engine, container)))
      return t('Detached; the container goes on running. Any key closes this terminal.')
    const { exitCode } = await engine.containers.wait(container, 'not-running', AbortSignal.timeout(endingMs))
    return t('The container stopped with exit code {0}. Any key closes this terminal.', exitCode)
  } catch (fault) {
    if (isEngineError(fault, 'notFound'))
      return t('The container has been removed. Any key closes this terminal.')
    if (isEngineError(fault, 'cancelled'))
      return t('The connection ended; the container goes on running. Any key closes this terminal.')
    return faultMessage(fault)
  }
}

async function isRunning(engine: Engine, container: string): Promise<boolean> {
  return object((await engine.containers.inspect(container))['State'])['Running'] === true
}
