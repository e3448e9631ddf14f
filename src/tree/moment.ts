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

interface Formats {
  readonly time: Intl.DateTimeFormat
  readonly day: Intl.DateTimeFormat
  readonly date: Intl.DateTimeFormat
  readonly full: Intl.DateTimeFormat
  readonly relative: Intl.RelativeTimeFormat
}

const known = new Map<string, Formats>()

function formatsOf({ locale, timeZone }: RowContext): Formats {
  const key = `${locale}|${timeZone ?? ''}`
  const found = known.get(key)
  if (found !== undefined) return found
  const zone = timeZone === undefined ? {} : { timeZone }
  const format = (options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat =>
    new Intl.DateTimeFormat(locale, { ...zone, ...options })
  const made = {
    time: format({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }),
    day: format({ day: 'numeric', month: 'short' }),
    date: format({ day: 'numeric', month: 'short', year: 'numeric' }),
    full: format({ dateStyle: 'medium', timeStyle: 'medium', hourCycle: 'h23' }),
    relative: new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }),
  }
  known.set(key, made)
  return made
}

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

/**
 * A moment in a row: `14:05` today, `28 Nov` this year, else with the year. A row is drawn once and then stands for hours, with
 * no timer that would draw it anew: `3 minutes ago` would soon be wrong, a time of day stays right.
 */
export function shortMoment(moment: Moment, context: RowContext): string {
  const formats = formatsOf(context)
  const { at, within } = moment
  const middle = within > minute ? at - within / 2 : at
  if (!Number.isFinite(middle) || Math.abs(middle) > 8e15) return ''
  const date = formats.date.format(middle)
  const today = formats.date.format(context.now)
  if (date === today && within < day) return `${within > minute ? '≈' : ''}${formats.time.format(middle)}`
  return date.slice(-4) === today.slice(-4) || sameYear(middle, context) ? formats.day.format(middle) : date
}

function sameYear(at: number, { now }: RowContext): boolean {
  return new Date(at).getUTCFullYear() === new Date(now).getUTCFullYear()
}

/** A moment with its date and its distance, for what is drawn when it is asked for: `3 minutes ago (28 Nov 2025, 14:05:12)`. */
export function fullMoment(moment: Moment, context: RowContext): string {
  const { at, within } = moment
  if (!Number.isFinite(at) || Math.abs(at) > 8e15) return ''
  const ago = distance(Math.max(0, context.now - at), formatsOf(context).relative)
  return within > minute ? ago : `${ago} (${formatsOf(context).full.format(at)})`
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

function distance(ms: number, format: Intl.RelativeTimeFormat): string {
  const [unit, length] = units.find(([, length]) => ms >= length) ?? units.at(-1)!
  return format.format(-Math.floor(ms / length), unit)
}
