import { disposable, type Disposable } from '../../shared/disposable.ts'
import { Emitter } from '../../shared/emitter.ts'
import type { Engine } from '../engine.ts'
import type { EngineError } from '../errors.ts'
import type { EngineEvent } from '../model/system.ts'
import type { Volume } from '../model/volume.ts'
import type { Clock } from './clock.ts'
import { LiveConnection, silenceMs } from './connection.ts'
import { hintsOf } from './hints.ts'
import { LiveResource, type Listing } from './resource.ts'
import { sameValue } from './same-value.ts'
import { settleContainer } from './since.ts'
import {
  resources,
  type Change,
  type EngineState,
  type LiveStore,
  type Models,
  type Resource,
  type Watchable,
} from './state.ts'

export interface LiveDeps {
  readonly clock: Clock
  /** 0 ≤ x < 1, for the jitter of waits. */
  readonly random: () => number
  /** A listener of a change threw. */
  readonly fault: (fault: unknown) => void
}

/** How long all goes on after the last watcher has gone: views are hidden and shown again within a moment. */
export const graceMs = 5_000
/** So many events within a second, and the engine may have dropped some: all is listed once they calm down. */
const floodOf = 200

export function createLiveStore(engine: Engine, deps: LiveDeps): LiveStore {
  return new Store(engine, deps)
}

type LiveResources = { readonly [R in Resource]: LiveResource<Models[R]> }

class Store implements LiveStore {
  readonly engine: Engine
  readonly #clock: Clock
  readonly #changes: Emitter<Change>
  readonly #limits: Emitter<string>
  readonly #connection: LiveConnection
  readonly #resources: LiveResources
  #state: EngineState | undefined
  #engineWatchers = 0
  #grace: Disposable | undefined
  #sizes: ReadonlyMap<string, number> = new Map()
  #settled = new Map<Resource, (() => void)[]>()
  #flood = { from: 0, events: 0 }

  constructor(engine: Engine, deps: LiveDeps) {
    this.engine = engine
    this.#clock = deps.clock
    this.#changes = new Emitter<Change>(deps.fault)
    this.#limits = new Emitter<string>(deps.fault)
    this.#connection = new LiveConnection(engine, {
      clock: deps.clock,
      random: deps.random,
      opened: (signal) => this.#each((resource) => resource.open(signal)),
      event: (event, silentMs) => this.#event(event, silentMs),
      lost: () => this.#each((resource) => resource.close()),
      failed: (error) => this.#each((resource) => resource.fail(error)),
      changed: () => this.#changed('engine'),
    })
    const live = <R extends Resource>(what: R, listing: Listing<Models[R]>): LiveResource<Models[R]> =>
      new LiveResource<Models[R]>(listing, {
        clock: deps.clock,
        random: deps.random,
        changed: (merged) => this.#changed(what, merged),
        heard: (fault) => this.#heard(what, fault),
      })
    this.#resources = {
      containers: live('containers', {
        list: (ids, signal) => engine.containers.list(ids === undefined ? {} : { ids }, signal),
        byId: true,
        settle: (fresh, before) => settleContainer(fresh, before, deps.clock.now()),
      }),
      images: live('images', {
        list: (_, signal) => engine.images.list(signal),
        byId: false,
        settle: keepEqual,
      }),
      volumes: live('volumes', {
        list: (_, signal) => engine.volumes.list(signal),
        byId: false,
        settle: (fresh, before) => keepEqual(this.#measured(fresh), before),
      }),
      networks: live('networks', {
        list: (_, signal) => engine.networks.list(signal),
        byId: false,
        settle: keepEqual,
      }),
    }
  }

  get onDidChange(): LiveStore['onDidChange'] {
    return this.#changes.event
  }

  get onDidLimit(): LiveStore['onDidLimit'] {
    return this.#limits.event
  }

  get state(): EngineState {
    const { info } = this.#connection
    this.#state ??= {
      endpoint: this.engine.endpoint,
      connection: this.#connection.state,
      ...(info === undefined ? {} : { info }),
      containers: this.#resources.containers.state,
      images: this.#resources.images.state,
      volumes: this.#resources.volumes.state,
      networks: this.#resources.networks.state,
    }
    return this.#state
  }

  watch(what: Watchable): Disposable {
    this.#grace?.dispose()
    this.#grace = undefined
    if (what === 'engine') this.#engineWatchers++
    else this.#resources[what].watch()
    if (what === 'networks' && this.#networksUntold) this.#resources.networks.touch(undefined, true)
    const { state } = this.#connection
    if (what !== 'engine' && state.status === 'failed') this.#resources[what].fail(state.error)
    this.#connection.open()
    return disposable(() => this.#unwatch(what))
  }

  settled(resource: Resource): Promise<void> {
    if (this.#isSettled(resource)) return Promise.resolve()
    return new Promise((resolve) => {
      this.#settled.set(resource, [...(this.#settled.get(resource) ?? []), resolve])
    })
  }

  refresh(): void {
    this.retryNow()
    this.#each((resource) => {
      if (resource.watched) resource.relist()
    })
  }

  retryNow(): void {
    this.#connection.retryNow()
  }

  resume(): void {
    this.#connection.resume()
    if (this.#networksUntold) this.#resources.networks.touch(undefined, true)
  }

  async measure(signal?: AbortSignal): Promise<void> {
    const volumes = await this.engine.system.volumeUsage(signal)
    this.#sizes = new Map(volumes.filter(({ size }) => size >= 0).map(({ name, size }) => [name, size]))
    this.#resources.volumes.revise()
  }

  rest(): void {
    this.#grace?.dispose()
    this.#grace = undefined
    this.#connection.close()
    this.#each((resource) => resource.rest())
  }

  dispose(): void {
    this.rest()
    this.#each((resource) => resource.dispose())
    this.#changes.dispose()
    this.#limits.dispose()
  }

  #unwatch(what: Watchable): void {
    if (what === 'engine') this.#engineWatchers--
    else {
      this.#resources[what].unwatch()
      this.#release(what)
    }
    if (this.#watched || this.#connection.state.status === 'idle') return
    this.#grace ??= this.#clock.after(graceMs, () => this.rest())
  }

  /**
   * Podman 4 tells of no network that is made or removed. They are listed when somebody begins to look, when the user comes back,
   * and with changes of containers, for which networks are made and removed.
   */
  get #networksUntold(): boolean {
    return this.#connection.info?.product === 'podman'
  }

  get #watched(): boolean {
    return this.#engineWatchers > 0 || resources.some((resource) => this.#resources[resource].watched)
  }

  #event(event: EngineEvent, silentMs: number): void {
    for (const { resource, id, urgent } of hintsOf(event)) this.#resources[resource].touch(id, urgent)
    if (event.type === 'container' && event.action === 'update') this.#limits.fire(event.id)
    if (event.type === 'container' && this.#networksUntold) this.#resources.networks.touch(undefined, false)
    const now = this.#clock.now()
    if (Math.abs(now - this.#flood.from) >= 1_000) this.#flood = { from: now, events: 0 }
    const doubtful = ++this.#flood.events % floodOf === 0 || silentMs >= silenceMs
    if (doubtful) this.#each((resource) => resource.touch(undefined, false))
  }

  #heard(what: Resource, fault: EngineError | undefined): void {
    if (fault !== undefined) return this.#connection.report(fault)
    this.#connection.heard()
    this.#release(what)
  }

  #measured(volume: Volume): Volume {
    const size = this.#sizes.get(volume.id)
    return size === undefined ? volume : { ...volume, size }
  }

  #each(call: (resource: LiveResource<Models[Resource]>) => void): void {
    for (const resource of resources) call(this.#resources[resource] as LiveResource<Models[Resource]>)
  }

  #isSettled(resource: Resource): boolean {
    const { state, renewing, watched } = this.#resources[resource]
    return (state.status === 'ready' && !renewing) || state.status === 'failed' || !watched
  }

  #release(resource: Resource): void {
    if (!this.#isSettled(resource)) return
    const waiting = this.#settled.get(resource) ?? []
    this.#settled.delete(resource)
    for (const resolve of waiting) resolve()
  }

  #changed(what: Watchable, merged?: Omit<Change, 'what'>): void {
    this.#state = undefined
    if (what !== 'engine') this.#release(what)
    this.#changes.fire({
      what,
      added: merged?.added ?? [],
      changed: merged?.changed ?? [],
      removed: merged?.removed ?? [],
    })
  }
}

function keepEqual<T>(fresh: T, before: T | undefined): T {
  return before !== undefined && sameValue(before, fresh) ? before : fresh
}
