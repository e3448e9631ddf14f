import type { Container, Moment } from '../model/container.ts'
import { sameValue } from './same-value.ts'

const second = 1_000
const minute = 60 * second
const hour = 60 * minute
const day = 24 * hour

const units: Readonly<Record<string, number>> = {
  second,
  minute,
  hour,
  day,
  week: 7 * day,
  month: 30 * day,
  year: 365 * day,
}

const duration =
  /(?:^|\s)(?:(Less than a second)|About an? (minute|hour)|(\d+) (second|minute|hour|day|week|month|year)s?)\b/

/**
 * The moment that `Up 3 minutes` or `Exited (0) 2 hours ago` tells of, for a status that was read at `now`. Engines cut what is
 * left over, but from an hour on they round to whole hours first.
 */
export function momentOf(status: string, now: number): Moment | undefined {
  const match = duration.exec(status)
  if (match === null) return undefined
  if (match[1] !== undefined) return { at: now, within: second }
  const unit = units[match[2] ?? match[4]!]!
  const rounded = unit < hour ? 0 : hour / 2
  return { at: now - Number(match[3] ?? 1) * unit + rounded, within: unit + (unit > hour ? rounded : 0) }
}

const slack = 2 * second

/** Whether both can be the same moment. */
function meet(a: Moment | undefined, b: Moment | undefined): boolean {
  if (a === undefined || b === undefined) return a === b
  return a.at - a.within - slack <= b.at && b.at - b.within - slack <= a.at
}

const told = new Set(['status', 'since'])

/**
 * The container as it is kept: with the moment its status tells of, or `before` itself when nothing has changed. The status of a
 * running container reads otherwise every minute and means the same; one that was restarted in between means something else.
 */
export function settleContainer(fresh: Container, before: Container | undefined, now: number): Container {
  const since = momentOf(fresh.status, now)
  if (before !== undefined && sameValue(before, fresh, told) && meet(before.since, since)) return before
  return since === undefined ? fresh : { ...fresh, since }
}
