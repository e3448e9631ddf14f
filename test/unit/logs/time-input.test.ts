import { describe, expect, test } from 'vitest'
import { millisOf } from '../../../src/engine/logs/stamp.ts'
import { parseMoment } from '../../../src/logs/time-input.ts'

const now = new Date(2026, 0, 2, 12, 0, 0).getTime()

/** How long before `now`, in seconds; or the error. */
function ago(text: string): number | string {
  const moment = parseMoment(text, now)
  return 'error' in moment ? 'error' : (now - millisOf(moment)) / 1000
}

describe('a moment as a person writes it', () => {
  test.each([
    ['15 min', 900],
    ['15m', 900],
    ['1h30m', 5400],
    ['2 days', 172_800],
    [' 90 s ', 90],
    ['1.5h', 5400],
    ['1w', 604_800],
    ['10:30', 5400],
    ['11:59:30', 30],
    ['13:00', 82_800],
    ['2026-01-02', 43_200],
    ['2026-01-02 11:00', 3600],
    ['yesterday', 'error'],
    ['5 parsecs', 'error'],
    ['25:00', 'error'],
    ['2026-13-45', 'error'],
    ['', 'error'],
  ])('%s', (text, expected) => {
    expect(ago(text)).toBe(expected)
  })

  test('with a zone it is that zone', () => {
    expect(parseMoment('2026-01-02T03:04:05.250Z', now)).toEqual({
      seconds: 1_767_323_045,
      nanos: 250_000_000,
    })
  })
})
