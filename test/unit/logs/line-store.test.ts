import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { LineBatch } from '../../../src/engine/logs/line-batch.ts'
import { blockSize } from '../../../src/logs/line-block.ts'
import { LineStore } from '../../../src/logs/line-store.ts'
import { newLine } from '../../support/log-lines.ts'

const stamp = { seconds: 1_767_323_045, nanos: 123_456_789 }
const append = (store: LineStore, text: string | Uint8Array, source = 0, flags = 0): void =>
  store.append(newLine(text, stamp, source, flags))

const MiB = 1024 * 1024
const texts = (store: LineStore): string[] =>
  Array.from({ length: store.count }, (_, index) => store.text(store.first + index))

describe('lines held within a limit', () => {
  test('what is put in comes out, with its time, source and flags', () => {
    const store = new LineStore(MiB)
    append(store, 'first', 65535, 0xffff)
    append(store, '')
    append(store, '日本 \0 é')
    append(store, Buffer.from([0x61, 0xff, 0x62]))
    append(store, '\ufeffmark')
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
    for (let index = 0; index < 100_000; index += 1) append(store, `${index} ${filler}`)
    expect(store.bytes).toBeLessThanOrEqual(2 * MiB)
    expect(store.end).toBe(100_000)
    expect(store.dropped).toBe(store.first)
    expect(store.count).toBeGreaterThan(15_000)
    expect(store.text(99_999)).toBe(`99999 ${filler}`)
    expect(store.text(store.first)).toBe(`${store.first} ${filler}`)
    expect(store.text(store.first - 1)).toBe('')
  })

  test('lines that arrived together go on in the next block where one is full', () => {
    const chunk = Buffer.from(Array.from({ length: 40_000 }, (_, index) => `head ${index}\n`).join(''))
    const batch = new LineBatch(chunk)
    for (let from = 0, end = chunk.indexOf('\n'); end >= 0; from = end + 1, end = chunk.indexOf('\n', from))
      batch.push(from + 'head '.length, end, batch.count, 7, 1, false)
    const store = new LineStore(8 * MiB)
    const flags = Uint16Array.from({ length: 39_990 }, (_, index) => index & 0xff)
    store.append({ batch, from: 5, to: 39_995, source: 3, flags })
    expect(texts(store)).toEqual(Array.from({ length: 39_990 }, (_, index) => `${index + 5}`))
    expect(store.line(39_989)).toEqual({
      seq: 39_989,
      seconds: 39_994,
      nanos: 7,
      source: 3,
      flags: 39_989 & 0xff,
    })
    expect(store.blocks.length).toBeGreaterThan(4)
  })

  test('a line larger than a block has a block of its own', () => {
    const store = new LineStore(8 * MiB)
    const long = 'y'.repeat(3 * blockSize)
    append(store, 'a')
    append(store, long)
    append(store, 'b')
    expect(texts(store)).toEqual(['a', long, 'b'])
    expect(store.blocks.length).toBe(3)
  })

  test('a lower limit makes the oldest go at once', () => {
    const store = new LineStore(8 * MiB)
    for (let index = 0; index < 50_000; index += 1) append(store, 'z'.repeat(80))
    store.setLimit(2 * MiB)
    expect(store.bytes).toBeLessThanOrEqual(2 * MiB)
    expect(store.end).toBe(50_000)
  })

  test('older lines are put before the oldest; when there is no room the newest go', () => {
    const store = new LineStore(1)
    for (let index = 0; index < 5; index += 1) append(store, `${index}`)
    expect(store.prepend(['-3', '-2', '-1'].map((text) => newLine(text, stamp)))).toBe(false)
    expect(texts(store)).toEqual(['-3', '-2', '-1', '0', '1', '2', '3', '4'])
    expect(store.first).toBe(-3)
    const many = Array.from({ length: 12_000 }, (_, index) => newLine(`${index - 12_003} ${'w'.repeat(100)}`))
    expect(store.prepend(many)).toBe(true)
    expect(store.first).toBe(-12_003)
    expect(store.text(-12_003)).toMatch(/^-12003 /)
    expect(store.end).toBeLessThan(0)
    expect(store.bytes).toBeLessThanOrEqual(store.limit)
  })

  test('ranges give the blocks of any stretch', () => {
    const store = new LineStore(8 * MiB)
    for (let index = 0; index < 20_000; index += 1) append(store, `${index}`)
    fc.assert(
      fc.property(fc.integer({ min: -5, max: 20_005 }), fc.integer({ min: -5, max: 20_005 }), (from, to) => {
        const seqs = [...store.range(from, to)].flatMap(({ block, from: begin, to: end }) =>
          block.wholeText(begin, end).split('\n').map(Number),
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
