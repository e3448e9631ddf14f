import { describe, expect, test } from 'vitest'
import { LongLists } from '../../../src/host/long-lists.ts'
import { FakeClock } from '../../support/fake-clock.ts'

const numbers = (count: number) => Array.from({ length: count }, (_, at) => at)

describe('long lists', () => {
  test('a list of few screens is given whole, and nothing is told', async () => {
    const clock = new FakeClock()
    const lists = new LongLists(clock)
    let told = 0
    expect(lists.begin('', numbers(200), () => told++)).toHaveLength(200)
    await clock.advance(60_000)
    expect(told).toBe(0)
  })

  test('of a long one the first screenful is given, then it is told that there is more', async () => {
    const clock = new FakeClock()
    const lists = new LongLists(clock)
    let told = 0
    const more = () => {
      told++
      lists.asked('')
    }
    expect(lists.begin('', numbers(1_000), more)).toEqual(numbers(100))
    await clock.advance(60_000)
    expect(told).toBe(1)
    expect(clock.timers).toBe(0)
  })

  test('it is told again until it is asked for, each time later, and not for ever', async () => {
    const clock = new FakeClock(0)
    const lists = new LongLists(clock)
    const told: number[] = []
    lists.begin('', numbers(1_000), () => told.push(clock.now()))
    await clock.advance(60_000)
    expect(told).toEqual([50, 150, 350, 750, 1_550, 3_150, 6_350, 12_750])
    expect(clock.timers).toBe(0)
  })

  test('a list that is gone, and all when the view is, are told no more', async () => {
    const clock = new FakeClock()
    const lists = new LongLists(clock)
    let told = 0
    lists.begin('a', numbers(1_000), () => told++)
    lists.begin('b', numbers(1_000), () => told++)
    lists.asked('a')
    await clock.advance(60)
    expect(told).toBe(1)
    lists.dispose()
    await clock.advance(60_000)
    expect(told).toBe(1)
  })
})
