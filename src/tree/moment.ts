import type { Moment } from '../engine/model/container.ts'

/** Where and when a row is read. */
export interface RowContext {
  /** Milliseconds since the epoch. */
  readonly now: number
  /** A BCP 47 tag: `en`, `ko`. */
  readonly locale: string
  /** An IANA name; the system's without it. */
  readonly timeZone?: string
}

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

const styles = {
  time: { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
  day: { day: 'numeric', month: 'short' },
  date: { day: 'numeric', month: 'short', year: 'numeric' },
  full: { dateStyle: 'medium', timeStyle: 'medium', hourCycle: 'h23' },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>

interface Format {
  readonly of: Intl.DateTimeFormat
  /** What was said of a minute: a thousand containers were often made within a few. */
  readonly said: Map<number, string>
}

const formats = new Map<string, Format>()
const remembered = 1_000

/** Making a format takes a thousand times as long as using it, and using it as long as the rest of a row. */
function format(style: keyof typeof styles, at: number, { locale, timeZone }: RowContext): string {
  const key = `${style}|${locale}|${timeZone ?? ''}`
  let found = formats.get(key)
  if (found === undefined) {
    const zone = timeZone === undefined ? {} : { timeZone }
    found = { of: new Intl.DateTimeFormat(locale, { ...zone, ...styles[style] }), said: new Map() }
    formats.set(key, found)
  }
  if (style === 'full') return found.of.format(at)
  const of = Math.floor(at / minute)
  const text = found.said.get(of) ?? found.of.format(at)
  if (found.said.size >= remembered) found.said.clear()
  found.said.set(of, text)
  return text
}

/** Days begin at full quarters of an hour everywhere: as long as this is the same, so is what a row shows of a moment. */
export function momentKey({ now, locale, timeZone }: RowContext): string {
  return `${Math.floor(now / (15 * minute))}|${locale}|${timeZone ?? ''}`
}

/**
 * A moment in a row: `14:05` today, `28 Nov` this year, else with the year. A row is drawn once and then stands for hours, with
 * no timer that would draw it anew: `3 minutes ago` would soon be wrong, a time of day stays right.
 */
export function shortMoment({ at, within }: Moment, context: RowContext): string {
  const middle = within > minute ? at - within / 2 : at
  if (!isMoment(middle)) return ''
  const date = format('date', middle, context)
  if (date === format('date', context.now, context) && within < day)
    return `${within > minute ? '≈' : ''}${format('time', middle, context)}`
  const sameYear = new Date(middle).getUTCFullYear() === new Date(context.now).getUTCFullYear()
  return sameYear ? format('day', middle, context) : date
}

/** Beyond it there are no dates. */
const isMoment = (at: number): boolean => Math.abs(at) <= 8.64e15

/** A moment with its distance and its date, for what is drawn when it is asked for: `3 minutes ago (Nov 28, 2025, 14:05:12)`. */
export function fullMoment({ at, within }: Moment, context: RowContext): string {
  if (!isMoment(at)) return ''
  const ago = distance(Math.max(0, context.now - at), context.locale)
  return within > minute ? ago : `${ago} (${format('full', at, context)})`
}

const units = [
  ['year', 365 * day],
  ['month', 30 * day],
  ['week', 7 * day],
  ['day', day],
  ['hour', hour],
  ['minute', minute],
  ['second', 1_000],
] as const

function distance(ms: number, locale: string): string {
  const [unit, length] = units.find(([, length]) => ms >= length) ?? units.at(-1)!
  return new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(-Math.floor(ms / length), unit)
}
