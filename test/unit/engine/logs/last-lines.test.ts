import { describe, expect, test } from 'vitest'
import { LastLines } from '../../../../src/engine/logs/last-lines.ts'
import type { LineBatch } from '../../../../src/engine/logs/line-batch.ts'
import { noStamp } from '../../../../src/engine/logs/stamp.ts'
import { oneLine } from '../../../support/log-lines.ts'

const line = (text: string, unfinished = false): LineBatch => oneLine(text, noStamp, unfinished)
const texts = (last: LastLines): string[] =>
  last
    .take()
    .flatMap((batch) => [...batch])
    .map(({ bytes }) => Buffer.from(bytes).toString())

describe('the last lines of many', () => {
  test('fewer than wanted are all there', () => {
    const last = new LastLines(3)
    for (const text of ['a', 'b']) last.add(line(text), 0)
    expect(texts(last)).toEqual(['a', 'b'])
    expect(last.trimmed).toBe(false)
  })

  test('of half a million the last ten', () => {
    const last = new LastLines(10)
    for (let number = 0; number < 500_000; number += 1) last.add(line(`${number}`), 0)
    expect(texts(last)).toEqual(Array.from({ length: 10 }, (_, index) => `${499_990 + index}`))
    expect(last.trimmed).toBe(true)
  })

  test('they stay as they are when their memory is used for the next ones', () => {
    const last = new LastLines(3)
    for (const text of ['a', 'b', 'c', 'd']) {
      const batch = line(text)
      last.add(batch, 0)
      batch.memory.fill(0x21)
    }
    expect(texts(last)).toEqual(['b', 'c', 'd'])
  })

  test('a very long line that comes in pieces is one line', () => {
    const last = new LastLines(2)
    for (const text of ['a', 'b']) last.add(line(text), 0)
    for (const text of ['x', 'y']) last.add(line(text, true), 0)
    last.add(line('z'), 0)
    expect(texts(last)).toEqual(['b', 'x', 'y', 'z'])
    last.add(line('c'), 0)
    expect(texts(last)).toEqual(['x', 'y', 'z', 'c'])
    last.add(line('d'), 0)
    expect(texts(last)).toEqual(['c', 'd'])
  })

  test('none are wanted: none are kept, and that there were some is known', () => {
    const last = new LastLines(0)
    last.add(line('a'), 0)
    expect(texts(last)).toEqual([])
    expect(last.trimmed).toBe(true)
  })

  test('lines of many bytes: as many as there is room for, but the last one always', () => {
    const last = new LastLines(100, 1000)
    for (let number = 10; number < 50; number += 1) last.add(line(`${number}`.repeat(50)), 0)
    expect(texts(last)).toEqual(Array.from({ length: 10 }, (_, index) => `${40 + index}`.repeat(50)))
    last.add(line('x'.repeat(5000)), 0)
    expect(texts(last)).toEqual(['x'.repeat(5000)])
    expect(last.trimmed).toBe(true)
  })
})
