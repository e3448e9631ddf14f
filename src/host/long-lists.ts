import type { Clock } from '../engine/live/clock.ts'
import type { Disposable } from '../shared/disposable.ts'

/** As many rows fill any screen. */
const screenful = 100
/** When VS Code is told for the first time that there is more; each time it does not ask, twice as long passes. */
const restMs = 50
const attempts = 8

/**
 * Long lists are given in two steps, so that the first screenful is seen before a thousand rows have been computed, sent and put
 * in place. That there is more is told until VS Code asks: it answers a refresh that reaches it together with the first
 * rows out of those, and asks nobody.
 */
export class LongLists implements Disposable {
  readonly #clock: Clock
  readonly #owed = new Map<string, Disposable>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** The part of a list to be given now; `more` tells that all of it can be asked for. */
  begin<T>(id: string, all: readonly T[], more: () => void): readonly T[] {
    if (all.length <= 2 * screenful) return all
    this.#tell(id, more, 0)
    return all.slice(0, screenful)
  }

  /** VS Code asks for a list, or it is gone. */
  asked(id: string): void {
    this.#owed.get(id)?.dispose()
    this.#owed.delete(id)
  }

  #tell(id: string, more: () => void, attempt: number): void {
    this.asked(id)
    // A view that is hidden asks by itself once it is seen.
    if (attempt === attempts) return
    const timer = this.#clock.after(restMs * 2 ** attempt, () => {
      this.#tell(id, more, attempt + 1)
      more()
    })
    this.#owed.set(id, timer)
  }

  dispose(): void {
    for (const timer of this.#owed.values()) timer.dispose()
    this.#owed.clear()
  }
}
