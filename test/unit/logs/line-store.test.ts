import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { blockSize } from '../../../src/logs/line-block.ts'
import { LineStore, type NewLine } from '../../../src/logs/line-store.ts'

const line = (text: string | Uint8Array, source = 0, flags = 0): NewLine => ({
  bytes: Buffer.from(text),
  seconds: 1_767_323_045,
  nanos: 123_456_789,
  source,
  flags,
})

const MiB = 1024 * 1024
const texts = (store: LineStore): string[] =>
  Array.from({ length: store.count }, (_, index) => store.text(store.first + index))

describe('lines held within a limit', () => {
  test('what is put in comes out, with its time, source and flags', () => {
    const store = new LineStore(MiB)
    store.append(line('first', 65535, 0xffff))
    store.append(line(''))
    store.append(line('日本 \0 é'))
    store.append(line(Buffer.from([0x61, 0xff, 0x62])))
    store.append(line('\ufeffmark'))
    expect(texts(store)).toEqual(['first', '', '日本 \0 é', 'a\ufffdb', '\ufeffmark'])
    expect(store.line(0)).toEqual({
      seq: 0,
      seconds: 1_767_323_045,
      nanos: 123_456_789,
      source: 65535,
      flags: 0xffff,
    })
    expect(store.line(5)).toBeUndefined()
    expect(store.line(-1)).toBeUndefined()
  })

  test('the oldest go first; those that stay keep their numbers; memory stays below the limit', () => {
    const store = new LineStore(2 * MiB)
    const filler = 'x'.repeat(90)
    for (let index = 0; index < 100_000; index += 1) store.append(line(`${index} ${filler}`))
    expect(store.bytes).toBeLessThanOrEqual(2 * MiB)
    expect(store.end).toBe(100_000)
    expect(store.dropped).toBe(store.first)
    expect(store.count).toBeGreaterThan(15_000)
    expect(store.text(99_999)).toBe(`99999 ${filler}`)
    expect(store.text(store.first)).toBe(`${store.first} ${filler}`)
    expect(store.text(store.first - 1)).toBe('')
  })

  test('a line larger than a block has a block of its own', () => {
    const store = new LineStore(8 * MiB)
    const long = 'y'.repeat(3 * blockSize)
    store.append(line('a'))
    store.append(line(long))
    store.append(line('b'))
    expect(texts(store)).toEqual(['a', long, 'b'])
    expect(store.blocks.length).toBe(3)
  })

  test('a lower limit makes the oldest go at once', () => {
    const store = new LineStore(8 * MiB)
    for (let index = 0; index < 50_000; index += 1) store.append(line('z'.repeat(80)))
    store.setLimit(2 * MiB)
    expect(store.bytes).toBeLessThanOrEqual(2 * MiB)
    expect(store.end).toBe(50_000)
  })

  test('older lines are put before the oldest; when there is no room the newest go', () => {
    const store = new LineStore(1)
    for (let index = 0; index < 5; index += 1) store.append(line(`${index}`))
    expect(store.prepend(['-3', '-2', '-1'].map((text) => line(text)))).toBe(false)
    expect(texts(store)).toEqual(['-3', '-2', '-1', '0', '1', '2', '3', '4'])
    expect(store.first).toBe(-3)
    const many = Array.from({ length: 12_000 }, (_, index) => line(`${index - 12_003} ${'w'.repeat(100)}`))
    expect(store.prepend(many)).toBe(true)
    expect(store.first).toBe(-12_003)
    expect(store.text(-12_003)).toMatch(/^-12003 /)
    expect(store.end).toBeLessThan(0)
    expect(store.bytes).toBeLessThanOrEqual(store.limit)
  })

  test('ranges give the blocks of any stretch', () => {
    const store = new LineStore(8 * MiB)
    for (let index = 0; index < 20_000; index += 1) store.append(line(`${index}`))
    fc.assert(
      fc.property(fc.integer({ min: -5, max: 20_005 }), fc.integer({ min: -5, max: 20_005 }), (from, to) => {
        const seqs = [...store.range(from, to)].flatMap(({ block, from: begin, to: end }) =>
          block.texts(begin, end).map(Number),
        )
        const begin = Math.max(from, 0)
        const end = Math.min(to, 20_000)
        expect(seqs.length).toBe(Math.max(0, end - begin))
        if (seqs.length > 0) expect([seqs[0], seqs.at(-1)]).toEqual([begin, end - 1])
      }),
      { seed: 4, numRuns: 100 },
    )
  })
})
