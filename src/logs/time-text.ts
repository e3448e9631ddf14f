import type { Stamp } from '../engine/logs/stamp.ts'

export const timeModes = ['off', 'local', 'utc', 'sinceStart', 'delta'] as const
/** How the time of a line is shown: not at all, as a time, since its container was started, or since the line above. */
export type TimeMode = (typeof timeModes)[number]

const two = (value: number): string => String(value).padStart(2, '0')
const three = (value: number): string => String(value).padStart(3, '0')

let lastSecond = -1
let lastLocal = ''

/** Month and day, time to the millisecond: the year is in the tooltip. */
export function shortTime({ seconds, nanos }: Stamp, zone: 'local' | 'utc'): string {
  const fraction = three(Math.floor(nanos / 1_000_000))
  if (zone === 'utc')
    return `${new Date(seconds * 1000).toISOString().slice(5, 19).replace('T', ' ')}.${fraction}Z`
  if (seconds !== lastSecond) {
    const date = new Date(seconds * 1000)
    lastLocal = `${two(date.getMonth() + 1)}-${two(date.getDate())} ${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`
    lastSecond = seconds
  }
  return `${lastLocal}.${fraction}`
}

/** ISO 8601 with all nine digits, in UTC: what is copied, saved and shown in tooltips. */
export function fullTime({ seconds, nanos }: Stamp): string {
  return `${new Date(seconds * 1000).toISOString().slice(0, 19)}.${String(nanos).padStart(9, '0')}Z`
}

/** `+0:00:12.345`; before the start `-0:00:01.000`. */
export function sinceStart(stamp: Stamp, start: Stamp): string {
  const millis = milliseconds(stamp, start)
  const seconds = Math.floor(Math.abs(millis) / 1000)
  const clock = `${Math.floor(seconds / 3600)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`
  return `${millis < 0 ? '-' : '+'}${clock}.${three(Math.abs(millis) % 1000)}`
}

/** `+12 ms`, `+1.234 s`, `+2 min 03 s`, `+1 h 02 min`. */
export function delta(stamp: Stamp, previous: Stamp): string {
  const millis = milliseconds(stamp, previous)
  const sign = millis < 0 ? '-' : '+'
  const size = Math.abs(millis)
  if (size < 1000) return `${sign}${size} ms`
  if (size < 60_000) return `${sign}${(size / 1000).toFixed(3)} s`
  if (size < 3_600_000)
    return `${sign}${Math.floor(size / 60_000)} min ${two(Math.floor(size / 1000) % 60)} s`
  return `${sign}${Math.floor(size / 3_600_000)} h ${two(Math.floor(size / 60_000) % 60)} min`
}

function milliseconds(a: Stamp, b: Stamp): number {
  return Math.trunc(((a.seconds - b.seconds) * 1e9 + (a.nanos - b.nanos)) / 1e6)
}
