import { followLog } from '../engine/logs/follow.ts'
import type { LogRange } from '../engine/logs/read-log.ts'
import {
  continues,
  logTarget,
  serviceTargets,
  type LogRequest,
  type LogTarget,
} from '../engine/logs/target.ts'
import type { Surroundings } from '../engine/logs/wake.ts'
import type { Clock } from '../engine/live/clock.ts'
import type { Engine } from '../engine/engine.ts'
import type { EngineId } from '../engine/model/refs.ts'
import { deferred, type Deferred } from '../shared/deferred.ts'
import type { Disposable } from '../shared/disposable.ts'
import { Emitter } from '../shared/emitter.ts'
import type { LineBatch } from '../engine/logs/line-batch.ts'
import { LineReader } from './line-reader.ts'
import { LineStore } from './line-store.ts'
import { markLine } from './mark-text.ts'
import { Merger } from './merge.ts'
import { readOlder } from './older.ts'
import { addStart, labelOf, type LogSource } from './source.ts'

export interface SessionPorts {
  /** What is known of an engine and its containers; undefined when it is not open any more. */
  surroundings(engine: EngineId): Surroundings | undefined
  /** Keeps the live picture of the engine's containers up to date until disposed. */
  watch(engine: EngineId): Disposable
  readonly clock: Clock
  /** Lets everything else have its turn. */
  pause(): Promise<void>
  /** A fault in our own code. */
  fault(fault: unknown): void
}

/** A record is held back for so long, in case another container has an earlier one on its way. */
const holdBackMs = 40
/** So long the lines are taken in before everything else has its turn. */
const sliceMs = 6
const batchLines = 1_000
/** So many bytes may wait for lines of other sources, all sources together, before their readers wait too. */
const highWater = 8 * 1024 * 1024
/** And of each source so many at least: a little more than what is read at once. */
const leastWater = 256 * 1024

export type SessionChange = 'lines' | 'reset' | 'sources'

/** The logs of a viewer: read, merged and held. What is shown of them is the view's. */
export class LogSession implements Disposable {
  readonly request: LogRequest
  readonly store: LineStore
  readonly sources: LogSource[] = []
  /** False after the newest lines had to make room for older ones: then nothing new is taken in. */
  live = true
  /** The engine holds nothing older than what is held here. */
  atBeginning = false
  readonly #ports: SessionPorts
  readonly #changes: Emitter<SessionChange>
  #range: LogRange
  /** Of each reading that goes on, its own: many listeners of one signal look like a leak to Node. */
  #readings = new Set<AbortController>()
  /** Another one after each new beginning: what belongs to the one before is not heard. */
  #epoch = {}
  #merger = new Merger<LineBatch>(holdBackMs)
  #readers: LineReader[] = []
  readonly #flags = new Uint16Array(batchLines)
  #pumping: Promise<void> | undefined
  #pumpAgain = false
  #timer: Disposable | undefined
  #room: Deferred<void> = deferred()
  #loadingOlder: Promise<void> | undefined
  readonly #watches: Disposable[]

  constructor(request: LogRequest, range: LogRange, limit: number, ports: SessionPorts) {
    this.request = request
    this.#range = range
    this.#ports = ports
    this.store = new LineStore(limit)
    this.#changes = new Emitter<SessionChange>((fault) => ports.fault(fault))
    const engines = new Set([
      ...request.targets.map(({ engine }) => engine),
      ...[request.project, request.service].flatMap((all) => (all === undefined ? [] : [all.engine])),
    ])
    this.#watches = [...engines].map((engine) => ports.watch(engine))
    for (const target of request.targets) this.#addSource(target, request.targets)
    this.#start()
    this.#watchJoining()
  }

  readonly onDidChange = (listener: (change: SessionChange) => void): Disposable =>
    this.#changes.event(listener)

  get range(): LogRange {
    return this.#range
  }

  /** Reads anew, from another place. */
  restart(range: LogRange = this.#range): void {
    this.#range = range
    this.#stopReading()
    this.store.clear()
    this.live = true
    this.atBeginning = false
    for (const source of this.sources) {
      source.state = 'reading'
      source.whole = false
    }
    this.#start()
    this.#changes.fire('reset')
  }

  /** Empties the buffer; what is written from now on is shown. */
  clear(): void {
    this.store.clear()
    this.atBeginning = true
    this.#changes.fire('reset')
  }

  /** Reads lines from before the oldest held. When the memory is full the newest go, and it is no longer live. */
  loadOlder(count: number): Promise<void> {
    if (this.atBeginning) return Promise.resolve()
    this.#loadingOlder ??= this.#older(count).finally(() => (this.#loadingOlder = undefined))
    return this.#loadingOlder
  }

  dispose(): void {
    this.#stopReading()
    this.#timer?.dispose()
    for (const watch of this.#watches) watch.dispose()
    this.#room.resolve()
    this.#changes.dispose()
  }

  #addSource(target: LogTarget, among: readonly LogTarget[]): LogSource {
    const source: LogSource = {
      id: this.sources.length,
      target,
      label: labelOf(target, among, this.request.project !== undefined),
      container: target.container,
      starts: [],
      tty: false,
      state: 'reading',
      whole: false,
    }
    this.sources.push(source)
    return source
  }

  #start(): void {
    this.#timer?.dispose()
    this.#merger = new Merger<LineBatch>(holdBackMs)
    this.#readers = []
    this.#room.resolve()
    this.#room = deferred()
    for (const source of this.sources) this.#follow(source)
  }

  #follow(source: LogSource): void {
    this.#readers[source.id] = new LineReader()
    this.#merger.add(source.id, this.#ports.clock.now())
    const merger = this.#merger
    this.#reading((signal) => this.#read(source, merger, signal)).catch((fault: unknown) =>
      this.#ports.fault(fault),
    )
  }

  async #read(source: LogSource, merger: Merger<LineBatch>, signal: AbortSignal): Promise<void> {
    const surroundings = this.#ports.surroundings(source.target.engine)
    if (surroundings === undefined) {
      merger.end(source.id)
      return
    }
    for await (const event of followLog(source.target, surroundings, this.#range, signal)) {
      if (signal.aborted) return
      const now = this.#ports.clock.now()
      let lent = false
      switch (event.kind) {
        case 'lines':
          merger.push(source.id, event.lines, now, event.lines.bytes)
          lent = true
          break
        case 'mark':
          // A container that joins is always new, and about to be started.
          if (event.mark.what === 'neverStarted' && !this.request.targets.includes(source.target)) break
          merger.push(source.id, markLine(event.mark, source.label), now)
          // The others do not wait for a source that has been lost on the way.
          if (event.mark.what === 'lost') merger.caughtUp(source.id)
          break
        case 'container':
          source.container = event.id
          source.tty = event.tty
          if (event.startedAt !== undefined) addStart(source, event.startedAt)
          break
        case 'caughtUp':
          merger.caughtUp(source.id)
          source.state = 'following'
          source.whole = event.whole
          // As long as nothing has left the buffer there is nothing older to be had.
          this.atBeginning = this.sources.every(({ whole }) => whole) && this.store.dropped === 0
          this.#changes.fire('sources')
          break
      }
      await this.#pump()
      // Lines that wait for those of other sources do so in memory of their own.
      if (lent) merger.copyLast(source.id, copied)
      while (merger.waiting(source.id) > this.#mostWaiting && !signal.aborted) await this.#room.promise
    }
    if (signal.aborted) return
    merger.end(source.id)
    source.state = 'ended'
    this.#changes.fire('sources')
    await this.#pump()
  }

  get #mostWaiting(): number {
    return Math.max(leastWater, highWater / Math.max(1, this.sources.length))
  }

  /** What reads ends when it is told so by `#stopReading`. */
  async #reading<T>(read: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const controller = new AbortController()
    this.#readings.add(controller)
    try {
      return await read(controller.signal)
    } finally {
      this.#readings.delete(controller)
    }
  }

  #stopReading(): void {
    this.#epoch = {}
    for (const controller of this.#readings) controller.abort()
    this.#readings.clear()
  }

  #pump(): Promise<void> {
    this.#pumpAgain = true
    this.#pumping ??= this.#pumpAll()
    return this.#pumping
  }

  async #pumpAll(): Promise<void> {
    try {
      while (this.#pumpAgain) {
        this.#pumpAgain = false
        await this.#takeIn()
      }
    } finally {
      this.#pumping = undefined
    }
  }

  /** Moves the lines whose turn it is into the store, a slice of time at once. */
  async #takeIn(): Promise<void> {
    const { clock } = this.#ports
    this.#timer?.dispose()
    const epoch = this.#epoch
    let sliceEnd = clock.now() + sliceMs
    let any = false
    for (;;) {
      const merger = this.#merger
      const run = this.live ? merger.take(clock.now(), batchLines) : undefined
      if (run === undefined) break
      const { source, batch, from, to } = run
      const flags = this.#readers[source]!.read(batch, from, to, this.#flags)
      this.store.append({ batch, from, to, source, flags })
      any = true
      if (clock.now() < sliceEnd) continue
      this.#changes.fire('lines')
      await this.#ports.pause()
      if (epoch !== this.#epoch) return
      sliceEnd = clock.now() + sliceMs
    }
    if (any) {
      if (this.store.dropped > 0) this.atBeginning = false
      this.#changes.fire('lines')
      this.#room.resolve()
      this.#room = deferred()
    }
    const due = this.#merger.due(clock.now())
    if (due !== undefined && this.live) this.#timer = clock.after(due, () => void this.#pump())
  }

  async #older(count: number): Promise<void> {
    const { store } = this
    const epoch = this.#epoch
    const engineOf = (engine: EngineId): Engine | undefined => this.#ports.surroundings(engine)?.engine
    const page = await this.#reading((signal) => readOlder(store, this.sources, engineOf, count, signal))
    if (epoch !== this.#epoch) return
    this.atBeginning = page.atBeginning
    if (store.prepend(page.lines)) {
      // The newest lines had to go: what follows could not be joined to the rest.
      this.live = false
      this.#stopReading()
    }
    this.#changes.fire('reset')
  }

  /** Containers that a compose project or a service gets later join. */
  #watchJoining(): void {
    const { project, service } = this.request
    const all = project ?? service
    if (all === undefined) return
    const surroundings = this.#ports.surroundings(all.engine)
    if (surroundings === undefined) return
    this.#watches.push(
      surroundings.onDidChange(({ what }) => {
        if (what === 'containers') this.#join(surroundings)
      }),
    )
  }

  #join({ state }: Surroundings): void {
    const { project, service } = this.request
    const containers = [...state.containers.items.values()]
    const targets =
      service !== undefined
        ? serviceTargets(containers, service.name)
        : containers
            .filter(({ compose }) => compose?.project === project?.name && compose?.oneoff === false)
            .map(logTarget)
    for (const target of targets) {
      const container = state.containers.items.get(target.container)!
      if (this.sources.some((other) => continues(other.target, container))) continue
      const source = this.#addSource(target, [...this.sources.map((other) => other.target), target])
      if (this.live) this.#follow(source)
      this.#changes.fire('sources')
    }
  }
}

function copied(lines: LineBatch, from: number): { readonly batch: LineBatch; readonly bytes: number } {
  const batch = lines.copy(from)
  return { batch, bytes: batch.bytes }
}
