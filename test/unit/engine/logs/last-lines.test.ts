import { describe, expect, test } from 'vitest'
import { LastLines } from '../../../../src/engine/logs/last-lines.ts'
import type { LogLine } from '../../../../src/engine/logs/line.ts'

const line = (text: string, unfinished = false): LogLine => ({
  stream: 'stdout',
  seconds: 0,
  nanos: 0,
  bytes: Buffer.from(text),
  unfinished,
})
const texts = (last: LastLines): string[] => last.take().map(({ bytes }) => Buffer.from(bytes).toString())

describe('the last lines of many', () => {
  test('fewer than wanted are all there', () => {
    const last = new LastLines(3)
    for (const text of ['a', 'b']) last.add(line(text))
    expect(texts(last)).toEqual(['a', 'b'])
    expect(last.trimmed).toBe(false)
  })

  test('of half a million the last ten', () => {
    const last = new LastLines(10)
    for (let number = 0; number < 500_000; number += 1) last.add(line(`${number}`))
    expect(texts(last)).toEqual(Array.from({ length: 10 }, (_, index) => `${499_990 + index}`))
    expect(last.trimmed).toBe(true)
  })

  test('a very long line that comes in pieces is one line', () => {
    const last = new LastLines(2)
    for (const text of ['a', 'b']) last.add(line(text))
    for (const text of ['x', 'y']) last.add(line(text, true))
    last.add(line('z'))
    expect(texts(last)).toEqual(['b', 'x', 'y', 'z'])
    last.add(line('c'))
    expect(texts(last)).toEqual(['x', 'y', 'z', 'c'])
    last.add(line('d'))
    expect(texts(last)).toEqual(['c', 'd'])
  })

  test('none are wanted: none are kept, and that there were some is known', () => {
    const last = new LastLines(0)
    last.add(line('a'))
    expect(texts(last)).toEqual([])
    expect(last.trimmed).toBe(true)
  })

  test('lines of many bytes: as many as there is room for, but the last one always', () => {
    const last = new LastLines(100, 1000)
    for (let number = 10; number < 50; number += 1) last.add(line(`${number}`.repeat(50)))
    expect(texts(last)).toEqual(Array.from({ length: 10 }, (_, index) => `${40 + index}`.repeat(50)))
    last.add(line('x'.repeat(5000)))
    expect(texts(last)).toEqual(['x'.repeat(5000)])
    expect(last.trimmed).toBe(true)
  })
})
