import type { Disposable } from '../../shared/disposable.ts'
import { Emitter } from '../../shared/emitter.ts'
import type { Engine } from '../engine.ts'
import type { Clock } from '../live/clock.ts'
import type { Container } from '../model/container.ts'
import type { EngineId } from '../model/refs.ts'
import { monitorOf, type StatsWatch } from './monitor.ts'
import type { Sample } from './sample.ts'

export interface LiveUseDeps {
  readonly clock: Clock
  /** Undefined once the engine has been closed. */
  engine(id: EngineId): Engine | undefined
  /** Milliseconds between two changes that are told of. */
  interval(): number
}

interface Watched {
  readonly watch: StatsWatch
  readonly listening: Disposable
  containers: ReadonlySet<string>
}

/** The latest use of resources by some running containers, whichever engines they are on; told of no more often than asked for. */
export class LiveUse implements Disposable {
  readonly #deps: LiveUseDeps
  readonly #changed = new Emitter<void>()
  readonly #watched = new Map<Engine, Watched>()
  #timer: Disposable | undefined
  readonly onDidChange = this.#changed.event

  constructor(deps: LiveUseDeps) {
    this.#deps = deps
  }

  /** Follows exactly these from now on. */
  follow(containers: readonly Container[]): void {
    const wanted = new Map<Engine, Set<string>>()
    for (const container of containers) {
      const engine = this.#deps.engine(container.engine)
      if (engine === undefined) continue
      const ids = wanted.get(engine) ?? new Set()
      ids.add(container.id)
      wanted.set(engine, ids)
    }
    for (const [engine, { watch, listening }] of [...this.#watched])
      if (!wanted.has(engine)) {
        this.#watched.delete(engine)
        listening.dispose()
        watch.dispose()
      }
    for (const [engine, ids] of wanted) {
      const watched = this.#watched.get(engine) ?? this.#watch(engine)
      watched.containers = ids
      watched.watch.follow([...ids])
    }
    if (wanted.size === 0) this.#rest()
  }

  latest({ engine, id }: Container): Sample | undefined {
    const known = this.#deps.engine(engine)
    return known === undefined || this.#watched.get(known)?.containers.has(id) !== true
      ? undefined
      : monitorOf(known).samples(id).at(-1)
  }

  #watch(engine: Engine): Watched {
    const monitor = monitorOf(engine)
    const watched: Watched = {
      watch: monitor.watch(1),
      containers: new Set(),
      listening: monitor.onDidChange(({ container, sample }) => {
        if (sample === undefined || !watched.containers.has(container)) return
        this.#timer ??= this.#deps.clock.after(this.#deps.interval(), () => {
          this.#timer = undefined
          this.#changed.fire()
        })
      }),
    }
    this.#watched.set(engine, watched)
    return watched
  }

  #rest(): void {
    this.#timer?.dispose()
    this.#timer = undefined
  }

  dispose(): void {
    this.follow([])
    this.#changed.dispose()
  }
}
