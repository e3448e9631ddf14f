import { t } from '../../shared/l10n.ts'
import { EngineError } from '../errors.ts'
import type { Operation } from './operation.ts'

/**
 * `quick` answers at once; `long` may take as long as it takes (stop, commit, prune); `stream` has a connection of its own and
 * is not counted; `probe` asks whether the engine is there, and never waits behind calls that may be stalled.
 */
export type Lane = 'quick' | 'long' | 'stream' | 'probe'

interface Waiting {
  readonly lane: Lane
  go(): void
}

/** At most `total` calls in flight, in the order they came; long ones leave two places to quick ones. */
export class Lanes {
  readonly #total: number
  readonly #waitMs: number
  #inFlight = 0
  #long = 0
  #waiting: Waiting[] = []

  constructor(total: number, waitMs: number) {
    this.#total = total
    this.#waitMs = waitMs
  }

  /** Waits for a place; what it resolves to gives the place back. Rejects once the operation failed or waited too long. */
  async enter(lane: Lane, operation: Operation): Promise<() => void> {
    if (lane === 'stream' || lane === 'probe') return () => undefined
    if (this.#free(lane)) this.#count(lane, 1)
    else await this.#queue(lane, operation)
    let left = false
    return () => {
      if (left) return
      left = true
      this.#count(lane, -1)
      this.#wake()
    }
  }

  #count(lane: Lane, by: 1 | -1): void {
    this.#inFlight += by
    if (lane === 'long') this.#long += by
  }

  #free(lane: Lane): boolean {
    return this.#inFlight < this.#total && (lane === 'quick' || this.#long < Math.max(1, this.#total - 2))
  }

  #queue(lane: Lane, operation: Operation): Promise<void> {
    return new Promise((resolve, reject) => {
      const waiting: Waiting = {
        lane,
        go: () => {
          clearTimeout(timer)
          // Counted here and not where the promise goes on, so that nobody takes the place in between.
          this.#count(lane, 1)
          resolve()
        },
      }
      this.#waiting.push(waiting)
      const timer = setTimeout(
        () =>
          operation.fail(
            new EngineError('timeout', t('The engine is busy: the request waited too long for its turn.'), {
              nextStep: t('Try again when the running operations are done.'),
            }),
          ),
        this.#waitMs,
      )
      operation.onFail((fault) => {
        clearTimeout(timer)
        this.#waiting = this.#waiting.filter((other) => other !== waiting)
        reject(fault)
      })
    })
  }

  #wake(): void {
    const next = this.#waiting.find((waiting) => this.#free(waiting.lane))
    if (next === undefined) return
    this.#waiting = this.#waiting.filter((other) => other !== next)
    next.go()
  }
}
