import { setMaxListeners } from 'node:events'
import { plural, t } from '../../shared/l10n.ts'
import { EngineError } from '../errors.ts'

export function cancelled(): EngineError {
  return new EngineError('cancelled', t('Cancelled.'))
}

/**
 * One request from its queueing to its last byte. It ends once: `finish` when all is done, or `fail`, and whatever failed it
 * first (the caller's signal, a deadline, the engine's silence, the disposal of the engine) is the fault that is told.
 */
export class Operation {
  /** Whether the head of an answer has come. */
  answered = false
  /** What the engine has sent on the operation's connection, in bytes. */
  bytesRead: () => number = () => 0
  #fault: EngineError | undefined
  #finished = false
  #listeners: ((fault: EngineError) => void)[] = []
  #timer: ReturnType<typeof setTimeout> | undefined
  readonly #signal: AbortSignal | undefined
  readonly #onAbort = (): void => this.fail(cancelled())
  readonly #onEnd: () => void

  constructor(signal: AbortSignal | undefined, onEnd: () => void) {
    this.#signal = signal
    this.#onEnd = onEnd
    if (signal === undefined) return
    // One signal may end many streams of a caller at once.
    setMaxListeners(0, signal)
    if (signal.aborted) this.#fault = cancelled()
    else signal.addEventListener('abort', this.#onAbort, { once: true })
  }

  get fault(): EngineError | undefined {
    return this.#fault
  }

  /** Called once the operation fails, at once if it has failed already. */
  onFail(listener: (fault: EngineError) => void): void {
    if (this.#fault !== undefined) listener(this.#fault)
    else this.#listeners.push(listener)
  }

  /** Fails with `timeout` unless it ends within `ms`, counted from now; replaces an earlier deadline. */
  deadline(ms: number): void {
    clearTimeout(this.#timer)
    if (this.#finished || this.#fault !== undefined) return
    this.#timer = setTimeout(() => {
      const seconds = Math.ceil(ms / 1000)
      this.fail(
        new EngineError(
          'timeout',
          plural(
            seconds,
            'The engine did not answer within a second.',
            'The engine did not answer within {0} seconds.',
          ),
          {
            nextStep: t('Check that the engine is running and not overloaded, then try again.'),
          },
        ),
      )
    }, ms)
  }

  noDeadline(): void {
    clearTimeout(this.#timer)
  }

  fail(fault: EngineError): void {
    if (this.#finished || this.#fault !== undefined) return
    this.#fault = fault
    this.#release()
    const listeners = this.#listeners
    this.#listeners = []
    for (const listener of listeners) listener(fault)
  }

  /** All is done, or nobody listens any more; later failures are nobody's. */
  finish(): void {
    if (this.#finished) return
    this.#finished = true
    this.#listeners = []
    this.#release()
    this.#onEnd()
  }

  #release(): void {
    clearTimeout(this.#timer)
    this.#signal?.removeEventListener('abort', this.#onAbort)
  }
}
