import { expect, test } from 'vitest'
import { LineStore } from '../../../src/logs/line-store.ts'
import { readOlder } from '../../../src/logs/older.ts'
import type { LogSource } from '../../../src/logs/source.ts'
import { hour } from '../../support/log-bytes.ts'
import { LogEngine } from '../../support/log-engine.ts'
import { newLine } from '../../support/log-lines.ts'

/** What is older than a line of this nanosecond, of a log with these lines. */
async function olderThan(nanos: number, ...lines: readonly string[]) {
  const logs = new LogEngine()
  logs.now = 100
  const container = logs.create('web')
  for (const line of lines) container.write(line)
  const target = { engine: 'e', container: container.id, name: 'web' }
  const source: LogSource = {
    id: 0,
    target,
    label: 'web',
    container: container.id,
    starts: [],
    tty: false,
    state: 'following',
    whole: false,
  }
  const store = new LineStore(1024 * 1024)
  store.append(newLine('held', { seconds: hour, nanos }))
  const engineOf = () => logs.surroundings.engine
  const page = await readOlder(store, [source], engineOf, 10, new AbortController().signal)
  return {
    texts: page.lines.flatMap(({ batch, from, to }) =>
      [...batch.slice(from, to)].map(({ bytes }) => Buffer.from(bytes).toString()),
    ),
    atBeginning: page.atBeginning,
    asked: logs.asked.length,
  }
}

test('the lines before the oldest held, to the beginning of the log', async () => {
  expect(await olderThan(103, 'one', 'two', 'held')).toMatchObject({
    texts: ['one', 'two'],
    atBeginning: true,
  })
})

test('a log that begins later, since its container is a new one, is not searched for them', async () => {
  expect(await olderThan(50, 'one', 'two')).toEqual({ texts: [], atBeginning: true, asked: 1 })
})
