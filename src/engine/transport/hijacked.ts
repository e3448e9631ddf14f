import type { Duplex } from 'node:stream'
import { t } from '../../shared/l10n.ts'
import type { DuplexStream } from '../engine.ts'
import { EngineError } from '../errors.ts'
import type { Operation } from './operation.ts'

/**
 * The connection that an upgraded request leaves behind, tied to its operation: whatever fails that destroys this. `ends` is false
 * where one direction cannot end alone: Node closes a pipe of Windows 50 ms after that, and what the program still says is lost.
 */
export function hijacked(
  socket: Duplex,
  operation: Operation,
  failure: (fault: unknown) => EngineError,
  ends: boolean,
): DuplexStream {
  operation.onFail(() => socket.destroy())
  socket.on('error', () => undefined)
  socket.once('close', () => operation.finish())

  async function* read(): AsyncGenerator<Buffer> {
    try {
      for await (const chunk of socket) yield chunk as Buffer
    } catch (fault) {
      throw operation.fault ?? failure(fault)
    }
    if (operation.fault !== undefined) throw operation.fault
  }

  return {
    output: read(),
    write(data) {
      return new Promise((resolve, reject) => {
        if (operation.fault !== undefined) reject(operation.fault)
        else if (socket.writableEnded || socket.destroyed)
          reject(new EngineError('lost', t('The program does not take input any more.')))
        else
          socket.write(data, (fault) =>
            fault == null ? resolve() : reject(operation.fault ?? failure(fault)),
          )
      })
    },
    endInput() {
      if (ends) socket.end()
    },
    destroy() {
      operation.finish()
      socket.destroy()
    },
  }
}
