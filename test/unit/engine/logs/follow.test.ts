import { describe, expect, test, vi } from 'vitest'
import { EngineError } from '../../../../src/engine/errors.ts'
import type { LogRange } from '../../../../src/engine/logs/read-log.ts'
import { parseStamp } from '../../../../src/engine/logs/stamp.ts'
import { logTarget, serviceTargets } from '../../../../src/engine/logs/target.ts'
import { LogEngine, type LogContainer } from '../../../support/log-engine.ts'
import { LogReading } from '../../../support/log-reading.ts'

const follow = (engine: LogEngine, container: LogContainer, range: LogRange = {}): LogReading =>
  new LogReading(engine.surroundings, logTarget(container.listed()), range)

type Inspect = LogEngine['surroundings']['engine']['containers']['inspect']

/** What the engine says of a container goes through `answer`, which asks it. */
function answering(engine: LogEngine, answer: (ask: () => ReturnType<Inspect>) => ReturnType<Inspect>): void {
  const { containers } = engine.surroundings.engine
  const inspect = containers.inspect.bind(containers)
  Object.assign(containers, { inspect: (id: string) => answer(() => inspect(id)) })
}

describe('following a log', () => {
  test('the last lines, then what is written', async () => {
    const engine = new LogEngine()
    const web = engine.create('web').start().write('a').write('b', 'stderr').write('c')
    const reading = follow(engine, web, { tail: 2 })
    await reading.until('=')
    web.write('d')
    await reading.until('d')
    expect(await reading.stop()).toBe('b c = d')
    expect(engine.streamsOpen).toBe(0)
  })

  test('none of the earlier lines, and all that come', async () => {
    const engine = new LogEngine()
    const web = engine.create('web').start().write('a')
    const reading = follow(engine, web, { tail: 0 })
    await reading.until('=')
    web.write('b')
    await reading.until('b')
    expect(await reading.stop()).toBe('= b')
  })

  test.each([-5, Number.NaN, 'abc'])(
    'a number of earlier lines that is none (%s) means none of them',
    async (tail) => {
      const engine = new LogEngine()
      const web = engine.create('web').start().write('a')
      const reading = follow(engine, web, { tail: tail as number })
      await reading.until('=')
      expect(await reading.stop()).toBe('=')
      expect(engine.asked[0]).toMatchObject({ tail: 64 })
    },
  )

  test('of a container that has not written yet', async () => {
    const engine = new LogEngine()
    const web = engine.create('web').start()
    const reading = follow(engine, web, { tail: 10 })
    await reading.until('=')
    web.write('a')
    await reading.until('a')
    expect(await reading.stop()).toBe('= a')
  })

  test('goes on when the container is started again, with marks at their places', async () => {
    const engine = new LogEngine()
    const web = engine.create('web').start().write('a')
    const reading = follow(engine, web)
    await reading.until('=')
    web.write('b').exit(3)
    await reading.until('— exited:3')
    web.start().write('c')
    await reading.until('c')
    web.exit(0)
    await reading.until('— exited:0')
    expect(await reading.stop()).toBe('a = b — exited:3 — started c — exited:0')
  })

  test('a restart that is too quick to be seen is a mark before the lines of the new run', async () => {
    const engine = new LogEngine()
    const web = engine.create('web').start().write('a')
    const reading = follow(engine, web)
    await reading.until('=')
    web.write('last').exit(1).start().write('first')
    await reading.until('first')
    expect(await reading.stop()).toBe('a = last — restarted first')
  })

  test('a storm of restarts loses and doubles nothing', async () => {
    const engine = new LogEngine()
    engine.chunkSize = 37
    const web = engine.create('web').start().write('0')
    const reading = follow(engine, web)
    await reading.until('=')
    for (let run = 1; run <= 30; run += 1) {
      web.exit(1).start().write(`${run}`)
      if (run % 3 === 0) await reading.until(`${run}`)
    }
    await reading.until('30')
    const lines = (await reading.stop()).split(' ').filter((word) => /^\d+$/.test(word))
    expect(lines).toEqual(Array.from({ length: 31 }, (_, run) => `${run}`))
  })

  test('goes on with the container that compose made anew for the service, from its beginning', async () => {
    const engine = new LogEngine()
    const old = engine.create('shop-web-1', { service: 'web' }).start().write('a')
    const reading = follow(engine, old, { tail: 1 })
    await reading.until('=')
    engine.create('shop-db-1', { service: 'db' }).start().write('other')
    old.remove()
    await reading.until('— removed')
    const fresh = engine.create('shop-web-1-new', { service: 'web' }).start().write('b').write('c')
    await reading.until('c')
    fresh.write('d')
    await reading.until('d')
    expect(await reading.stop()).toBe('a = — removed — recreated b c d')
  })

  test('a container that is made before the old one goes, and started after, was never not started', async () => {
    const engine = new LogEngine()
    const old = engine.create('shop-web-1', { service: 'web' }).start().write('a')
    const reading = follow(engine, old)
    await reading.until('=')
    const fresh = engine.create('0123_shop-web-1', { service: 'web' })
    old.exit(0)
    await reading.until('— exited:0')
    old.remove()
    await reading.until('— recreated')
    fresh.start().write('b')
    await reading.until('b')
    expect(await reading.stop()).toBe('a = — exited:0 — removed — recreated — started b')
  })

  test('a container of the same name takes the place of one without compose', async () => {
    const engine = new LogEngine()
    const old = engine.create('job').start().write('a')
    const reading = follow(engine, old)
    await reading.until('=')
    old.remove()
    await reading.until('— removed')
    engine.create('job').start().write('b')
    await reading.until('b')
    expect(await reading.stop()).toBe('a = — removed — recreated b')
  })

  test('the tasks of a swarm that have the same place are one log: those there were, and those that come', async () => {
    const engine = new LogEngine()
    const first = engine.create('web.1.a', { task: 'web.1' }).start().write('a').exit(1)
    engine.create('web.2.a', { task: 'web.2' }).start().write('other')
    const second = engine.create('web.1.b', { task: 'web.1' }).start().write('b')
    const containers = [second, first].map((container) => container.listed())
    const [target] = serviceTargets(containers, 'web')
    const reading = new LogReading(engine.surroundings, target!)
    await reading.until('=')
    second.write('c').exit(2)
    await reading.until('— exited:2')
    // Made in the same second as the one before it, as far as the engine tells.
    const { created } = second.listed()
    engine.create('web.1.c', { task: 'web.1', created }).start().write('d')
    await reading.until('d')
    // What has ended long ago and is cleared away only now is not read again.
    first.remove()
    expect(await reading.stop()).toBe('a — exited:1 — recreated b = c — exited:2 — recreated d')
  })

  test('the engine goes away and comes back; what was written meanwhile is there', async () => {
    const engine = new LogEngine()
    const web = engine.create('web').start().write('a')
    const reading = follow(engine, web)
    await reading.until('=')
    engine.goAway()
    await reading.until('— lost')
    engine.changed({ what: 'engine' })
    web.write('b').write('c')
    engine.comeBack()
    await reading.until('c')
    expect(await reading.stop()).toBe('a = — lost — back b c')
  })

  test('a connection that is lost in the middle of everything loses and doubles nothing', async () => {
    const engine = new LogEngine()
    engine.chunkSize = 11
    const web = engine.create('web').start()
    for (let line = 0; line < 40; line += 1) web.write(`${line}`)
    const reading = follow(engine, web)
    for (let line = 40; line < 80; line += 1) {
      web.write(`${line}`)
      if (line % 4 === 0) engine.cut()
      if (line % 8 === 0) await reading.until(`${line}`)
    }
    await reading.until('79')
    const lines = (await reading.stop()).split(' ').filter((word) => /^\d+$/.test(word))
    expect(lines).toEqual(Array.from({ length: 80 }, (_, line) => `${line}`))
  })

  test('when more was written than is first asked for, it asks for more', async () => {
    const engine = new LogEngine()
    const web = engine.create('web').start()
    for (let line = 0; line < 3000; line += 1) web.write('.')
    web.write('a')
    const reading = follow(engine, web, { tail: 1 })
    await reading.until('=')
    engine.goAway()
    await reading.until('— lost')
    for (let line = 0; line < 5000; line += 1) web.write(`${line}`)
    engine.comeBack()
    await reading.until('4999')
    const seen = (await reading.stop()).split(' ')
    expect(seen.slice(0, 6)).toEqual(['a', '=', '—', 'lost', '—', 'back'])
    expect(seen.slice(6)).toEqual(Array.from({ length: 5000 }, (_, line) => `${line}`))
    expect(engine.asked.map(({ tail }) => tail)).toEqual([65, 2001, 2001, 40001])
  })

  test('a container that has ended: its lines, then how it ended; it goes on once it is started', async () => {
    const engine = new LogEngine()
    const job = engine.create('job').start().write('a').exit(2)
    const reading = follow(engine, job)
    await reading.until('=')
    job.start().write('b')
    await reading.until('b')
    expect(await reading.stop()).toBe('a — exited:2 = — started b')
  })

  test('a start that the engine takes down after the first lines is a mark before them', async () => {
    const engine = new LogEngine()
    const job = engine.create('job').start().write('a').exit(2)
    const reading = follow(engine, job)
    await reading.until('=')
    job.write('b').write('c').start().write('d')
    await reading.until('d')
    expect(await reading.stop()).toBe('a — exited:2 = — started b c d')
    const written = parseStamp(job.records[1]!.stamp)!
    expect(reading.marks.at(-1)).toEqual({ what: 'started', ...written })
  })

  test('a quick restart that the engine takes down after the first lines is a mark before them', async () => {
    const engine = new LogEngine()
    const web = engine.create('web').start().write('a')
    const reading = follow(engine, web)
    await reading.until('=')
    web.write('last').exit(1).write('first').start().write('second')
    await reading.until('second')
    expect(await reading.stop()).toBe('a = last — restarted first second')
  })

  test('a start while the last lines of the run before are read is a mark before its first line', async () => {
    const engine = new LogEngine()
    const web = engine.create('web').start().write('a')
    answering(engine, async (ask) => {
      const facts = await ask()
      if (!web.running && web.runs === 1) {
        web.write('last')
        engine.now += 10
        web.start().write('first')
      }
      return facts
    })
    const reading = follow(engine, web)
    await reading.until('=')
    web.write('b').exit(3)
    await reading.until('first')
    expect(await reading.stop()).toBe('a = b last — exited:3 — started first')
  })

  test('lines that come while the engine cannot be asked about the container are not lost', async () => {
    const engine = new LogEngine()
    const web = engine.create('web').start().write('a')
    const reading = follow(engine, web)
    await reading.until('=')
    let failed = false
    answering(engine, async (ask) => {
      if (failed) return await ask()
      failed = true
      web.write('b')
      // It is read while the answer is on its way.
      await new Promise((resolve) => setTimeout(resolve, 20))
      throw new EngineError('lost', 'gone')
    })
    engine.changed({ changed: [web.id] })
    await vi.waitUntil(() => failed)
    web.write('c')
    await reading.until('c')
    expect(await reading.stop()).toBe('a = b c')
  })

  test('a container that was never started says so', async () => {
    const engine = new LogEngine()
    const job = engine.create('job')
    const reading = follow(engine, job)
    await reading.until('=')
    job.start().write('a')
    await reading.until('a')
    expect(await reading.stop()).toBe('— neverStarted = — started a')
  })

  test('a driver that keeps nothing says so', async () => {
    const engine = new LogEngine()
    const job = engine.create('job', { driver: 'none' }).start()
    const reading = follow(engine, job)
    await reading.until('=')
    expect(await reading.stop()).toBe('— unreadable:none =')
  })

  test('a removed container says so, once', async () => {
    const engine = new LogEngine()
    const job = engine.create('job').start()
    job.remove()
    const reading = follow(engine, job)
    await reading.until('=')
    engine.changed({ what: 'engine' })
    engine.changed({ what: 'engine' })
    expect(await reading.stop()).toBe('— removed =')
  })

  test('of a container that is being removed no log is read: it has ended, and is then gone', async () => {
    const engine = new LogEngine()
    const web = engine.create('web').start().write('a')
    const reading = follow(engine, web)
    await reading.until('=')
    engine.refusal = new EngineError('conflict', 'The container is marked for removal.')
    web.exit(137)
    const { length } = engine.asked
    await expect.poll(() => engine.asked.length).toBeGreaterThan(length)
    web.remove()
    await reading.until('— removed')
    expect(await reading.stop()).toBe('a = — exited:137 — removed')
  })

  test('a log that cannot be read is told once, and goes on once it can', async () => {
    const engine = new LogEngine()
    const web = engine.create('web').start().write('a')
    const reading = follow(engine, web)
    await reading.until('=')
    engine.refusal = new EngineError('internal', 'The disk is broken.')
    engine.cut()
    await reading.until('— failed')
    engine.changed({ changed: [web.id] })
    const { length } = engine.asked
    await expect.poll(() => engine.asked.length).toBeGreaterThan(length)
    engine.refusal = undefined
    engine.changed({ changed: [web.id] })
    web.write('b')
    await reading.until('b')
    expect(await reading.stop()).toBe('a = — lost — back — failed b')
  })

  test('with an end it reads to there and no further', async () => {
    const engine = new LogEngine()
    const web = engine.create('web').start().write('a').write('b')
    const reading = follow(engine, web, { until: { seconds: 4_000_000_000, nanos: 0 } })
    await reading.done
    expect(reading.seen).toEqual(['a', 'b'])
  })
})
