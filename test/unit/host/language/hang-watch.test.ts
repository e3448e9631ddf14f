import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { hangWatch } from '../../../../src/host/language/hang-watch.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

function watched(answers: 'at once' | 'never' | 'gone') {
  let pings = 0
  let hung = 0
  const watch = hangWatch({
    ping: () => {
      pings++
      if (answers === 'never') return new Promise(() => undefined)
      return answers === 'gone' ? Promise.reject(new Error('gone')) : Promise.resolve(null)
    },
    hung: () => hung++,
  })
  return { watch, pings: () => pings, hung: () => hung }
}

describe('a server that is asked for a sign of life', () => {
  test('is hung when it gives none for 20 seconds', async () => {
    const { watch, hung } = watched('never')
    watch.sent()
    await vi.advanceTimersByTimeAsync(19_000)
    expect(hung()).toBe(0)
    await vi.advanceTimersByTimeAsync(2_000)
    expect(hung()).toBe(1)
  })

  test.each(['at once', 'gone'] as const)('is not when it answers, or is %s', async (answers) => {
    const { watch, hung, pings } = watched(answers)
    watch.sent()
    await vi.advanceTimersByTimeAsync(60_000)
    expect([pings(), hung(), vi.getTimerCount()]).toEqual([1, 0, 0])
  })

  test('is asked once for all that is sent in the meantime, and once more for what comes after', async () => {
    const { watch, pings } = watched('at once')
    for (let count = 0; count < 10; count++) watch.sent()
    await vi.advanceTimersByTimeAsync(1)
    expect(pings()).toBe(2)
    expect(vi.getTimerCount()).toBe(0)
  })

  test('that says something is alive, however much there is to do before our question', async () => {
    const { watch, hung } = watched('never')
    watch.sent()
    for (let count = 0; count < 10; count++) {
      await vi.advanceTimersByTimeAsync(19_000)
      watch.heard()
    }
    expect(hung()).toBe(0)
    await vi.advanceTimersByTimeAsync(21_000)
    expect(hung()).toBe(1)
    watch.heard()
    expect(vi.getTimerCount()).toBe(0)
  })

  test('is left alone when the window closes', async () => {
    const { watch, hung } = watched('never')
    watch.sent()
    watch.dispose()
    watch.sent()
    await vi.advanceTimersByTimeAsync(60_000)
    expect(hung()).toBe(0)
  })
})
