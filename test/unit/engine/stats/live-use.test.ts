import { expect, test } from 'vitest'
import type { Engine } from '../../../../src/engine/engine.ts'
import type { Raw } from '../../../../src/engine/model/raw.ts'
import { LiveUse } from '../../../../src/engine/stats/live-use.ts'
import { monitorOf } from '../../../../src/engine/stats/monitor.ts'
import { FakeClock, settled } from '../../../support/fake-clock.ts'
import { container } from '../../../support/models.ts'

/** An engine that has nothing but statistics: a stream stays open until it is told to end or is aborted. */
function statsEngine() {
  const open = new Map<string, ((record: Raw | undefined) => void)[]>()
  const asked: string[] = []
  async function* stats(id: string, signal: AbortSignal): AsyncGenerator<Raw> {
    asked.push(id)
    const queue: (Raw | undefined)[] = []
    let wake = (): void => undefined
    const push = (record: Raw | undefined): void => {
      queue.push(record)
      wake()
    }
    open.set(id, [...(open.get(id) ?? []), push])
    signal.addEventListener('abort', () => push(undefined))
    try {
      for (;;) {
        while (queue.length === 0) await new Promise<void>((resolve) => (wake = resolve))
        const record = queue.shift()
        if (record === undefined) return
        yield record
      }
    } finally {
      open.set(
        id,
        (open.get(id) ?? []).filter((other) => other !== push),
      )
    }
  }
  return {
    engine: { streams: { stats } } as unknown as Engine,
    asked,
    streams: () => [...open].flatMap(([id, pushes]) => pushes.map(() => id)),
    say: async (id: string, memory: number) => {
      for (const push of open.get(id) ?? [])
        push({ read: '2026-05-01T10:00:01Z', memory_stats: { usage: memory } })
      await settled()
    },
    end: async (id: string) => {
      for (const push of open.get(id) ?? []) push(undefined)
      await settled()
    },
  }
}

function watched() {
  const host = statsEngine()
  const clock = new FakeClock()
  const use = new LiveUse({ clock, engine: () => host.engine, interval: () => 2_000 })
  let changes = 0
  use.onDidChange(() => changes++)
  return { ...host, clock, use, changes: () => changes }
}

test('one request a container, however many look, and none once nobody does', async () => {
  const { engine, use, asked, streams } = watched()
  const page = monitorOf(engine).watch(300)
  page.follow(['web'])
  use.follow([container('web'), container('db')])
  use.follow([container('db'), container('web')])
  await settled()
  expect(asked.sort()).toEqual(['db', 'web'])
  use.follow([])
  await settled()
  expect(streams()).toEqual(['web'])
  page.dispose()
  await settled()
  expect(streams()).toEqual([])
})

test('a change is told of at most once an interval, and no timer runs while nothing changes', async () => {
  const { use, clock, say, changes } = watched()
  use.follow([container('web')])
  await settled()
  expect(clock.timers).toBe(0)
  for (let memory = 1; memory <= 5; memory += 1) await say('web', memory)
  expect(changes()).toBe(0)
  await clock.advance(2_000)
  expect(changes()).toBe(1)
  expect(use.latest(container('web'))?.memory).toBe(5)
  expect(clock.timers).toBe(0)
  await say('web', 6)
  use.follow([])
  expect(clock.timers).toBe(0)
  expect(use.latest(container('web'))).toBeUndefined()
})

test('a stream that has ended is asked for again when the list of containers changes, and not before', async () => {
  const { use, asked, say, end, clock } = watched()
  use.follow([container('web')])
  await settled()
  await say('web', 1)
  await end('web')
  await clock.advance(60_000)
  expect(asked).toEqual(['web'])
  use.follow([container('web')])
  await settled()
  expect(asked).toEqual(['web', 'web'])
})
