import { stampOfMillis, type Stamp } from '../engine/logs/stamp.ts'
import { t } from '../shared/l10n.ts'

const units: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400, w: 604_800 }

/**
 * A moment as a person writes it: `15 min`, `1h30m`, `2 days` ago; `10:30` (today, or yesterday if that is yet to come);
 * `2026-01-02`, `2026-01-02 10:30`, ISO 8601. Without a zone it is local time. `now` in milliseconds.
 */
export function parseMoment(text: string, now: number): Stamp | { readonly error: string } {
  const input = text.trim()
  const ago = secondsOf(input)
  if (ago !== undefined) return stampOfMillis(now - ago * 1000)
  const clock = /^(\d{1,2}):(\d{2})(?::(\d{2}))?$/.exec(input)
  if (clock !== null) {
    const date = new Date(now)
    date.setHours(Number(clock[1]), Number(clock[2]), Number(clock[3] ?? 0), 0)
    if (date.getTime() > now) date.setDate(date.getDate() - 1)
    if (Number(clock[1]) < 24 && Number(clock[2]) < 60) return stampOfMillis(date.getTime())
  }
  if (/^\d{4}-\d{2}-\d{2}/.test(input)) {
    // A date alone would be read as UTC.
    const date = Date.parse(input.length === 10 ? `${input}T00:00` : input.replace(' ', 'T'))
    if (!Number.isNaN(date) && date >= 0) return stampOfMillis(date)
  }
  return { error: t('Write “15 min”, “2h”, “10:30” or “2026-01-31 10:30”.') }
}

function secondsOf(input: string): number | undefined {
  const parts = /^(?:\d+(?:\.\d+)?\s*[a-z]+\s*)+$/i.test(input)
    ? input.matchAll(/(\d+(?:\.\d+)?)\s*([a-z]+)/gi)
    : []
  let seconds: number | undefined
  for (const [, amount, unit] of parts) {
    const name = unit!.toLowerCase()
    if (!/^(?:s|secs?|seconds?|m|mins?|minutes?|h|hrs?|hours?|d|days?|w|weeks?)$/.test(name)) return undefined
    seconds = (seconds ?? 0) + Number(amount) * units[name[0]!]!
  }
  return seconds
}
