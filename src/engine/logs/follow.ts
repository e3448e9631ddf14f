import type { Engine } from '../engine.ts'
import { isEngineError, type EngineError, type EngineErrorCode } from '../errors.ts'
import type { Container } from '../model/container.ts'
import { asEngineError } from '../live/fault.ts'
import { DueEvents } from './due.ts'
import type { LogEvent } from './events.ts'
import { logFacts, type LogFacts } from './facts.ts'
import type { LineBatch } from './line-batch.ts'
import { ContainerLife, containerOf, markAt } from './life.ts'
import { PositionTracker } from './position.ts'
import { readHistory, readOn, type LogRange } from './read-log.ts'
import { compareStamps, noStamp, stampOfMillis, type Stamp } from './stamp.ts'
import { Succession } from './succession.ts'
import type { LogTarget } from './target.ts'
import { Wake, type Surroundings } from './wake.ts'

/** A stream that ends at once again and again is opened again at most so often. */
const shortestRound = 100
const longestRound = 2_000
/** Of a container that is being removed an engine reads no log: so often it is looked whether it has gone. */
const leavingRounds = 5

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
  readonly #succession: Succession
  readonly #life = new ContainerLife()
  readonly #due = new DueEvents()
  #tracker = new PositionTracker()
  #historyRead = false
  /** The container is not the one that was asked for, so all of its log is wanted. */
  #replaced = false
  #lost = false
  /** It has been told that the log cannot be read. */
  #refused = false
  #quickEnds = 0

  constructor(target: LogTarget, surroundings: Surroundings, range: LogRange, signal: AbortSignal) {
    this.#target = target
    this.#surroundings = surroundings
    this.#range = range
    this.#signal = signal
    this.#succession = new Succession(target, surroundings)
  }

  get #engine(): Engine {
    return this.#surroundings.engine
  }

  async *run(): AsyncGenerator<LogEvent> {
    let round = 0
    let leaving = 0
    while (!this.#signal.aborted) {
      const wake = this.#wake()
      const { records } = this.#tracker
      try {
        const step = yield* this.#step()
        if (step === undefined) return
        if (step === 'wait') await wake.wait(round)
        round = step === 'wait' ? round + 1 : 0
        leaving = 0
      } catch (fault) {
        if (this.#signal.aborted) return
        // Removed since it was inspected: the next inspect tells.
        if (isEngineError(fault, 'notFound')) continue
        if (isEngineError(fault, 'conflict') && leaving < leavingRounds) {
          await wake.wait(leaving)
          leaving += 1
          continue
        }
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
      yield markAt({ what: 'back' }, this.#now())
    }
    if (facts === undefined) return yield* this.#gone()
    if (!this.#historyRead) {
      yield { kind: 'container', ...containerOf(facts) }
      yield* this.#history(facts)
      const later = facts.running ? undefined : this.#succession.laterTask()
      if (later !== undefined) {
        this.#note(facts)
        yield* this.#due.take()
        yield* this.#takeUp(later)
        this.#historyRead = false
        this.#replaced = false
        return 'inspect'
      }
      if (this.#range.until !== undefined) return undefined
      // It may have been started while its log was read.
      if (!facts.running) facts = (await this.#inspect()) ?? facts
      if (facts.running) this.#life.told = 'running'
      this.#note(facts)
      yield* this.#due.take()
      yield { kind: 'caughtUp', whole: this.#tracker.whole && !this.#tracker.trimmed }
    } else if (this.#range.until !== undefined) {
      for await (const lines of this.#readOn(facts, false)) yield { kind: 'lines', lines }
      return undefined
    } else {
      this.#note(facts)
      yield* this.#amid(facts)
    }
    if (!facts.running) {
      const later = this.#succession.laterTask()
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
    let wake = this.#wake()
    try {
      let next = stream.next()
      for (;;) {
        if ((await wake.before(next)) && !this.#signal.aborted) {
          wake.dispose()
          wake = this.#wake()
          await this.#lookAgain()
          // What the run before wrote last may be on its way: it comes first.
          if (this.#due.any && !this.#due.awaitsStart && !(await arrives(next))) yield* this.#due.take()
          continue
        }
        const { done, value } = await next
        if (done === true) return
        yield* this.#among(value)
        next = stream.next()
      }
    } finally {
      wake.dispose()
      await stream.return(undefined)
    }
  }

  #wake(): Wake {
    return new Wake(this.#surroundings, this.#target, this.#succession.id, this.#signal)
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
        this.#refused = false
        yield { kind: 'lines', lines }
      }
      this.#historyRead = true
    } finally {
      // When the connection is lost in the middle, it goes on where it was; if nothing has been shown, from the start.
      if (any) this.#historyRead = true
      else if (!this.#historyRead) this.#tracker = new PositionTracker()
    }
  }

  /** What was written up to now, with the marks at their places. */
  async *#amid(facts: LogFacts): AsyncGenerator<LogEvent> {
    if (!this.#due.any) return
    for await (const lines of this.#readOn(facts, false)) yield* this.#among(lines)
    yield* this.#due.take()
  }

  /** Lines with what is due at its place. After the end of a run they may be of the next one, which is looked for before. */
  async *#among(lines: LineBatch): AsyncGenerator<LogEvent> {
    this.#refused = false
    if (this.#due.mayBeOfNext(lines.stamp(lines.count - 1))) await this.#lookAgain()
    yield* this.#due.among(lines)
  }

  /** What cannot be asked now is told by the log's own end: for that no line that is at hand is given up. */
  async #lookAgain(): Promise<void> {
    try {
      const facts = await this.#inspect()
      if (facts !== undefined) this.#note(facts)
    } catch (fault) {
      if (!isEngineError(fault)) throw fault
    }
  }

  /** What has become of the container is due to be told. */
  #note(facts: LogFacts): void {
    this.#due.add(this.#life.since(facts, this.#now()), facts.startedAt)
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
      const { id } = this.#succession
      return logFacts(id, await this.#engine.containers.inspect(id, this.#signal))
    } catch (fault) {
      if (isEngineError(fault, 'notFound')) return undefined
      throw fault
    }
  }

  async *#gone(): AsyncGenerator<LogEvent, Step> {
    yield* this.#due.take()
    if (this.#life.told !== 'removed') {
      this.#life.told = 'removed'
      yield markAt({ what: 'removed' }, this.#now())
      if (!this.#historyRead) yield { kind: 'caughtUp', whole: true }
      this.#historyRead = true
    }
    const next = this.#succession.next()
    return next === undefined ? 'wait' : yield* this.#takeUp(next)
  }

  async *#takeUp(next: Container): AsyncGenerator<LogEvent, Step> {
    this.#succession.goOnWith(next)
    this.#tracker = new PositionTracker()
    this.#replaced = true
    this.#refused = false
    const facts = await this.#inspect()
    if (facts === undefined) return 'inspect'
    this.#life.begin(facts)
    yield { kind: 'container', ...containerOf(facts) }
    yield markAt({ what: 'recreated' }, facts.startedAt ?? this.#now())
    return 'inspect'
  }

  async *#failed(error: EngineError): AsyncGenerator<LogEvent> {
    if (away.has(error.code)) {
      if (this.#lost) return
      this.#lost = true
      yield markAt({ what: 'lost' }, this.#now())
      return
    }
    if (this.#refused) return
    this.#refused = true
    const driver = await this.#driver()
    yield driver !== undefined && unreadable.has(error.code)
      ? markAt({ what: 'unreadable', driver }, this.#now())
      : markAt({ what: 'failed', message: error.message }, this.#now())
    if (!this.#historyRead) yield { kind: 'caughtUp', whole: true }
  }

  /** The log driver, where it may be the reason that nothing can be read. */
  async #driver(): Promise<string | undefined> {
    const { driver } = (await this.#inspect().catch(() => undefined)) ?? { driver: '' }
    return ['', 'json-file', 'local', 'journald', 'k8s-file'].includes(driver) ? undefined : driver
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
