import type { Engine } from '../engine.ts'
import { isEngineError, type EngineError, type EngineErrorCode } from '../errors.ts'
import type { Container } from '../model/container.ts'
import { asEngineError } from '../live/fault.ts'
import { placed, type ContainerOfLog, type LogEvent } from './events.ts'
import { logFacts, type LogFacts } from './facts.ts'
import type { LineBatch } from './line-batch.ts'
import type { LogHappening } from './mark.ts'
import { PositionTracker } from './position.ts'
import { readHistory, readOn, type LogRange } from './read-log.ts'
import { compareStamps, noStamp, stampOfMillis, type Stamp } from './stamp.ts'
import { continues, type LogTarget } from './target.ts'
import { Wake, type Surroundings } from './wake.ts'

/** A stream that ends at once again and again is opened again at most so often. */
const shortestRound = 100
const longestRound = 2_000

/**
 * The log of a target for as long as `signal` allows: what the engine holds within `range`, then what is written, over restarts of
 * the container, its replacement by another one, and the engine's going away and coming back. Each of those is told by a mark; no
 * line is lost or comes twice. With `until` it ends there. Lines are the reader's only until it asks for what comes next, which may
 * come in the same memory. Rejects never but with what is our own fault.
 */
export async function* followLog(
  target: LogTarget,
  surroundings: Surroundings,
  range: LogRange,
  signal: AbortSignal,
): AsyncGenerator<LogEvent> {
  yield* new Follower(target, surroundings, range, signal).run()
}

const away: ReadonlySet<EngineErrorCode> = new Set(['lost', 'unreachable', 'timeout', 'cancelled'])
const unreadable: ReadonlySet<EngineErrorCode> = new Set(['unsupported', 'internal', 'invalid'])

type Step = 'inspect' | 'wait'

class Follower {
  readonly #target: LogTarget
  readonly #surroundings: Surroundings
  readonly #range: LogRange
  readonly #signal: AbortSignal
  #id: string
  #tracker = new PositionTracker()
  #historyRead = false
  /** The container is not the one that was asked for, so all of its log is wanted. */
  #replaced = false
  #startedAt: Stamp | undefined
  /** When the container was made: a task of a swarm is replaced by a later one, while earlier ones stay. Engines count in seconds. */
  #created: number
  readonly #passed = new Set<string>()
  /** The last state that was told by a mark. */
  #told: 'running' | 'ended' | 'removed' | 'unreadable' | undefined
  #lost = false
  /** Marks whose place has not come yet. */
  readonly #due: LogEvent[] = []
  #quickEnds = 0

  constructor(target: LogTarget, surroundings: Surroundings, range: LogRange, signal: AbortSignal) {
    this.#target = target
    this.#surroundings = surroundings
    this.#range = range
    this.#signal = signal
    this.#id = target.container
    this.#created = surroundings.state.containers.items.get(target.container)?.created ?? 0
  }

  get #engine(): Engine {
    return this.#surroundings.engine
  }

  async *run(): AsyncGenerator<LogEvent> {
    let round = 0
    while (!this.#signal.aborted) {
      const wake = this.#wake()
      const { records } = this.#tracker
      try {
        const step = yield* this.#step()
        if (step === undefined) return
        if (step === 'wait') await wake.wait(round)
        round = step === 'wait' ? round + 1 : 0
      } catch (fault) {
        if (this.#signal.aborted) return
        // Removed since it was inspected: the next inspect tells.
        if (isEngineError(fault, 'notFound')) continue
        yield* this.#failed(asEngineError(fault))
        // A stream that was cut is opened again at once; after that it takes a sign of life.
        if (this.#tracker.records > records) round = 0
        if (round > 0) await wake.wait(round - 1)
        round += 1
      } finally {
        wake.dispose()
      }
    }
  }

  /** Inspects, reads what can be read; says whether to wait for a change. Undefined: there is nothing more to come. */
  async *#step(): AsyncGenerator<LogEvent, Step | undefined> {
    let facts = await this.#inspect()
    if (this.#lost) {
      this.#lost = false
      yield this.#mark({ what: 'back' }, this.#now())
    }
    if (facts === undefined) return yield* this.#gone()
    if (!this.#historyRead) {
      yield { kind: 'container', ...this.#container(facts) }
      yield* this.#history(facts)
      const later = facts.running ? undefined : this.#laterTask()
      if (later !== undefined) {
        yield* this.#marksOf(facts)
        yield* this.#takeUp(later)
        this.#historyRead = false
        this.#replaced = false
        return 'inspect'
      }
      if (this.#range.until !== undefined) return undefined
      // It may have been started while its log was read.
      if (!facts.running) facts = (await this.#inspect()) ?? facts
      if (facts.running) this.#told = 'running'
      yield* this.#marksOf(facts)
      yield { kind: 'caughtUp', whole: this.#tracker.whole && !this.#tracker.trimmed }
    } else if (this.#range.until !== undefined) {
      for await (const lines of this.#readOn(facts, false)) yield { kind: 'lines', lines }
      return undefined
    } else {
      this.#due.push(...this.#marksOf(facts))
      yield* this.#amid(facts)
    }
    if (!facts.running) {
      const later = this.#laterTask()
      return later === undefined ? 'wait' : yield* this.#takeUp(later)
    }
    const { records } = this.#tracker
    const before = Date.now()
    yield* this.#live(facts)
    await this.#slowDown(this.#tracker.records > records || Date.now() - before > longestRound)
    return 'inspect'
  }

  /** What is written while the container runs. Not every engine ends the stream when the container is restarted. */
  async *#live(facts: LogFacts): AsyncGenerator<LogEvent> {
    const stream = this.#readOn(facts, true)
    const events = this.#due
    let wake = this.#wake()
    try {
      let next = stream.next()
      for (;;) {
        if ((await wake.before(next)) && !this.#signal.aborted) {
          wake.dispose()
          wake = this.#wake()
          const now = await this.#inspect()
          if (now?.running === true) events.push(...this.#marksOf(now))
          // What the run before wrote last may be on its way: it comes first.
          if (events.length > 0 && !(await arrives(next))) yield* events.splice(0)
          continue
        }
        const { done, value } = await next
        if (done === true) return
        yield* placed(value, events)
        yield* events.splice(0)
        next = stream.next()
      }
    } finally {
      wake.dispose()
      await stream.return(undefined)
    }
  }

  #wake(): Wake {
    return new Wake(this.#surroundings, this.#target, this.#id, this.#signal)
  }

  async *#history(facts: LogFacts): AsyncGenerator<LogEvent> {
    let any = false
    try {
      for await (const lines of readHistory(
        this.#engine,
        facts,
        this.#range,
        this.#tracker,
        this.#signal,
        true,
      )) {
        any = true
        yield { kind: 'lines', lines }
      }
      this.#historyRead = true
    } finally {
      // When the connection is lost in the middle, it goes on where it was; if nothing has been shown, from the start.
      if (any) this.#historyRead = true
      else if (!this.#historyRead) this.#tracker = new PositionTracker()
    }
  }

  /** What was written up to now, with the marks at their places: their stamps are the engine's. */
  async *#amid(facts: LogFacts): AsyncGenerator<LogEvent> {
    if (this.#due.length === 0) return
    for await (const lines of this.#readOn(facts, false)) yield* placed(lines, this.#due)
    yield* this.#due.splice(0)
  }

  #readOn(facts: LogFacts, follow: boolean): AsyncGenerator<LineBatch> {
    const { since, until } = this.#range
    const begin = since === undefined || this.#replaced ? {} : { since }
    const options = { follow, lent: true, ...begin, ...(until === undefined ? {} : { until }) }
    return readOn(this.#engine, facts, this.#tracker, options, this.#signal)
  }

  /** Undefined when there is no such container any more. */
  async #inspect(): Promise<LogFacts | undefined> {
    try {
      return logFacts(this.#id, await this.#engine.containers.inspect(this.#id, this.#signal))
    } catch (fault) {
      if (isEngineError(fault, 'notFound')) return undefined
      throw fault
    }
  }

  async *#gone(): AsyncGenerator<LogEvent, Step> {
    if (this.#told !== 'removed') {
      this.#told = 'removed'
      yield this.#mark({ what: 'removed' }, this.#now())
      if (!this.#historyRead) yield { kind: 'caughtUp', whole: true }
      this.#historyRead = true
    }
    const next = this.#successor()
    return next === undefined ? 'wait' : yield* this.#takeUp(next)
  }

  /** What took the container's place; of several tasks of a swarm the next, so that the log of none is left out. */
  #successor(): Container | undefined {
    const { swarm } = this.#target
    const others = [...this.#surroundings.state.containers.items.values()].filter(
      (container) => container.id !== this.#id && continues(this.#target, container),
    )
    return swarm === undefined
      ? others.sort((a, b) => b.created - a.created)[0]
      : others
          .filter(({ id, created }) => created >= this.#created && !this.#passed.has(id))
          .sort((a, b) => a.created - b.created)[0]
  }

  /** The containers of a swarm's tasks stay for a while after they have ended, and never run again. */
  #laterTask(): Container | undefined {
    return this.#target.swarm === undefined ? undefined : this.#successor()
  }

  async *#takeUp({ id, created }: Container): AsyncGenerator<LogEvent, Step> {
    this.#passed.add(this.#id)
    this.#id = id
    this.#created = created
    this.#tracker = new PositionTracker()
    this.#replaced = true
    const facts = await this.#inspect()
    if (facts === undefined) return 'inspect'
    this.#startedAt = facts.startedAt
    this.#told = facts.running ? 'running' : undefined
    yield { kind: 'container', ...this.#container(facts) }
    yield this.#mark({ what: 'recreated' }, facts.startedAt ?? this.#now())
    return 'inspect'
  }

  /** Marks for what has become of the container since the last one. */
  *#marksOf(facts: LogFacts): Generator<LogEvent> {
    const { startedAt, finishedAt, running, exitCode, oomKilled } = facts
    const again =
      startedAt !== undefined &&
      this.#startedAt !== undefined &&
      compareStamps(startedAt, this.#startedAt) !== 0
    if (running) {
      if (this.#told !== 'running') yield this.#mark({ what: 'started' }, startedAt ?? this.#now())
      else if (again) yield this.#mark({ what: 'restarted' }, startedAt)
      this.#told = 'running'
      if (startedAt !== undefined && (again || this.#startedAt === undefined))
        yield { kind: 'container', ...this.#container(facts) }
    } else if (startedAt === undefined) {
      if (this.#told === undefined) yield this.#mark({ what: 'neverStarted' }, this.#now())
      this.#told = 'ended'
    } else if (this.#told !== 'ended' || again) {
      this.#told = 'ended'
      yield this.#mark({ what: 'exited', exitCode, oomKilled }, finishedAt ?? this.#now())
    }
    this.#startedAt = startedAt
  }

  async *#failed(error: EngineError): AsyncGenerator<LogEvent> {
    if (away.has(error.code)) {
      if (this.#lost) return
      this.#lost = true
      yield this.#mark({ what: 'lost' }, this.#now())
      return
    }
    if (this.#told === 'unreadable') return
    this.#told = 'unreadable'
    const driver = await this.#driver()
    yield driver !== undefined && unreadable.has(error.code)
      ? this.#mark({ what: 'unreadable', driver }, this.#now())
      : this.#mark({ what: 'failed', message: error.message }, this.#now())
    if (!this.#historyRead) yield { kind: 'caughtUp', whole: true }
  }

  /** The log driver, where it may be the reason that nothing can be read. */
  async #driver(): Promise<string | undefined> {
    const { driver } = (await this.#inspect().catch(() => undefined)) ?? { driver: '' }
    return ['', 'json-file', 'local', 'journald', 'k8s-file'].includes(driver) ? undefined : driver
  }

  #container({ id, startedAt, tty }: LogFacts): ContainerOfLog {
    return { id, tty, ...(startedAt === undefined ? {} : { startedAt }) }
  }

  #mark(happening: LogHappening, { seconds, nanos }: Stamp): LogEvent {
    return { kind: 'mark', mark: { seconds, nanos, ...happening } }
  }

  /** For what the engine gives no time of: this machine's clock, but never before the last line. */
  #now(): Stamp {
    const now = stampOfMillis(Date.now())
    const latest = this.#tracker.position?.latest ?? noStamp
    return compareStamps(latest, now) > 0 ? latest : now
  }

  async #slowDown(lasted: boolean): Promise<void> {
    this.#quickEnds = lasted ? 0 : this.#quickEnds + 1
    if (this.#quickEnds < 2) return
    const ms = Math.min(longestRound, shortestRound * 2 ** (this.#quickEnds - 2))
    await new Promise<void>((resolve) => {
      const timer = setTimeout(done, ms)
      const signal = this.#signal
      function done(): void {
        clearTimeout(timer)
        signal.removeEventListener('abort', done)
        resolve()
      }
      signal.addEventListener('abort', done)
    })
  }
}

const onItsWayMs = 100

/** Whether something arrives within a moment. */
async function arrives(next: Promise<unknown>): Promise<boolean> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), onItsWayMs)
  })
  try {
    return await Promise.race([next.then(() => true), late])
  } finally {
    clearTimeout(timer)
  }
}
