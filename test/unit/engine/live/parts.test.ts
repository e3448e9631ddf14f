import { describe, expect, test } from 'vitest'
import { backoff } from '../../../../src/engine/live/backoff.ts'
import { secondsOf } from '../../../../src/engine/live/connection.ts'
import { hintsOf } from '../../../../src/engine/live/hints.ts'
import { merge } from '../../../../src/engine/live/merge.ts'
import { Pace } from '../../../../src/engine/live/pace.ts'
import { sameValue } from '../../../../src/engine/live/same-value.ts'
import { FakeClock } from '../../../support/fake-clock.ts'

describe('waits between attempts', () => {
  test('are never under half a second nor over thirty, whatever chance says', () => {
    for (const local of [true, false])
      for (const chance of [0, 0.5, 0.999])
        for (let attempt = 1; attempt < 200; attempt++) {
          const ms = backoff(attempt, local, () => chance)
          expect(ms).toBeGreaterThanOrEqual(500)
          expect(ms).toBeLessThanOrEqual(30_000)
        }
  })

  test('stay below two seconds for a minute where the engine is on this machine', () => {
    let waited = 0
    for (let attempt = 1; waited < 45_000; attempt++) {
      const ms = backoff(attempt, true, () => 0.999)
      expect(ms).toBeLessThan(2_000)
      waited += ms
    }
    expect(backoff(100, true, () => 0.5)).toBe(30_000)
  })
})

describe('the pace of lists', () => {
  test('eight at once after quiet, then two a second', async () => {
    const clock = new FakeClock()
    const pace = new Pace(clock)
    expect(Array.from({ length: 9 }, () => pace.take(1))).toEqual([...Array<boolean>(8).fill(true), false])
    expect(pace.wait(1)).toBe(500)
    await clock.advance(500)
    expect([pace.take(1), pace.take(1)]).toEqual([true, false])
    await clock.advance(60_000)
    expect([1, 2, 3, 4, 5].map(() => pace.take(2))).toEqual([true, true, true, true, false])
  })

  test('a clock that is set back does not stop it for long', async () => {
    const clock = new FakeClock()
    const pace = new Pace(clock)
    while (pace.take(1));
    clock.jump(-3_600_000)
    expect(pace.take(1)).toBe(false)
    await clock.advance(500)
    expect(pace.take(1)).toBe(true)
  })
})

describe('the engine’s time', () => {
  test('is taken from its digits: as a number it would be another', () => {
    expect(secondsOf('1768478400123456789')).toBe('1768478400.123456789')
    expect(secondsOf('1768478400000000000')).toBe('1768478400.000000000')
    for (const odd of ['', '12', '1.5e18', '-1768478400123456789', 'x'])
      expect(secondsOf(odd)).toBeUndefined()
  })
})

describe('equal values', () => {
  test.each([
    [{ a: 1, b: [1, { c: 2 }] }, { b: [1, { c: 2 }], a: 1 }, true],
    [{ a: 1 }, { a: 1, b: undefined }, true],
    [{ a: 1 }, { a: 2 }, false],
    [{ a: 1 }, { b: 1 }, false],
    [[1, 2], [2, 1], false],
    [[1], { 0: 1 }, false],
    [[1, 2], [1, 2, 3], false],
    [null, {}, false],
    [NaN, NaN, true],
    [{ constructor: 1 }, {}, false],
    [JSON.parse('{"__proto__": 1}') as unknown, {}, false],
  ])('%j and %j: %s', (a, b, same) => {
    expect(sameValue(a, b)).toBe(same)
    expect(sameValue(b, a)).toBe(same)
  })

  test('what is excepted is not looked at, on the outside only', () => {
    const except = new Set(['status'])
    expect(sameValue({ a: 1, status: 'x' }, { a: 1, status: 'y' }, except)).toBe(true)
    expect(sameValue({ a: { status: 'x' } }, { a: { status: 'y' } }, except)).toBe(false)
  })
})

describe('merging a list', () => {
  const keep = (fresh: { id: string; n: number }, before: { id: string; n: number } | undefined) =>
    before?.n === fresh.n ? before : fresh
  const before = new Map(['a', 'b', 'c'].map((id) => [id, { id, n: 1 }]))

  test('of all: what is not in it is gone', () => {
    const merged = merge(
      before,
      [
        { id: 'a', n: 1 },
        { id: 'b', n: 2 },
        { id: 'd', n: 1 },
      ],
      undefined,
      keep,
    )
    expect(merged).toMatchObject({ added: ['d'], changed: ['b'], removed: ['c'] })
    expect([...merged.items.keys()]).toEqual(['a', 'b', 'd'])
    expect(merged.items.get('a')).toBe(before.get('a'))
  })

  test('of some: only of those asked for may one be gone', () => {
    const merged = merge(before, [{ id: 'a', n: 2 }], ['a', 'b', 'x'], keep)
    expect(merged).toMatchObject({ added: [], changed: ['a'], removed: ['b'] })
    expect([...merged.items.keys()]).toEqual(['a', 'c'])
  })

  test('without news is the map that was', () => {
    expect(merge(before, [...before.values()].reverse(), undefined, keep).items).toBe(before)
  })

  test('an id that is there twice counts once', () => {
    const merged = merge(
      new Map(),
      [
        { id: 'a', n: 1 },
        { id: 'a', n: 2 },
      ],
      undefined,
      keep,
    )
    expect(merged).toMatchObject({ added: ['a'], changed: [] })
  })
})

describe('hints', () => {
  const hint = (type: string, action: string, attributes: Record<string, string> = {}, id = 'x') =>
    hintsOf({ type, action, id, attributes, timeNano: '' })

  test('an action that nobody knows yet is taken for a change', () => {
    expect(hint('container', 'teleport')).toEqual([{ resource: 'containers', id: 'x', urgent: true }])
    expect(hint('image', 'teleport')).toEqual([{ resource: 'images', urgent: true }])
  })

  test('a type that nobody knows is none', () => {
    expect(hint('secret', 'create')).toEqual([])
    expect(hint('constructor', 'create')).toEqual([])
  })

  test('a network that gains a member changes the member', () => {
    expect(hint('network', 'connect', { container: 'c' })).toEqual([
      { resource: 'containers', id: 'c', urgent: false },
    ])
    expect(hint('network', 'disconnect')).toEqual([{ resource: 'containers', urgent: false }])
    expect(hint('network', 'destroy')).toEqual([{ resource: 'networks', urgent: true }])
  })
})
