import type { Engine } from '../../engine/engine.ts'
import { EngineError, isEngineError } from '../../engine/errors.ts'
import { logFacts } from '../../engine/logs/facts.ts'
import type { LineBatch } from '../../engine/logs/line-batch.ts'
import { PositionTracker } from '../../engine/logs/position.ts'
import { readHistory, readOn } from '../../engine/logs/read-log.ts'
import { terminalText } from '../../logs/terminal-text.ts'
import { t } from '../../shared/l10n.ts'
import type { TerminalOutput, TerminalSession } from '../ui.ts'

const decoder = new TextDecoder()
const interrupt = '\u0003'

/** The log of a container in a terminal, as `docker logs --follow --tail N` prints it; Ctrl-C ends it. Colours pass, nothing else. */
export function tailSession(engine: Engine, container: string, name: string, tail: number): TerminalSession {
  const controller = new AbortController()
  const { signal } = controller

  const run = async (io: TerminalOutput): Promise<void> => {
    const write = (lines: LineBatch): void =>
      io.write(
        [...lines]
          .map(({ bytes, unfinished }) => `${terminalText(decoder.decode(bytes))}${unfinished ? '' : '\r\n'}`)
          .join(''),
      )
    const facts = logFacts(container, await engine.containers.inspect(container, signal))
    const tracker = new PositionTracker()
    for await (const lines of readHistory(engine, facts, { tail }, tracker, signal)) write(lines)
    if (facts.running)
      for await (const lines of readOn(engine, facts, tracker, { follow: true }, signal)) write(lines)
    const { exitCode, running } = logFacts(container, await engine.containers.inspect(container, signal))
    io.end({ message: running ? t('The log has ended.') : t('{0} exited with code {1}', name, exitCode) })
  }

  return {
    name,
    icon: 'output',
    open(io) {
      run(io).catch((fault: unknown) => {
        if (isEngineError(fault, 'cancelled')) io.end({ exitCode: 0 })
        else if (isEngineError(fault, 'notFound')) io.end({ message: t('{0} was removed', name) })
        else io.end({ message: fault instanceof EngineError ? fault.message : String(fault) })
      })
    },
    input(text) {
      if (text.includes(interrupt)) controller.abort()
    },
    resize: () => undefined,
    close: () => controller.abort(),
  }
}
