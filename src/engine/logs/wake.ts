import { deferred } from '../../shared/deferred.ts'
import type { Change, LiveStore } from '../live/state.ts'
import { continues, type LogTarget } from './target.ts'

/** Of the live picture of an engine, what a log that is followed needs. */
export type Surroundings = Pick<LiveStore, 'engine' | 'state' | 'onDidChange'>

/** When a container may have come back although no change of the live picture told so: it was too short to be seen. */
const recheckMs = [250, 1_000, 3_000]

/**
 * Waits for what may concern a target: its container or one that could replace it changed, or the connection did. Made before the
 * question that the answer may make outdated, so that nothing falls in between.
 */
export class Wake {
  readonly #told = deferred<void>()
  #isTold = false
  /** Who waits now. */
  #waiting: (() => void) | undefined
  readonly #ends: (() => void)[] = []

  constructor(surroundings: Surroundings, target: LogTarget, id: string, signal: AbortSignal) {
    const tell = (): void => {
      this.#isTold = true
      this.#told.resolve()
      this.#waiting?.()
    }
    const concerns = (change: Change): boolean =>
      change.what === 'engine' ||
      (change.what === 'containers' &&
        (change.added.length + change.changed.length + change.removed.length === 0 ||
          [...change.removed, ...change.changed].includes(id) ||
          change.added.some((added) => {
            const container = surroundings.state.containers.items.get(added)
            return container !== undefined && continues(target, container)
          })))
    const listening = surroundings.onDidChange((change) => {
      if (concerns(change)) tell()
    })
    signal.addEventListener('abort', tell)
    this.#ends.push(
      () => listening.dispose(),
      () => signal.removeEventListener('abort', tell),
    )
  }

  /**
   * Whether something is told before `other` has settled. One waits at a time, and nothing stays of those that did: of a log that
   * floods many do, while nothing is told for hours.
   */
  before(other: Promise<unknown>): Promise<boolean> {
    return new Promise((resolve) => {
      const settled = (): void => resolve(this.#isTold)
      this.#waiting = settled
      if (this.#isTold) settled()
      else void other.then(settled, settled)
    })
  }

  /** Resolves at once when something has been told since this was made. Ends the listening. */
  async wait(round = recheckMs.length): Promise<void> {
    const ms = recheckMs[round]
    let timer: ReturnType<typeof setTimeout> | undefined
    const recheck = new Promise<void>((resolve) => {
      if (ms !== undefined) timer = setTimeout(resolve, ms)
    })
    await Promise.race([this.#told.promise, recheck])
    clearTimeout(timer)
    this.dispose()
  }

  dispose(): void {
    for (const end of this.#ends.splice(0)) end()
  }
}
