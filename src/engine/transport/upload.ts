import type { ClientRequest } from 'node:http'
import { t } from '../../shared/l10n.ts'
import { EngineError, isEngineError } from '../errors.ts'
import type { Operation } from './operation.ts'

/**
 * Sends what `source` yields as the request's body; the source is asked for more only once the system took what was written, so
 * that it may use the memory of a piece again.
 * A source that fails fails the operation. It goes on while an engine answers (`docker load` tells its progress), and stops
 * once the engine has refused.
 */
export function upload(
  source: AsyncIterable<Uint8Array>,
  request: ClientRequest,
  operation: Operation,
): void {
  let stopped = false
  let taken: (() => void) | undefined
  const iterator = source[Symbol.asyncIterator]()
  const stop = (): void => {
    taken?.()
    if (stopped) return
    stopped = true
    // The source's own failure on being told to stop is nobody's any more.
    void Promise.resolve(iterator.return?.()).catch(() => undefined)
  }
  operation.onFail(stop)
  request.once('close', stop)
  request.on('response', (response) => {
    if ((response.statusCode ?? 0) >= 300) stop()
  })

  const send = async (): Promise<void> => {
    while (!stopped) {
      const { value, done } = await iterator.next()
      if (stopped) return
      if (done === true) {
        stopped = true
        request.end()
        return
      }
      await new Promise<void>((resolve) => {
        taken = resolve
        request.write(value, () => resolve())
      })
    }
  }
  send().catch((fault: unknown) => {
    stopped = true
    operation.fail(
      isEngineError(fault)
        ? fault
        : new EngineError('invalid', t('What was to be sent could not be read: {0}', messageOf(fault)), {
            cause: fault,
          }),
    )
  })
}

function messageOf(fault: unknown): string {
  return fault instanceof Error ? fault.message : String(fault)
}
