import { disposable, type Disposable } from '../../shared/disposable.ts'
import { Emitter } from '../../shared/emitter.ts'
import type { Engine } from '../engine.ts'
import { sampleOf, type Sample } from './sample.ts'

/** A sample of one container, or the end of its stream: it stopped, or the engine went away. */
export interface StatsChange {
  readonly container: string
  readonly sample: Sample | undefined
}

/** One of those who look: the rows of a view, a page. */
export interface StatsWatch extends Disposable {
  /** Follows exactly these running containers from now on. One whose stream has ended is asked for again. */
  follow(containers: readonly string[]): void
}

interface Watcher {
  readonly history: number
  wanted: readonly string[]
}

const monitors = new WeakMap<Engine, StatsMonitor>()

/** The one monitor of an engine: who looks at the same container shares its stream. */
export function monitorOf(engine: Engine): StatsMonitor {
  const known = monitors.get(engine)
  if (known !== undefined) return known
  const monitor = new StatsMonitor(engine)
  monitors.set(engine, monitor)
  return monitor
}

/**
 * The use of resources by some containers, live: one stream for each that somebody follows, however many do, and none for the
 * rest. Keeps as many of the last samples (about one a second) of each as the watcher with the longest history asks for.
 */
export class StatsMonitor {
  readonly #engine: Engine
  readonly #changed = new Emitter<StatsChange>()
  readonly #watchers = new Set<Watcher>()
  readonly #streams = new Map<string, AbortController>()
  readonly #samples = new Map<string, Sample[]>()
  readonly onDidChange = this.#changed.event

  constructor(engine: Engine) {
    this.#engine = engine
  }

  watch(history: number): StatsWatch {
    const watcher: Watcher = { history, wanted: [] }
    this.#watchers.add(watcher)
    const { dispose } = disposable(() => {
      this.#watchers.delete(watcher)
      this.#settle()
    })
    return {
      follow: (containers) => {
        watcher.wanted = containers
        if (this.#watchers.has(watcher)) this.#settle()
      },
      dispose,
    }
  }

  samples(container: string): readonly Sample[] {
    return this.#samples.get(container) ?? []
  }

  #settle(): void {
    const wanted = new Set([...this.#watchers].flatMap((watcher) => watcher.wanted))
    for (const [id, controller] of [...this.#streams])
      if (!wanted.has(id)) {
        this.#streams.delete(id)
        controller.abort()
      }
    for (const id of wanted) if (!this.#streams.has(id)) void this.#follow(id)
    for (const id of [...this.#samples.keys()]) if (!wanted.has(id)) this.#samples.delete(id)
  }

  async #follow(id: string): Promise<void> {
    const controller = new AbortController()
    this.#streams.set(id, controller)
    try {
      for await (const raw of this.#engine.streams.stats(id, controller.signal)) {
        const sample = sampleOf(raw)
        if (sample === undefined || controller.signal.aborted) continue
        this.#keep(id, sample)
        this.#changed.fire({ container: id, sample })
      }
    } catch {
      // However it ended, the live list of containers says whether there is something to ask for again.
    }
    if (this.#streams.get(id) !== controller) return
    this.#streams.delete(id)
    this.#changed.fire({ container: id, sample: undefined })
  }

  #keep(id: string, sample: Sample): void {
    const history = Math.max(1, ...[...this.#watchers].map((watcher) => watcher.history))
    const samples = this.#samples.get(id) ?? []
    samples.push(sample)
    if (samples.length > history) samples.splice(0, samples.length - history)
    this.#samples.set(id, samples)
  }
}
