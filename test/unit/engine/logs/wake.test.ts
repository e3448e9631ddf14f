import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, test } from 'vitest'
import { logTarget } from '../../../../src/engine/logs/target.ts'
import { Wake } from '../../../../src/engine/logs/wake.ts'
import { LogEngine } from '../../../support/log-engine.ts'

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

function wakeOf(engine: LogEngine): Wake {
  const web = engine.create('web').start()
  return new Wake(engine.surroundings, logTarget(web.listed()), web.id, new AbortController().signal)
}

test('says whether a change or the next lines came first', async () => {
  const engine = new LogEngine()
  const wake = wakeOf(engine)
  expect(await wake.before(Promise.resolve())).toBe(false)
  expect(await wake.before(Promise.reject(new Error('lost')))).toBe(false)
  const waiting = wake.before(new Promise(() => undefined))
  engine.changed({ what: 'engine' })
  expect(await waiting).toBe(true)
  expect(await wake.before(Promise.resolve())).toBe(true)
  wake.dispose()
})

test('a flood of lines without a change leaves nothing in memory', async () => {
  const wake = wakeOf(new LogEngine())
  const waits: WeakRef<Promise<boolean>>[] = []
  for (let batch = 0; batch < 100; batch += 1) {
    const wait = wake.before(Promise.resolve())
    waits.push(new WeakRef(wait))
    await wait
  }
  await new Promise((resolve) => setImmediate(resolve))
  collect()
  expect(waits.filter((wait) => wait.deref() !== undefined).length).toBeLessThan(3)
  wake.dispose()
})
