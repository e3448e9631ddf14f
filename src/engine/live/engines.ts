import { disposable, type Disposable } from '../../shared/disposable.ts'
import { Emitter, type Event } from '../../shared/emitter.ts'
import type { Endpoint } from '../endpoint.ts'
import type { Engine } from '../engine.ts'
import type { EngineId } from '../model/refs.ts'
import { sameValue } from './same-value.ts'
import type { Change, LiveStore, Snapshot, Watchable } from './state.ts'
import { createLiveStore, type LiveDeps } from './store.ts'

export interface EnginesDeps extends LiveDeps {
  /** Makes the engine of an endpoint; nothing is sent before it is used. */
  create(endpoint: Endpoint): Engine
}

/** Without `engine` the set of engines, the active one or what is shown is another. */
export type EnginesChange = { readonly engine?: undefined } | ({ readonly engine: EngineId } & Change)

/** The engines of a window, side by side: what is watched is watched on those that are shown, and on no other. */
export interface LiveEngines extends Disposable {
  readonly snapshot: Snapshot
  readonly onDidChange: Event<EnginesChange>
  store(id: EngineId): LiveStore | undefined
  /** The store of the active engine. */
  readonly active: LiveStore | undefined
  /**
   * The endpoints there are, in order: new ones are added, gone ones are closed, those whose address is another are closed and
   * made anew. Nothing is connected by this.
   */
  setEndpoints(endpoints: readonly Endpoint[]): void
  /** Makes an engine the active one. The streams of the one before are closed first, unless it is shown beside. */
  activate(id: EngineId): void
  /** Shows the objects of an engine beside those of the active one, or no longer. */
  showBeside(id: EngineId, shown: boolean): void
  watch(what: Watchable): Disposable
  /** The stores of the engines that are shown. */
  shownStores(): readonly LiveStore[]
  /** Lists again now on all engines shown. */
  refresh(): void
  /** Tries again now on all engines shown. */
  retryNow(): void
  /** The user is back; see `LiveStore.resume`. */
  resume(): void
}

export function createLiveEngines(deps: EnginesDeps): LiveEngines {
  return new Engines(deps)
}

interface Open {
  readonly store: LiveStore
  /** What is watched on this engine, by who watches; none while it is not shown. */
  readonly watches: Map<object, Disposable>
}

class Engines implements LiveEngines {
  readonly #deps: EnginesDeps
  readonly #changes: Emitter<EnginesChange>
  #open = new Map<EngineId, Open>()
  #active: EngineId | undefined
  #beside = new Set<EngineId>()
  #watchers = new Map<object, Watchable>()
  #snapshot: Snapshot | undefined

  constructor(deps: EnginesDeps) {
    this.#deps = deps
    this.#changes = new Emitter<EnginesChange>(deps.fault)
  }

  get onDidChange(): Event<EnginesChange> {
    return this.#changes.event
  }

  get snapshot(): Snapshot {
    this.#snapshot ??= {
      engines: [...this.#open.values()].map(({ store }) => store.state),
      active: this.#active,
      shown: new Set([...this.#open.keys()].filter((id) => this.#isShown(id))),
    }
    return this.#snapshot
  }

  get active(): LiveStore | undefined {
    return this.#active === undefined ? undefined : this.store(this.#active)
  }

  store(id: EngineId): LiveStore | undefined {
    return this.#open.get(id)?.store
  }

  setEndpoints(endpoints: readonly Endpoint[]): void {
    const before = this.#open
    const after = new Map<EngineId, Open>()
    for (const endpoint of endpoints) {
      const known = before.get(endpoint.id)
      const same = known !== undefined && sameValue(known.store.engine.endpoint, endpoint)
      after.set(endpoint.id, same ? known : this.#make(endpoint))
    }
    this.#open = after
    for (const [id, open] of before) if (after.get(id) !== open) close(open)
    if (this.#active !== undefined && !after.has(this.#active)) this.#active = undefined
    for (const id of this.#beside) if (!after.has(id)) this.#beside.delete(id)
    this.#settle()
  }

  activate(id: EngineId): void {
    if (this.#active === id || !this.#open.has(id)) return
    this.#active = id
    this.#settle()
  }

  showBeside(id: EngineId, shown: boolean): void {
    if (this.#beside.has(id) === shown || !this.#open.has(id)) return
    if (shown) this.#beside.add(id)
    else this.#beside.delete(id)
    this.#settle()
  }

  watch(what: Watchable): Disposable {
    const watcher = {}
    this.#watchers.set(watcher, what)
    for (const [id, { store, watches }] of this.#open)
      if (this.#isShown(id)) watches.set(watcher, store.watch(what))
    return disposable(() => {
      this.#watchers.delete(watcher)
      for (const { watches } of this.#open.values()) {
        watches.get(watcher)?.dispose()
        watches.delete(watcher)
      }
    })
  }

  refresh(): void {
    for (const store of this.shownStores()) store.refresh()
  }

  retryNow(): void {
    for (const store of this.shownStores()) store.retryNow()
  }

  resume(): void {
    for (const store of this.shownStores()) store.resume()
  }

  dispose(): void {
    for (const open of this.#open.values()) close(open)
    this.#open.clear()
    this.#watchers.clear()
    this.#changes.dispose()
  }

  #make(endpoint: Endpoint): Open {
    const store = createLiveStore(this.#deps.create(endpoint), this.#deps)
    store.onDidChange((change) => {
      this.#snapshot = undefined
      this.#changes.fire({ engine: endpoint.id, ...change })
    })
    return { store, watches: new Map() }
  }

  #isShown(id: EngineId): boolean {
    return id === this.#active || this.#beside.has(id)
  }

  shownStores(): readonly LiveStore[] {
    return [...this.#open].filter(([id]) => this.#isShown(id)).map(([, { store }]) => store)
  }

  /** Closes what is shown no longer before anything of what is shown now is opened. */
  #settle(): void {
    this.#snapshot = undefined
    for (const [id, { store, watches }] of this.#open) {
      if (this.#isShown(id)) continue
      for (const watch of watches.values()) watch.dispose()
      watches.clear()
      store.rest()
    }
    for (const [id, { store, watches }] of this.#open) {
      if (!this.#isShown(id)) continue
      for (const [watcher, what] of this.#watchers)
        if (!watches.has(watcher)) watches.set(watcher, store.watch(what))
    }
    this.#changes.fire({})
  }
}

function close({ store, watches }: Open): void {
  for (const watch of watches.values()) watch.dispose()
  watches.clear()
  store.dispose()
  store.engine.dispose()
}
