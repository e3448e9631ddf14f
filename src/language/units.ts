import { plural } from '../shared/l10n.ts'

/** A size in the units of the docker CLI: `4.5MB`. */
export function formatSize(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB']
  let value = bytes
  let unit = 0
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000
    unit++
  }
  return `${value >= 100 || unit === 0 ? Math.round(value) : Number(value.toPrecision(3))}${units[unit]}`
}

/** A moment as a day, `2025-06-01`; empty when it is none. */
export function formatDay(milliseconds: number): string {
  const day = new Date(milliseconds)
  return Number.isNaN(day.getTime()) ? '' : day.toISOString().slice(0, 10)
}

/** `1 file`, `2 files`. */
export function countFiles(count: number): string {
  return plural(count, '1 file', '{0} files')
}
