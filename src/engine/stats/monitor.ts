import type { Disposable } from '../../shared/disposable.ts'
import { Emitter } from '../../shared/emitter.ts'
import type { Engine } from '../engine.ts'
import { sampleOf, type Sample } from './sample.ts'

/** A sample of one container, or the end of its stream: it stopped, or the engine went away. */
export interface StatsChange {
  readonly container: string
  readonly sample: Sample | undefined
}

/**
 * The use of resources by some containers, live: one stream for each that is watched, none for the rest. Keeps the last
 * `history` samples (about one a second) of each.
 */
export class StatsMonitor implements Disposable {
  readonly #engine: Engine
  readonly #history: number
  readonly #changed = new Emitter<StatsChange>()
  readonly #streams = new Map<string, AbortController>()
  readonly #samples = new Map<string, Sample[]>()
  readonly onDidChange = this.#changed.event

  constructor(engine: Engine, history: number) {
    this.#engine = engine
    this.#history = history
  }

  /** Watches exactly these running containers from now on. One whose stream has ended is asked for again. */
  watch(containers: readonly string[]): void {
    const wanted = new Set(containers)
    for (const [id, controller] of [...this.#streams])
      if (!wanted.has(id)) {
        this.#streams.delete(id)
        controller.abort()
      }
    for (const id of wanted) if (!this.#streams.has(id)) void this.#follow(id)
    for (const id of [...this.#samples.keys()]) if (!wanted.has(id)) this.#samples.delete(id)
  }

  samples(container: string): readonly Sample[] {
    return this.#samples.get(container) ?? []
  }

  async #follow(id: string): Promise<void> {
    const controller = new AbortController()
    this.#streams.set(id, controller)
    try {
      for await (const raw of this.#engine.streams.stats(id, controller.signal)) {
        const sample = sampleOf(raw)
        if (sample === undefined || controller.signal.aborted) continue
        const samples = this.#samples.get(id) ?? []
        samples.push(sample)
        if (samples.length > this.#history) samples.splice(0, samples.length - this.#history)
        this.#samples.set(id, samples)
        this.#changed.fire({ container: id, sample })
      }
    } catch {
      // However it ended, the live list of containers says whether there is something to ask for again.
    }
    if (this.#streams.get(id) !== controller) return
    this.#streams.delete(id)
    this.#changed.fire({ container: id, sample: undefined })
  }

  dispose(): void {
    this.watch([])
    this.#changed.dispose()
  }
}
