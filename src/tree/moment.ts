import type { Moment } from '../engine/model/container.ts'

/** Where and when a row is read. */
export interface RowContext {
  /** Milliseconds since the epoch. */
  readonly now: number
  /** A BCP 47 tag: `en`, `ko`. */
  readonly locale: string
  /** Minutes that clocks there are ahead of UTC at a moment; those of the system without it. */
  offset?(at: number): number
}

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

// Of local time as if it were UTC.
const styles = {
  day: { day: 'numeric', month: 'short', timeZone: 'UTC' },
  date: { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' },
  full: { dateStyle: 'medium', timeStyle: 'medium', hourCycle: 'h23', timeZone: 'UTC' },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>

const formats = new Map<string, Intl.DateTimeFormat>()

/** Making the first format of a process takes 30 ms: rows of today do without. */
function format(style: keyof typeof styles, local: number, { locale }: RowContext): string {
  const key = `${style}|${locale}`
  const found = formats.get(key) ?? new Intl.DateTimeFormat(locale, styles[style])
  formats.set(key, found)
  return found.format(local)
}

const offsetAt = (at: number, { offset }: RowContext): number =>
  offset?.(at) ?? -new Date(at).getTimezoneOffset()

/** What clocks there show at a moment, in milliseconds since they showed the beginning of 1970. */
const localTime = (at: number, context: RowContext): number => at + offsetAt(at, context) * minute

/** Days begin at full quarters of an hour everywhere: as long as this is the same, so is what a row shows of a moment. */
export function momentKey(context: RowContext): string {
  const { now, locale } = context
  return `${Math.floor(now / (15 * minute))}|${locale}|${offsetAt(now, context)}`
}

/**
 * A moment in a row: `14:05` today, `28 Nov` this year, else with the year. A row is drawn once and then stands for hours, with
 * no timer that would draw it anew: `3 minutes ago` would soon be wrong, a time of day stays right.
 */
export function shortMoment({ at, within }: Moment, context: RowContext): string {
  const middle = within > minute ? at - within / 2 : at
  if (!isMoment(middle)) return ''
  const [local, now] = [localTime(middle, context), localTime(context.now, context)]
  const text = new Date(local).toISOString()
  if (Math.floor(local / day) === Math.floor(now / day) && within < day)
    return `${within > minute ? '≈' : ''}${text.slice(11, 16)}`
  const sameYear = new Date(local).getUTCFullYear() === new Date(now).getUTCFullYear()
  return format(sameYear ? 'day' : 'date', local, context)
}

/** Beyond it there are no dates, in whatever zone. */
const isMoment = (at: number): boolean => Math.abs(at) <= 8.64e15 - day

/** A moment with its distance and its date, for what is drawn when it is asked for: `3 minutes ago (Nov 28, 2025, 14:05:12)`. */
export function fullMoment({ at, within }: Moment, context: RowContext): string {
  if (!isMoment(at)) return ''
  const ago = distance(Math.max(0, context.now - at), context.locale)
  return within > minute ? ago : `${ago} (${format('full', localTime(at, context), context)})`
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
