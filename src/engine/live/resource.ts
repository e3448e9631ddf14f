import type { Disposable } from '../../shared/disposable.ts'
import type { EngineError } from '../errors.ts'
import { backoff } from './backoff.ts'
import type { Clock } from './clock.ts'
import { asEngineError } from './fault.ts'
import { merge, type Merged } from './merge.ts'
import { Pace } from './pace.ts'
import type { ResourceState } from './state.ts'

/** How one kind of object is listed. */
export interface Listing<T> {
  list(ids: readonly string[] | undefined, signal: AbortSignal): Promise<readonly T[]>
  /** Whether some objects can be listed alone, and a second look at them is cheap. */
  readonly byId: boolean
  /** The object to keep: `before` itself when nothing has changed. */
  settle(fresh: T, before: T | undefined): T
}

export interface ResourceDeps {
  readonly clock: Clock
  readonly random: () => number
  /** The state is another one; nothing merged when only its status is. */
  changed(merged?: Merged<unknown>): void
  /** A list has been answered, or failed of the connection. */
  heard(fault?: EngineError): void
}

/** As many doubtful objects are listed by their ids; more by a list of all. */
const few = 16
/** After a list, how long what it told is trusted before a second look, and how long hints that are not urgent may wait. */
export const secondLookMs = 500
const costOfSome = 1
const costOfAll = 2

/**
 * The objects of one kind. Hints make objects doubtful, lists settle them: the first hint after quiet is followed at once, a flood
 * is gathered. One list is in flight at a time, so that answers never overtake each other. An engine may tell of a change a
 * moment before its own lists show it: what a hint made us list is listed once more when things have calmed down.
 */
export class LiveResource<T extends { readonly id: string }> implements Disposable {
  #state: ResourceState<T> = { status: 'idle', items: new Map() }
  #watchers = 0
  /** Of the connection that is open; its signal ends the lists of a connection that is not. */
  #signal: AbortSignal | undefined
  #inFlight = false
  #timer: (Disposable & { readonly due: number }) | undefined
  /** Doubtful objects, and whether they want a second look. */
  #dirty = new Map<string, boolean>()
  #all: 'no' | 'once' | 'twice' = 'no'
  #later = new Set<string>()
  #allLater = false
  /** Something changed while nobody watched. */
  #stale = true
  /** What changed while nobody watched is being listed. */
  #renewing = false
  #failures = 0
  readonly #pace: Pace
  readonly #listing: Listing<T>
  readonly #deps: ResourceDeps

  constructor(listing: Listing<T>, deps: ResourceDeps) {
    this.#listing = listing
    this.#deps = deps
    this.#pace = new Pace(deps.clock)
  }

  get state(): ResourceState<T> {
    return this.#state
  }

  /** What is known may be older than the first watcher. */
  get renewing(): boolean {
    return this.#renewing
  }

  get watched(): boolean {
    return this.#watchers > 0
  }

  watch(): void {
    if (++this.#watchers > 1) return
    if (this.#state.status === 'idle') this.#become({ ...this.#state, status: 'loading' })
    this.#renewing = this.#stale
    if (this.#stale) this.relist()
  }

  unwatch(): void {
    if (--this.#watchers > 0) return
    this.#stale ||= this.#inFlight || this.#doubtful
    this.#forget()
  }

  /** The event stream is open: what has changed before is settled by a list of all. */
  open(signal: AbortSignal): void {
    this.#signal = signal
    this.#inFlight = false
    this.#stale = true
    this.#failures = 0
    if (this.watched) this.relist()
  }

  /** The connection is gone; lists in flight are void. */
  close(): void {
    this.#signal = undefined
    this.#inFlight = false
    this.#stale = true
    this.#forget()
  }

  /** The engine cannot be had; what was known is kept. */
  fail(error: EngineError): void {
    if (this.watched) this.#become({ status: 'failed', items: this.#state.items, error })
  }

  /** Nobody watches and nothing runs. */
  rest(): void {
    this.close()
    if (this.#state.status !== 'idle') this.#become({ status: 'idle', items: this.#state.items })
  }

  /** An event made an object doubtful, or all of them. */
  touch(id: string | undefined, urgent: boolean): void {
    if (this.#signal === undefined || !this.watched) {
      this.#stale = true
      return
    }
    const one = this.#listing.byId ? id : undefined
    if (one === undefined) {
      if (urgent) this.#all = this.#listing.byId ? 'twice' : 'once'
      else this.#allLater = true
    } else if (urgent) this.#dirty.set(one, true)
    else this.#later.add(one)
    this.#pump()
  }

  /** Lists all as soon as may be. */
  relist(): void {
    this.#all = 'once'
    this.#pump()
  }

  /** Settles what is known once more: `settle` knows something new. */
  revise(): void {
    const { items } = this.#state
    const merged = merge(items, [...items.values()], undefined, this.#listing.settle)
    if (merged.items !== items) this.#become({ ...this.#state, items: merged.items }, merged)
  }

  dispose(): void {
    this.#watchers = 0
    this.close()
  }

  get #doubtful(): boolean {
    return this.#all !== 'no' || this.#allLater || this.#dirty.size + this.#later.size > 0
  }

  #forget(): void {
    this.#timer?.dispose()
    this.#timer = undefined
    this.#dirty.clear()
    this.#later.clear()
    this.#all = 'no'
    this.#allLater = false
  }

  #pump(): void {
    if (this.#signal === undefined || !this.watched || this.#inFlight) return
    const all = this.#all !== 'no' || this.#dirty.size > few
    if (all || this.#dirty.size > 0) {
      const cost = all ? costOfAll : costOfSome
      if (this.#pace.take(cost)) void this.#load(this.#signal, all)
      else this.#wake(this.#pace.wait(cost))
    } else if (this.#allLater || this.#later.size > 0) this.#wake(secondLookMs)
  }

  /** Looks again after a while, with what could wait. */
  #wake(ms: number): void {
    const due = this.#deps.clock.now() + ms
    if (this.#timer !== undefined && this.#timer.due <= due) return
    this.#timer?.dispose()
    const timer = this.#deps.clock.after(ms, () => {
      this.#timer = undefined
      if (this.#allLater && this.#all === 'no') this.#all = 'once'
      for (const id of this.#later) if (!this.#dirty.has(id)) this.#dirty.set(id, false)
      this.#later.clear()
      this.#allLater = false
      this.#pump()
    })
    this.#timer = { due, dispose: () => timer.dispose() }
  }

  async #load(signal: AbortSignal, all: boolean): Promise<void> {
    const asked = this.#dirty
    const ids = all ? undefined : [...asked.keys()]
    if (all) {
      this.#allLater = this.#all === 'twice' || [...asked.values()].includes(true)
      this.#stale = false
    } else for (const [id, twice] of asked) if (twice) this.#later.add(id)
    this.#dirty = new Map()
    this.#all = 'no'
    this.#inFlight = true
    let list: readonly T[] | undefined
    let fault: unknown
    try {
      list = await this.#listing.list(ids, signal)
    } catch (caught) {
      fault = caught
    }
    // An answer for a connection that is not the one any more is worth nothing.
    if (signal.aborted || this.#signal !== signal) return
    this.#inFlight = false
    if (list === undefined) this.#failed(fault)
    else {
      this.#failures = 0
      if (all) this.#renewing = false
      this.#keep(merge(this.#state.items, list, ids, this.#listing.settle), 'ready')
      this.#deps.heard()
      this.#pump()
    }
  }

  #failed(fault: unknown): void {
    const error = asEngineError(fault)
    this.#stale = true
    if (error.code === 'unreachable' || error.code === 'lost') return this.#deps.heard(error)
    this.fail(error)
    this.#allLater = true
    this.#wake(backoff(++this.#failures, false, this.#deps.random))
  }

  #keep(merged: Merged<T>, status: ResourceState<T>['status']): void {
    const same = merged.items === this.#state.items
    if (same && status === this.#state.status && this.#state.error === undefined) return
    this.#become({ status, items: merged.items }, merged)
  }

  #become(state: ResourceState<T>, merged?: Merged<T>): void {
    this.#state = state
    this.#deps.changed(merged)
  }
}
