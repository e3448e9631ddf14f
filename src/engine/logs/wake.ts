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
  /** Resolves when something has been told. */
  readonly told: Promise<void>
  readonly #ends: (() => void)[] = []

  constructor(surroundings: Surroundings, target: LogTarget, id: string, signal: AbortSignal) {
    const { promise, resolve: tell } = deferred<void>()
    this.told = promise
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
    const abort = (): void => tell()
    signal.addEventListener('abort', abort)
    this.#ends.push(
      () => listening.dispose(),
      () => signal.removeEventListener('abort', abort),
    )
  }

  /** Resolves at once when something has been told since this was made. Ends the listening. */
  async wait(round = recheckMs.length): Promise<void> {
    const ms = recheckMs[round]
    let timer: ReturnType<typeof setTimeout> | undefined
    const recheck = new Promise<void>((resolve) => {
      if (ms !== undefined) timer = setTimeout(resolve, ms)
    })
    await Promise.race([this.told, recheck])
    clearTimeout(timer)
    this.dispose()
  }

  dispose(): void {
    for (const end of this.#ends.splice(0)) end()
  }
}
