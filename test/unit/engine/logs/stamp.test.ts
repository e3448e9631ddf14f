import { describe, expect, test } from 'vitest'
import { compareStamps, parseStamp, readStamp, stampDigits } from '../../../../src/engine/logs/stamp.ts'

describe('reading the time of a record', () => {
  test.each([
    ['2026-01-02T03:04:05.123456789Z', 1767323045, 123456789],
    ['2026-01-02T03:04:05.100000000Z', 1767323045, 100000000],
    ['2026-01-02T03:04:05.5Z', 1767323045, 500000000],
    ['2026-01-02T03:04:05Z', 1767323045, 0],
    ['2026-01-02T05:04:05+02:00', 1767323045, 0],
    ['2026-01-01T21:34:05.25-05:30', 1767323045, 250000000],
    ['2024-02-29T23:59:59.999999999Z', 1709251199, 999999999],
    ['1970-01-01T00:00:01Z', 1, 0],
  ])('%s', (text, seconds, nanos) => {
    expect(parseStamp(text)).toEqual({ seconds, nanos })
    expect(seconds).toBe(Math.floor(Date.parse(text) / 1000))
  })

  test.each([
    '',
    'hello',
    '2026-01-02',
    '2026-01-02T03:04:05',
    '2026-13-02T03:04:05Z',
    '0001-01-01T00:00:00Z',
  ])('no time: %j', (text) => {
    expect(parseStamp(text)).toBeUndefined()
  })

  test('says where the stamp ends, and that a cut one is none yet', () => {
    const bytes = Buffer.from('2026-01-02T03:04:05.123456789Z hello')
    const stamp = { seconds: 0, nanos: 0 }
    expect(readStamp(bytes, 0, bytes.length, stamp)).toBe(30)
    for (let cut = 0; cut < 30; cut += 1) expect(readStamp(bytes.subarray(0, cut), 0, cut, stamp)).toBe(-1)
  })

  test('keeps nanoseconds that a number could not', () => {
    const [a, b] = [
      parseStamp('2026-01-02T03:04:05.123456788Z')!,
      parseStamp('2026-01-02T03:04:05.123456789Z')!,
    ]
    expect(compareStamps(a, b)).toBeLessThan(0)
    expect(stampDigits(b)).toBe('1767323045.123456789')
    expect(stampDigits({ seconds: 5, nanos: 7 })).toBe('5.000000007')
  })
})
