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
  #told = false
  #resolve: (() => void) | undefined
  readonly #ends: (() => void)[] = []

  constructor(surroundings: Surroundings, target: LogTarget, id: string, signal: AbortSignal) {
    const tell = (): void => {
      this.#told = true
      this.#resolve?.()
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

  /** Resolves at once when something has been told since this was made. Ends the listening. */
  async wait(round = recheckMs.length): Promise<void> {
    if (!this.#told) {
      const ms = recheckMs[round]
      let timer: ReturnType<typeof setTimeout> | undefined
      await new Promise<void>((resolve) => {
        this.#resolve = resolve
        if (ms !== undefined) timer = setTimeout(resolve, ms)
      })
      clearTimeout(timer)
    }
    this.dispose()
  }

  dispose(): void {
    for (const end of this.#ends.splice(0)) end()
  }
}
