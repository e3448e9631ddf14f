import { expect, test } from 'vitest'
import { startedOnce } from '../../../src/shared/started-once.ts'

test('one start for all who ask', async () => {
  let starts = 0
  const thing = startedOnce(() => Promise.resolve(++starts))
  expect(thing.isStarted()).toBe(false)
  expect(await Promise.all([thing.get(), thing.get()])).toEqual([1, 1])
  expect(await thing.get()).toBe(1)
  expect(thing.isStarted()).toBe(true)
})

test('a start that failed is tried again by the next who asks', async () => {
  let starts = 0
  const thing = startedOnce(() =>
    ++starts === 1 ? Promise.reject(new Error('not today')) : Promise.resolve('there'),
  )
  await expect(thing.get()).rejects.toThrow('not today')
  expect(thing.isStarted()).toBe(false)
  expect(await thing.get()).toBe('there')
  expect(starts).toBe(2)
})
