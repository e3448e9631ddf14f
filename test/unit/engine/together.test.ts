import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Together } from '../../../src/engine/transport/together.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

test('what arrives within the time is read at once, each reader once', () => {
  const woken: string[] = []
  const together = new Together(300)
  const [a, b] = ['a', 'b'].map((name) => () => void woken.push(`${name}${Date.now() - start}`))
  const start = Date.now()
  together.soon(a!)
  vi.advanceTimersByTime(200)
  together.soon(b!)
  together.soon(a!)
  expect(woken).toEqual([])
  vi.advanceTimersByTime(100)
  expect(woken).toEqual(['a300', 'b300'])
  expect(vi.getTimerCount()).toBe(0)
})

test('what arrives while they are woken is for the next time', () => {
  const together = new Together(300)
  let woken = 0
  const again = (): void => {
    woken += 1
    if (woken === 1) together.soon(again)
  }
  together.soon(again)
  vi.advanceTimersByTime(300)
  expect(woken).toBe(1)
  vi.advanceTimersByTime(300)
  expect(woken).toBe(2)
  expect(vi.getTimerCount()).toBe(0)
})
