import type { LogEvent } from './events.ts'
import type { LineBatch } from './line-batch.ts'
import { compareStamps, type Stamp } from './stamp.ts'

/** Between two runs of a container: when the one ended, and when the next began, if that is known. */
export interface Break {
  readonly ended: Stamp | undefined
  readonly started: Stamp | undefined
}

/** An event that has a place among the lines: in a break between two runs, or else before whatever comes next. */
export interface Placed {
  readonly event: LogEvent
  readonly at?: Break
}

/** Events whose place among the lines has not come yet, in their order. */
export class DueEvents {
  #events: Placed[] = []

  get any(): boolean {
    return this.#events.length > 0
  }

  /** The last of them is the end of a run, and no other run is known to have begun since. */
  get awaitsStart(): boolean {
    const last = this.#events.at(-1)
    return last?.at !== undefined && last.at.started === undefined
  }

  /** `startedAt`: when the run began that they tell of. */
  add(events: readonly Placed[], startedAt: Stamp | undefined): void {
    const last = this.#events.at(-1)
    if (events.length > 0 && last?.at !== undefined && this.awaitsStart)
      this.#events[this.#events.length - 1] = { ...last, at: { ...last.at, started: startedAt } }
    this.#events.push(...events)
  }

  /** Whether a line may be of a run that nothing is known of yet. */
  mayBeOfNext(line: Stamp): boolean {
    if (!this.awaitsStart) return false
    const ended = this.#events.at(-1)?.at?.ended
    return ended === undefined || nanosFrom(ended, line) + (isWhole(line) ? second : 0) > 0
  }

  /** All of them, now. */
  *take(): Generator<LogEvent> {
    for (const { event } of this.#events.splice(0)) yield event
  }

  /** Lines with the events that belong before one of them; events whose place has not come stay. */
  *among(lines: LineBatch): Generator<LogEvent> {
    let from = 0
    for (let next = this.#events[0]; next !== undefined; next = this.#events[0]) {
      let to = from
      if (next.at !== undefined) while (to < lines.count && !isAfter(lines.stamp(to), next.at)) to += 1
      if (to === lines.count) break
      if (to > from) yield { kind: 'lines', lines: lines.slice(from, to) }
      from = to
      this.#events.shift()
      yield noLater(next.event, lines.stamp(to))
    }
    yield { kind: 'lines', lines: lines.slice(from, lines.count) }
  }
}

/** Some engines (20.10, Podman) take down the start of a run after its first lines: a mark is never later than the line after it. */
function noLater(event: LogEvent, line: Stamp): LogEvent {
  if (event.kind !== 'mark' || compareStamps(event.mark, line) <= 0) return event
  return { kind: 'mark', mark: { ...event.mark, ...line } }
}

/**
 * Whether a line was written after a break. What was written last before the end of a run is taken down a little after it, and by some
 * engines (20.10, Podman) what is written first before the start of the next: a line belongs to the run that is nearer to it.
 */
function isAfter(line: Stamp, { ended, started }: Break): boolean {
  if (started === undefined) return false
  const whole = isWhole(line)
  if (ended === undefined || nanosFrom(ended, started) <= 0)
    return whole ? line.seconds >= started.seconds : nanosFrom(started, line) >= 0
  // In one whole second nothing can be told: what comes when both moments are known is of the new run.
  if (whole && line.seconds === ended.seconds && line.seconds === started.seconds) return true
  const shift = whole ? second / 2 : 0
  return nanosFrom(ended, line) + shift >= nanosFrom(line, started) - shift
}

const second = 1e9

/** Podman stamps lines with the second in which they were written. */
const isWhole = ({ nanos }: Stamp): boolean => nanos === 0

/** Nanoseconds from one moment to another: exact for a hundred days. */
const nanosFrom = (from: Stamp, to: Stamp): number =>
  (to.seconds - from.seconds) * second + to.nanos - from.nanos
