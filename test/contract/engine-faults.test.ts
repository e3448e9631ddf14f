import { readdirSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type PrivateEngine, startEngine } from '../../scripts/hosts/hosts.mjs'
import type { DuplexStream, Engine } from '../../src/engine/engine.ts'
import { isEngineError } from '../../src/engine/errors.ts'
import { type FaultProxy, type Faults, seeded, startFaultProxy } from '../support/fault-proxy.ts'
import { all, codeOf, failureOf, textOf, until } from '../support/transports.ts'
import { Bench, columns, engineAt, engineBehind, fresh, tarOf, unframed } from './under-test.ts'

const host = columns.find(([, { version }]) => version === '28')?.[1]
const never = new AbortController().signal
const descriptors = (): number => readdirSync('/proc/self/fd').length

/** Without an end of its own, as seen from here. */
type Kind = 'ends' | 'goes on'

interface Work {
  readonly name: string
  readonly kind: Kind
  run(engine: Engine, id: string): Promise<unknown>
}

const works: readonly Work[] = [
  { name: 'connect', kind: 'ends', run: (engine) => engine.connect() },
  { name: 'list', kind: 'ends', run: (engine) => engine.containers.list() },
  { name: 'images', kind: 'ends', run: (engine) => engine.images.list() },
  { name: 'inspect', kind: 'ends', run: (engine, id) => engine.containers.inspect(id) },
  {
    name: 'rename',
    kind: 'ends',
    run: (engine, id) => engine.containers.rename(id, fresh('renamed')),
  },
  { name: 'stat', kind: 'ends', run: (engine, id) => engine.files.stat(id, '/www/index.html') },
  {
    name: 'download',
    kind: 'ends',
    run: (engine, id) => textOf(engine.files.getArchive(id, '/bin/busybox', never)),
  },
  {
    name: 'upload',
    kind: 'ends',
    run: (engine, id) =>
      engine.files.putArchive(id, '/tmp', tarOf([{ name: 'f', text: 'x'.repeat(100_000) }]), never),
  },
  {
    name: 'exec',
    kind: 'ends',
    run: async (engine, id) => {
      const command = ['sh', '-c', 'seq 2000']
      const { stream } = await engine.streams.exec(id, { command, tty: false, stdin: false })
      return unframed(stream.output)
    },
  },
  {
    name: 'save',
    kind: 'ends',
    run: async (engine) =>
      (await textOf(engine.streams.save([host!.imagePrefix + 'busybox:latest'], never))).length,
  },
  {
    name: 'build',
    kind: 'ends',
    run: async (engine) => {
      const context = tarOf([{ name: 'Dockerfile', text: `FROM busybox:1.36\nLABEL a=b\n` }])
      await all(engine.streams.build(context, {}, {}, never))
    },
  },
  { name: 'events', kind: 'goes on', run: (engine) => all(engine.streams.events({ since: '1' }, never)) },
  {
    name: 'logs',
    kind: 'goes on',
    run: (engine, id) =>
      all(engine.streams.logs(id, { follow: true, stdout: true, stderr: true, timestamps: false }, never)),
  },
  { name: 'stats', kind: 'goes on', run: (engine, id) => all(engine.streams.stats(id, never)) },
  { name: 'wait', kind: 'goes on', run: (engine, id) => engine.containers.wait(id, 'not-running', never) },
  {
    name: 'attach',
    kind: 'goes on',
    run: async (engine, id) => textOf((await engine.streams.attach(id, { stdin: false })).output),
  },
]

describe.skipIf(host === undefined)('a connection that fails', () => {
  let it: Bench
  let id: string
  let base: number
  beforeAll(async () => {
    it = new Bench(await engineAt(host!), host!)
    id = await it.run(['sh', '-c', 'seq 300; sleep 3600'])
    await it.engine.images.list()
    base = descriptors()
  })
  afterAll(async () => {
    await it.clear()
  })

  /** Runs it behind a proxy; what it resolved to, or the `EngineError` it failed with. Anything else fails the test. */
  async function behind(
    work: Work,
    faults: FaultProxy['faults'],
    options: {
      readonly cutBy?: FaultProxy['cutBy']
      readonly during?: (proxy: FaultProxy, engine: Engine) => Promise<void> | void
    } = {},
  ): Promise<unknown> {
    const proxy = await startFaultProxy(it.engine.endpoint.address, { tcp: true })
    proxy.cutBy = options.cutBy ?? 'end'
    const engine = engineBehind(proxy.address, proxy.url)
    try {
      await engine.connect()
      proxy.faults = faults
      const done = work.run(engine, id).catch((fault: unknown) => {
        if (isEngineError(fault)) return fault
        throw fault
      })
      await options.during?.(proxy, engine)
      return await done
    } finally {
      engine.dispose()
      await proxy.close()
    }
  }

  test.each(works)('split into single bytes anywhere, $name is the same', async (work) => {
    const dice = seeded(work.name.length * 31 + 7)
    const leave = async (_proxy: FaultProxy, engine: Engine): Promise<void> => {
      if (work.kind === 'ends') return
      await pause(100)
      engine.dispose()
    }
    for (let turn = 0; turn < 3; turn += 1) {
      const faults = { up: { splitAfter: dice(300) }, down: { splitAfter: dice(600) } }
      const outcome = await behind(work, faults, { during: leave })
      if (work.kind === 'goes on') expect(outcome).toMatchObject({ code: 'cancelled' })
      else if (isEngineError(outcome)) throw outcome
    }
  })

  test.each(works)('cut anywhere, $name settles', async (work) => {
    const dice = seeded(work.name.length * 17 + 3)
    for (let turn = 0; turn < 4; turn += 1) {
      const cut: Faults = { cutAfter: dice(1500) }
      const faults = turn % 2 === 0 ? { up: cut } : { down: cut }
      const cutBy = turn < 2 ? 'end' : 'reset'
      const during = async (proxy: FaultProxy): Promise<void> => {
        if (work.kind === 'ends') return
        await pause(50)
        proxy.cutAll()
      }
      const outcome = await behind(work, faults, { cutBy, during })
      if (isEngineError(outcome)) expect(['lost', 'unreachable']).toContain(outcome.code)
    }
  })

  test.each(works)('when the bytes stop without an end, $name is given up', async (work) => {
    const proxy = await startFaultProxy(it.engine.endpoint.address, { tcp: true })
    const deadlines = { quick: 200, connect: 4_000, heartbeat: 50 }
    const engine = engineBehind(proxy.address, proxy.url, { deadlines })
    await engine.connect()
    const stop = (): void => {
      proxy.faults = { up: { stallAfter: 0 }, down: { stallAfter: 0 } }
      proxy.stallAll()
    }
    if (work.kind === 'ends') stop()
    const outcome = codeOf(work.run(engine, id))
    if (work.kind === 'goes on') {
      await pause(50)
      stop()
    }
    expect(['timeout', 'lost', 'unreachable']).toContain(await outcome)
    engine.dispose()
    await proxy.close()
  })

  test('slow is not dead: with a delay on every chunk all still works', async () => {
    const outcome = await behind(works[1]!, { up: { delayMs: 30 }, down: { delayMs: 30 } })
    expect(isEngineError(outcome)).toBe(false)
  })

  test('an idle event stream outlives the deadlines of calls, and goes on', async () => {
    const proxy = await startFaultProxy(it.engine.endpoint.address)
    const engine = engineBehind(proxy.address, proxy.url, { deadlines: { quick: 2_000, heartbeat: 20 } })
    const control = new AbortController()
    let opened!: () => void
    const isOpen = new Promise<void>((resolve) => (opened = resolve))
    const first = (async () => {
      for await (const event of engine.streams.events({ onOpen: opened }, control.signal))
        if (event.id === id) return event.action
      return undefined
    })()
    await isOpen
    const before = proxy.sent().length
    await pause(2_500)
    // A local engine is not even asked whether it is there.
    expect(proxy.sent().length).toBe(before)
    await it.engine.containers.pause(id)
    expect(await first).toBe('pause')
    await it.engine.containers.unpause(id)
    engine.dispose()
    await proxy.close()
  })

  test('no body value and no credential is in a request line, and no archive is asked for by itself', async () => {
    const proxy = await startFaultProxy(it.engine.endpoint.address)
    const engine = engineBehind(proxy.address, proxy.url)
    await engine.connect()
    const { id: made } = await engine.containers.create(undefined, {
      Image: 'busybox:latest',
      Env: ['DB_PASSWORD=hunter2'],
    })
    await Promise.all([
      engine.containers.list(),
      engine.images.list(),
      engine.volumes.list(),
      engine.networks.list(),
    ])
    await engine.containers.remove(made)
    const lines = proxy.sent().match(/^(GET|HEAD|POST|PUT|DELETE) .*$/gm) ?? []
    expect(lines.length).toBeGreaterThanOrEqual(8)
    expect(proxy.sent()).toContain('hunter2')
    expect(lines.join('\n')).not.toContain('hunter2')
    expect(lines.join('\n')).not.toContain('/archive')
    engine.dispose()
    await proxy.close()
  })

  test('300 calls at once use few connections, and 60 streams opened and left leave none behind', async () => {
    const calls = Array.from({ length: 300 }, () => it.engine.containers.list({ ids: [id] }))
    let most = 0
    const watch = setInterval(() => (most = Math.max(most, descriptors())), 1)
    for (const rows of await Promise.all(calls)) expect(rows).toHaveLength(1)
    clearInterval(watch)
    expect(most).toBeLessThanOrEqual(base + 20)

    for (let turn = 0; turn < 20; turn += 1) {
      const control = new AbortController()
      const streams = [
        all(it.engine.streams.events({}, control.signal)),
        all(
          it.engine.streams.logs(
            id,
            { follow: true, stdout: true, stderr: true, timestamps: false },
            control.signal,
          ),
        ),
        it.engine.streams
          .exec(id, { command: ['cat'], tty: false, stdin: true }, control.signal)
          .then(({ stream }: { stream: DuplexStream }) => textOf(stream.output)),
      ].map(codeOf)
      await pause(turn)
      control.abort()
      expect(await Promise.all(streams)).toEqual(['cancelled', 'cancelled', 'cancelled'])
    }
    await until(() => descriptors() <= base + 8)
  })

  test('a refusal at the end of a large upload keeps its message', async () => {
    for (let turn = 0; turn < 3; turn += 1) {
      async function* large(): AsyncGenerator<Uint8Array> {
        for await (const chunk of tarOf([{ name: 'f', text: 'x'.repeat(8_000_000) }])) yield chunk
      }
      const failure = await failureOf(it.engine.files.putArchive('no-such', '/', large(), never))
      expect(failure).toMatchObject({
        code: 'notFound',
        message: expect.stringContaining('no-such') as string,
      })
    }
  })

  test('descriptors are back where they were', async () => {
    await until(() => descriptors() <= base + 8)
  })
})

describe.skipIf(host === undefined)('an engine that dies', () => {
  let own: PrivateEngine
  let it: Bench
  beforeAll(async () => {
    own = await startEngine({ version: '28' })
    const mine = { ...host!, dockerHost: own.dockerHost, socketPath: own.socketPath, env: own.env }
    it = new Bench(await engineAt(mine), mine)
  })
  afterAll(async () => {
    it.engine.dispose()
    await own.stop()
  })

  test('all that runs ends, each once and with a reason, and all works again when it is back', async () => {
    const id = await it.idle({ OpenStdin: true })
    const { engine } = it
    // The container dies at the same moment: what asks for it may still be told so, or not.
    const settled = (work: Promise<unknown>): Promise<unknown> =>
      work.then(
        () => 'ended',
        (fault: unknown) => (isEngineError(fault) ? fault.code : fault),
      )
    const events = codeOf(all(engine.streams.events({}, never)))
    const others = [
      settled(engine.containers.wait(id, 'not-running')),
      settled(all(engine.streams.stats(id, never))),
    ]
    const attached = await engine.streams.attach(id, { stdin: true })
    const output = textOf(attached.output).catch((fault: unknown) => fault)
    await pause(200)
    await own.kill()
    expect(await events).toBe('lost')
    for (const outcome of await Promise.all(others)) expect(['ended', 'lost']).toContain(outcome)
    expect(await output).toSatisfy((end: unknown) => end === '' || isEngineError(end, 'lost'))
    expect(await codeOf(attached.write(Buffer.from('x')))).toBe('lost')
    expect(['unreachable', 'lost']).toContain(await codeOf(engine.containers.list()))
    const failure = await failureOf(engine.connect())
    expect(failure.nextStep).toBeTruthy()

    await own.start()
    await engine.connect()
    expect((await engine.containers.list()).map((row) => row.id)).toContain(id)
  })
})
