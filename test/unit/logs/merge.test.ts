import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Stamps } from '../../../src/engine/logs/stamp.ts'
import { Merger } from '../../../src/logs/merge.ts'

interface Item {
  readonly seconds: number
  readonly nanos: number
  readonly name: string
}
class Items implements Stamps {
  readonly all: readonly Item[]

  constructor(all: readonly Item[]) {
    this.all = all
  }

  get count(): number {
    return this.all.length
  }

  seconds(at: number): number {
    return this.all[at]!.seconds
  }

  nanos(at: number): number {
    return this.all[at]!.nanos
  }
}

const item = (nanos: number, name = `${nanos}`): Item => ({ seconds: 0, nanos, name })
/** Whose turn it is, at most `limit`. */
function take(merger: Merger<Items>, now: number, limit = 10): Item[] {
  const taken: Item[] = []
  for (;;) {
    const run = taken.length < limit ? merger.take(now, limit - taken.length) : undefined
    if (run === undefined) return taken
    expect(run.to).toBeGreaterThan(run.from)
    taken.push(...run.batch.all.slice(run.from, run.to))
  }
}

const names = (taken: readonly Item[]): string => taken.map(({ name }) => name).join(' ')

function merger(sources: number, live = true): Merger<Items> {
  const made = new Merger<Items>(50)
  for (let source = 0; source < sources; source += 1) {
    made.add(source, 0)
    if (live) made.caughtUp(source)
  }
  return made
}

describe('records of several sources in the order of time', () => {
  test('one source alone is never held back', () => {
    const one = merger(1)
    one.push(0, new Items([item(2), item(1)]), 0)
    expect(names(take(one, 0))).toBe('2 1')
  })

  test('a record waits a moment for the other source, which may have an earlier one', () => {
    const two = merger(2)
    two.push(0, new Items([item(5)]), 0)
    expect(names(take(two, 0))).toBe('')
    expect(two.due(0)).toBe(50)
    two.push(1, new Items([item(4)]), 30)
    expect(names(take(two, 30))).toBe('4')
    expect(names(take(two, 49))).toBe('')
    expect(names(take(two, 50))).toBe('5')
    expect(two.due(50)).toBeUndefined()
  })

  test('while a source reads what the engine holds, the others wait for it', () => {
    const two = merger(2, false)
    two.push(0, new Items([item(1), item(5)]), 0)
    two.caughtUp(0)
    expect(names(take(two, 1000))).toBe('')
    two.push(1, new Items([item(3)]), 1000)
    expect(names(take(two, 1000))).toBe('1 3')
    two.push(1, new Items([item(7)]), 1001)
    two.caughtUp(1)
    expect(names(take(two, 1001))).toBe('5')
    expect(names(take(two, 1100))).toBe('7')
  })

  test('but not for one that says nothing for long, nor for one that has ended', () => {
    const three = merger(3, false)
    three.push(0, new Items([item(1)]), 0)
    three.end(1)
    expect(names(take(three, 2999))).toBe('')
    expect(three.due(2999)).toBe(1)
    expect(names(take(three, 3000))).toBe('1')
  })

  test('records with the same stamp keep the order of their source, and a limit is kept', () => {
    const two = merger(2, false)
    two.push(0, new Items([item(1, 'a'), item(1, 'b')]), 0)
    two.push(1, new Items([item(1, 'x'), item(2, 'y')]), 0)
    two.end(0)
    two.end(1)
    expect(names(take(two, 0, 3))).toBe('a b x')
    expect(names(take(two, 0, 3))).toBe('y')
  })

  test('the bytes that wait are counted until the whole batch that holds them has gone', () => {
    const two = merger(2)
    two.push(0, new Items([item(1), item(2)]), 0, 100)
    two.push(0, new Items([item(9)]), 0, 40)
    expect(two.waiting(0)).toBe(140)
    expect(names(take(two, 60, 1))).toBe('1')
    expect(two.waiting(0)).toBe(140)
    expect(names(take(two, 60, 1))).toBe('2')
    expect(two.waiting(0)).toBe(40)
    expect(names(take(two, 60))).toBe('9')
    expect(two.waiting(0)).toBe(0)
  })

  test('what waits of the last batch is copied from its first record on', () => {
    const two = merger(2)
    two.push(1, new Items([item(2)]), 0)
    two.push(0, new Items([item(1), item(3), item(4)]), 0, 100)
    expect(names(take(two, 0))).toBe('1 2')
    const copies: string[] = []
    const copy = (batch: Items, from: number) => {
      copies.push(names(batch.all.slice(from)))
      return { batch: new Items(batch.all.slice(from)), bytes: 60 }
    }
    two.copyLast(0, copy)
    expect(two.waiting(0)).toBe(60)
    two.push(0, new Items([item(5)]), 0, 10)
    two.copyLast(0, copy)
    expect(copies).toEqual(['3 4', '5'])
    expect(two.waiting(0)).toBe(120)
    expect(names(take(two, 50))).toBe('3 4 5')
    two.copyLast(0, copy)
    expect(copies).toHaveLength(2)
    expect(two.waiting(0)).toBe(0)
  })

  test('the history of twenty sources in pieces of any size comes out sorted and whole', () => {
    const logs = fc.array(fc.array(fc.nat(1000), { maxLength: 30 }), { minLength: 1, maxLength: 20 })
    fc.assert(
      fc.property(logs, fc.infiniteStream(fc.integer({ min: 1, max: 7 })), (all, sizes) => {
        const many = merger(all.length, false)
        const sorted = all.map((log) => log.toSorted((a, b) => a - b).map((nanos) => item(nanos)))
        const left = sorted.map((log) => [...log])
        const taken: Item[] = []
        while (left.some((log) => log.length > 0)) {
          for (const [source, log] of left.entries()) {
            many.push(source, new Items(log.splice(0, sizes.next().value as number)), 0)
            if (log.length === 0) many.end(source)
          }
          taken.push(...take(many, 0, 1000))
        }
        taken.push(...take(many, 0, 1000))
        expect(taken.map(({ nanos }) => nanos)).toEqual(
          sorted
            .flat()
            .map(({ nanos }) => nanos)
            .toSorted((a, b) => a - b),
        )
      }),
      { seed: 4, numRuns: 200 },
    )
  })
})
