import { expect, test, vi } from 'vitest'
import { exitCodeOf } from '../../../../src/engine/terminal/run.ts'
import { fakeEngine } from '../../../support/fake-engine.ts'

test('an exit code that the engine does not know yet is asked for again', async () => {
  vi.useFakeTimers()
  const engine = fakeEngine()
  const states = [{ running: true }, { running: false }, { running: false, exitCode: 3 }]
  engine.answers.set('streams.execState', () => states.shift())
  const code = exitCodeOf(engine, 'e')
  await vi.runAllTimersAsync()
  expect(await code).toBe(3)
  vi.useRealTimers()
})

test('a program that goes on two seconds after its connection has ended is said to run', async () => {
  vi.useFakeTimers()
  const engine = fakeEngine()
  engine.answers.set('streams.execState', () => ({ running: true }))
  const began = Date.now()
  const fails = expect(exitCodeOf(engine, 'e')).rejects.toMatchObject({
    code: 'lost',
    message: expect.stringContaining('still runs') as string,
  })
  await vi.runAllTimersAsync()
  await fails
  expect(Date.now() - began).toBe(2000)
  vi.useRealTimers()
})
