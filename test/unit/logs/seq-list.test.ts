import fc from 'fast-check'
import { expect, test } from 'vitest'
import { SeqList } from '../../../src/logs/seq-list.ts'

test('behaves as a sorted array does, whatever is done to it', () => {
  const action = fc.oneof(
    fc.record({ do: fc.constant('push' as const), by: fc.integer({ min: 1, max: 9 }) }),
    // Between matches that are rare, thousands of millions of lines may come and go.
    fc.record({ do: fc.constant('far' as const), by: fc.integer({ min: 2 ** 31, max: 2 ** 32 - 1 }) }),
    fc.record({
      do: fc.constant('pushAll' as const),
      by: fc.array(fc.integer({ min: 1, max: 5 }), { maxLength: 2000 }),
    }),
    fc.record({ do: fc.constant('dropBelow' as const), by: fc.integer({ min: 0, max: 60_000 }) }),
    fc.record({ do: fc.constant('dropFrom' as const), by: fc.integer({ min: 0, max: 60_000 }) }),
  )
  fc.assert(
    fc.property(fc.array(action, { maxLength: 30 }), (actions) => {
      const list = new SeqList()
      let model: number[] = []
      for (const step of actions) {
        const top = model.at(-1) ?? 0
        if (step.do === 'far') {
          list.dropBelow(top)
          list.push(top + step.by)
          model = [...model.slice(-1), top + step.by]
        } else if (step.do === 'push') {
          list.push(top + step.by)
          model.push(top + step.by)
        } else if (step.do === 'pushAll') {
          let last = top
          const seqs = step.by.map((by) => (last += by))
          list.pushAll(seqs)
          model.push(...seqs)
        } else if (step.do === 'dropBelow') {
          expect(list.dropBelow(step.by)).toBe(model.filter((seq) => seq < step.by).length)
          model = model.filter((seq) => seq >= step.by)
        } else {
          list.dropFrom(step.by)
          model = model.filter((seq) => seq < step.by)
        }
        expect(list.slice(0, list.length)).toEqual(model)
        expect(list.last).toBe(model.at(-1))
        const middle = model[Math.floor(model.length / 2)]
        if (middle !== undefined) expect(list.at(list.indexOf(middle))).toBe(middle)
        expect(list.indexOf(0.5)).toBe(-1)
      }
    }),
    { seed: 4, numRuns: 300 },
  )
})

test('what is dropped at the front is memory for what comes', () => {
  const list = new SeqList()
  for (let seq = 0; seq < 100_000; seq += 1) list.push(seq)
  const { bytes } = list
  for (let seq = 100_000; seq < 400_000; seq += 1) {
    list.push(seq)
    list.dropBelow(seq - 99_999)
  }
  expect(list.slice(0, 2)).toEqual([300_000, 300_001])
  expect(list.last).toBe(399_999)
  expect(list.bytes).toBeLessThanOrEqual(bytes + 128 * 1024)
})
