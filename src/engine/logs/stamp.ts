/** A moment by the engine's clock, to the nanosecond: whole seconds since the epoch and the rest. */
export interface Stamp {
  readonly seconds: number
  readonly nanos: number
}

export interface MutableStamp {
  seconds: number
  nanos: number
}

export const noStamp: Stamp = { seconds: 0, nanos: 0 }

/** Records in a row, each with its stamp. */
export interface Stamps {
  readonly count: number
  seconds(at: number): number
  nanos(at: number): number
}

export function compareStamps(a: Stamp, b: Stamp): number {
  return a.seconds - b.seconds || a.nanos - b.nanos
}

/** Compares the stamp of the record at `at` with that of another one. */
export function compareStampsAt(records: Stamps, at: number, others: Stamps, other: number): number {
  return records.seconds(at) - others.seconds(other) || records.nanos(at) - others.nanos(other)
}

/** Days from 1970-01-01 in the proleptic Gregorian calendar (the usual era arithmetic). */
function daysFromCivil(year: number, month: number, day: number): number {
  const shifted = month > 2 ? year : year - 1
  const era = Math.floor(shifted / 400)
  const yearOfEra = shifted - era * 400
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear
  return era * 146_097 + dayOfEra - 719_468
}

// Lines that follow one another are nearly always of one day.
let lastDate = 0
let lastDays = 0

function daysOf(year: number, month: number, day: number): number {
  const date = (year * 16 + month) * 128 + day
  if (date !== lastDate) {
    lastDays = daysFromCivil(year, month, day)
    lastDate = date
  }
  return lastDays
}

const zero = 0x30

function digits(bytes: Uint8Array, at: number, count: number): number {
  let value = 0
  for (let index = at; index < at + count; index += 1) {
    const digit = bytes[index]! - zero
    if (!(digit >= 0 && digit <= 9)) return -1
    value = value * 10 + digit
  }
  return value
}

/** The longest stamp with its zone. */
export const longestStamp = '2006-01-02T15:04:05.000000000+00:00'.length

/**
 * Reads an RFC 3339 time with up to nine digits of fraction, `Z` or an offset, at `at`. Returns the index after it, or -1 when
 * there is none before `end`. Docker writes nine digits always, Podman none.
 */
export function readStamp(bytes: Uint8Array, at: number, end: number, into: MutableStamp): number {
  if (end - at < 20 || bytes[at + 4] !== 0x2d || bytes[at + 7] !== 0x2d || bytes[at + 13] !== 0x3a) return -1
  const year = digits(bytes, at, 4)
  const month = digits(bytes, at + 5, 2)
  const day = digits(bytes, at + 8, 2)
  const hour = digits(bytes, at + 11, 2)
  const minute = digits(bytes, at + 14, 2)
  const second = digits(bytes, at + 17, 2)
  if (year < 0 || month < 1 || month > 12 || day < 1 || hour < 0 || minute < 0 || second < 0) return -1
  let index = at + 19
  let nanos = 0
  if (bytes[index] === 0x2e) {
    const first = index + 1
    for (index = first; index < end; index += 1) {
      const digit = bytes[index]! - zero
      if (!(digit >= 0 && digit <= 9)) break
      if (index < first + 9) nanos = nanos * 10 + digit
    }
    if (index < first + 9) nanos *= 10 ** (first + 9 - index)
  }
  const zone = bytes[index]
  let offset = 0
  if (zone === 0x5a) index += 1
  else if ((zone === 0x2b || zone === 0x2d) && end - index >= 6) {
    const hours = digits(bytes, index + 1, 2)
    const minutes = digits(bytes, index + 4, 2)
    if (hours < 0 || minutes < 0 || bytes[index + 3] !== 0x3a) return -1
    offset = (hours * 3600 + minutes * 60) * (zone === 0x2b ? 1 : -1)
    index += 6
  } else return -1
  into.seconds = daysOf(year, month, day) * 86_400 + hour * 3600 + minute * 60 + second - offset
  into.nanos = nanos
  return index
}

const encoder = new TextEncoder()

/** The stamp that a text holds, such as `State.StartedAt`; nothing for Go's zero time and for what is no time. */
export function parseStamp(text: unknown): Stamp | undefined {
  if (typeof text !== 'string') return undefined
  const bytes = encoder.encode(text)
  const stamp = { seconds: 0, nanos: 0 }
  return readStamp(bytes, 0, bytes.length, stamp) === bytes.length && stamp.seconds > 0 ? stamp : undefined
}

/** `seconds.nanoseconds`, as the engine takes `since` and `until`: RFC 3339 is refused by some. */
export function stampDigits({ seconds, nanos }: Stamp): string {
  return `${seconds}.${String(nanos).padStart(9, '0')}`
}

export function stampOfMillis(millis: number): Stamp {
  const seconds = Math.floor(millis / 1000)
  return { seconds, nanos: Math.floor((millis - seconds * 1000) * 1_000_000) }
}

export function millisOf({ seconds, nanos }: Stamp): number {
  return seconds * 1000 + nanos / 1_000_000
}
