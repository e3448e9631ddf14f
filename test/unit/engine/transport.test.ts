import { getEventListeners } from 'node:events'
import http from 'node:http'
import { syncBuiltinESMExports } from 'node:module'
import type { Socket } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import type { Transport } from '../../../src/engine/transport/transport.ts'
import {
  type Exchange,
  type ScriptedEngine,
  type Scripts,
  startScriptedEngine,
  upgraded,
} from '../../support/scripted-engine.ts'
import { all, codeOf, failureOf, textOf, transportTo, until } from '../../support/transports.ts'

const cleanup: (() => Promise<void> | void)[] = []
afterEach(async () => {
  for (const step of cleanup.splice(0).reverse()) await step()
})

async function scripted(
  scripts: Scripts = {},
  deadlines: Parameters<typeof transportTo>[1] = {},
  tcp = false,
): Promise<{ peer: ScriptedEngine; transport: Transport }> {
  const peer = await startScriptedEngine(scripts, { tcp })
  const transport = transportTo(peer, deadlines)
  cleanup.push(
    () => peer.close(),
    () => transport.dispose(),
  )
  return { peer, transport }
}

const get = (path: string, signal?: AbortSignal) => ({ method: 'GET', path, lane: 'quick', signal }) as const
const stream = (path: string, signal?: AbortSignal) =>
  ({ method: 'GET', path, lane: 'stream', signal }) as const
const never = (): void => undefined

describe('every call settles', () => {
  test.each([
    ['with 10 of 100 bytes', 'HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n0123456789'],
    ['in the middle of a chunk', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n20\r\nabc'],
    ['after the head', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n'],
  ])('an answer cut %s is lost, not waited for', async (_name, bytes) => {
    const { transport } = await scripted({ '*': (x: Exchange) => x.raw(bytes, true) })
    expect(await codeOf(transport.send(get('/x')))).toBe('lost')
    for (const lent of [false, true]) {
      const { body } = await transport.stream({ ...stream('/x'), lent })
      expect(await codeOf(all(body))).toBe('lost')
    }
  })

  test('a peer that accepts and never answers fails at the deadline', async () => {
    const { transport, peer } = await scripted({ '*': never }, { quick: 50 })
    const failure = await failureOf(transport.send(get('/x')))
    expect(failure.code).toBe('timeout')
    expect(failure.nextStep).toContain('running')
    await until(() => peer.connections.size === 0)
  })

  test('the deadline lasts to the end of the answer, however it trickles', async () => {
    const trickle = (x: Exchange): void => {
      x.raw('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n')
      const timer = setInterval(() => x.raw('1\r\nx\r\n'), 5)
      x.socket.on('close', () => clearInterval(timer))
    }
    const { transport } = await scripted({ '*': trickle }, { quick: 80 })
    expect(await codeOf(transport.send(get('/x')))).toBe('timeout')
  })

  test('a long call has no deadline', async () => {
    const late = (x: Exchange): void => void setTimeout(() => x.json('late'), 120)
    const { transport } = await scripted({ '*': late }, { quick: 20 })
    const answer = await transport.send({ method: 'POST', path: '/x', lane: 'long' })
    expect(answer.body.toString()).toBe('"late"')
  })

  test('but the silence of a dead engine ends it', async () => {
    const { transport } = await scripted({ '*': never, 'GET /_ping': never }, { quick: 20, heartbeat: 20 })
    expect(await codeOf(transport.send({ method: 'POST', path: '/x', lane: 'long' }))).toBe('lost')
  })

  test('what the engine refused is told with its own words, and a next step where there is one', async () => {
    const message = 'driver failed: Bind for 0.0.0.0:80 failed: port is already allocated'
    const { transport } = await scripted({ '*': (x: Exchange) => x.json({ message }, 500) })
    const failure = await failureOf(transport.send(get('/x')))
    expect(failure).toMatchObject({ code: 'internal', status: 500, message })
    expect(failure.nextStep).toContain('another host port')
  })
})

describe('cancelling', () => {
  test('before, while queued, before the answer and within it; no listener stays', async () => {
    const begin = (x: Exchange): void => x.raw('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nabc')
    const { transport, peer } = await scripted({ 'GET /begin': begin, '*': never })
    expect(await codeOf(transport.send(get('/x', AbortSignal.abort())))).toBe('cancelled')

    const control = new AbortController()
    const calls = Array.from({ length: 20 }, () => transport.send(get('/x', control.signal)))
    const streams = Array.from({ length: 20 }, async () =>
      all((await transport.stream(stream('/begin', control.signal))).body),
    )
    const codes = [...calls, ...streams].map(codeOf)
    await until(() => peer.requests.length === 8 + 20)
    control.abort()
    expect(new Set(await Promise.all(codes))).toEqual(new Set(['cancelled']))
    expect(getEventListeners(control.signal, 'abort')).toHaveLength(0)
    await until(() => peer.connections.size === 0)
  })

  test('one signal for thirty streams warns of no leak', async () => {
    const warnings: Error[] = []
    const hear = (warning: Error): void => void warnings.push(warning)
    process.on('warning', hear)
    cleanup.push(() => void process.off('warning', hear))
    const { transport, peer } = await scripted({ '*': never })
    const control = new AbortController()
    const codes = Array.from({ length: 30 }, () => codeOf(transport.stream(stream('/x', control.signal))))
    await until(() => peer.requests.length === 30)
    control.abort()
    expect(await Promise.all(codes)).toEqual(Array.from({ length: 30 }, () => 'cancelled'))
    await new Promise((resolve) => setImmediate(resolve))
    expect(warnings).toEqual([])
  })

  test('a stream that is paused in the middle ends at once, and its reader is told', async () => {
    const flood = (x: Exchange): void => {
      x.raw('HTTP/1.1 200 OK\r\n\r\n')
      x.raw(Buffer.alloc(4 * 1024 * 1024))
    }
    const { transport, peer } = await scripted({ '*': flood })
    const control = new AbortController()
    const { body } = await transport.stream(stream('/x', control.signal))
    const reader = body[Symbol.asyncIterator]()
    await reader.next()
    control.abort()
    await until(() => peer.connections.size === 0)
    expect(await codeOf(drain(reader))).toBe('cancelled')
  })

  test('breaking off the reading closes the connection', async () => {
    const { transport, peer } = await scripted({ '*': (x: Exchange) => x.raw('HTTP/1.1 200 OK\r\n\r\nabc') })
    const { body } = await transport.stream(stream('/x'))
    for await (const chunk of body) {
      expect(chunk.toString()).toBe('abc')
      break
    }
    await until(() => peer.connections.size === 0)
  })

  test('disposing cancels what runs and refuses what comes', async () => {
    const { transport, peer } = await scripted({ '*': never })
    const running = [transport.send(get('/x')), transport.stream(stream('/x'))].map(codeOf)
    await until(() => peer.requests.length === 2)
    transport.dispose()
    expect(await Promise.all(running)).toEqual(['cancelled', 'cancelled'])
    expect(await codeOf(transport.send(get('/x')))).toBe('cancelled')
    await until(() => peer.connections.size === 0)
  })
})

async function drain(reader: AsyncIterator<unknown>): Promise<void> {
  while ((await reader.next()).done !== true);
}

describe('connections', () => {
  test('at most 8 calls are in flight, long ones leave two places, and streams are apart', async () => {
    const waiting: Exchange[] = []
    const { transport, peer } = await scripted({ '*': (x: Exchange) => void waiting.push(x) })
    const long = Array.from({ length: 10 }, (_, i) =>
      transport.send({ method: 'POST', path: `/long/${i}`, lane: 'long' }),
    )
    const quick = Array.from({ length: 10 }, (_, i) => transport.send(get(`/quick/${i}`)))
    const open = transport.stream(stream('/stream'))
    await until(() => waiting.length === 9)
    await new Promise((resolve) => setTimeout(resolve, 20))
    const count = (word: string): number => peer.requests.filter((line) => line.includes(word)).length
    expect([count('/long/'), count('/quick/'), count('/stream')]).toEqual([6, 2, 1])
    const finish = setInterval(() => waiting.splice(0).forEach((x) => x.json('done')), 2)
    cleanup.push(() => clearInterval(finish))
    await Promise.all([...long, ...quick, open.then(({ body }) => all(body))])
    expect([count('/long/'), count('/quick/'), count('/stream')]).toEqual([10, 10, 1])
  })

  test('calls that read share connections; what changes something gets one of its own', async () => {
    const { transport, peer } = await scripted({ '*': 'ok' })
    for (let turn = 0; turn < 5; turn += 1) await transport.send(get('/x'))
    expect(peer.accepted).toBe(1)
    await transport.send({ method: 'POST', path: '/x', lane: 'quick' })
    expect(peer.accepted).toBe(2)
  })

  test('a pooled connection that the engine closes under the request is replaced once', async () => {
    const served = new WeakMap<object, number>()
    const closeSecond = (x: Exchange): void => {
      const turn = (served.get(x.socket) ?? 0) + 1
      served.set(x.socket, turn)
      if (turn === 1) x.json(peer.accepted)
      else x.socket.destroy()
    }
    const { transport, peer } = await scripted({ 'GET /x': closeSecond })
    expect((await transport.send(get('/x'))).body.toString()).toBe('1')
    expect((await transport.send(get('/x'))).body.toString()).toBe('2')
    expect(peer.requests).toHaveLength(3)
  })

  test('an editor that replaces `http.request` does not come between', async () => {
    const original = http.request
    cleanup.push(() => {
      http.request = original
      syncBuiltinESMExports()
    })
    http.request = () => {
      throw new Error('by way of a proxy')
    }
    syncBuiltinESMExports()
    const { transport } = await scripted({ 'GET /x': 'direct' })
    expect((await transport.send(get('/x'))).body.toString()).toBe('"direct"')
  })

  test('a fresh connection that is closed is not tried again', async () => {
    const { transport, peer } = await scripted({ 'GET /x': (x: Exchange) => void x.socket.destroy() })
    expect(await codeOf(transport.send(get('/x')))).toBe('unreachable')
    expect(peer.requests).toHaveLength(1)
  })

  test.each([301, 302, 303, 307, 308])('a redirect (%i) is never followed', async (status) => {
    const stranger = await startScriptedEngine({ '*': 'gotcha' }, { tcp: true })
    cleanup.push(() => stranger.close())
    const { transport, peer } = await scripted({
      '*': (x: Exchange) => x.json('', status, { Location: `${stranger.url.replace('tcp', 'http')}/x` }),
    })
    expect(await codeOf(transport.send(get('/x')))).toBe('notDocker')
    expect(await codeOf(transport.stream(stream('/x')))).toBe('notDocker')
    expect(stranger.accepted).toBe(0)
    expect(peer.requests).toHaveLength(2)
  })

  test('a redirect to a file: is refused like any other', async () => {
    const { transport } = await scripted({
      '*': (x: Exchange) => x.json('', 302, { Location: 'file:///etc/passwd' }),
    })
    expect(await codeOf(transport.send(get('/x')))).toBe('notDocker')
  })
})

describe('streams', () => {
  test('a slow reader slows the engine', async () => {
    let blocked = false
    const flood = async (x: Exchange): Promise<void> => {
      x.response!.writeHead(200)
      const chunk = Buffer.alloc(256 * 1024)
      for (let sent = 0; sent < 64; sent += 1) {
        if (x.response!.write(chunk)) continue
        const drained = new Promise((resolve) => x.response!.once('drain', resolve))
        const late = new Promise((resolve) => setTimeout(() => resolve('late'), 30))
        if ((await Promise.race([drained, late])) === 'late') blocked = true
        await drained
      }
      x.response!.end()
    }
    const { transport } = await scripted({ '*': flood })
    const { body } = await transport.stream(stream('/x'))
    const reader = body[Symbol.asyncIterator]()
    let length = (await reader.next()).value?.length ?? 0
    await until(() => blocked)
    for (;;) {
      const { value, done } = await reader.next()
      if (done === true) break
      length += value.length
    }
    expect(length).toBe(64 * 256 * 1024)
  })

  test('an upload arrives whole, its source asked no faster than the engine reads', async () => {
    let asked = 0
    let pausedAt = 0
    async function* source(): AsyncGenerator<Buffer> {
      for (; asked < 1024; asked += 1) yield Buffer.alloc(16 * 1024)
    }
    const slow = async (x: Exchange): Promise<void> => {
      await until(() => asked > 0 && asked === pausedAt)
      const paused = asked
      x.json({ length: (await x.body()).length, paused })
    }
    const { transport } = await scripted({ 'PUT /x': slow })
    const watch = setInterval(() => (pausedAt = asked), 25)
    cleanup.push(() => clearInterval(watch))
    const answer = await transport.send({
      method: 'PUT',
      path: '/x',
      lane: 'stream',
      body: { bytes: source(), type: 'application/x-tar' },
    })
    const { length, paused } = JSON.parse(answer.body.toString()) as { length: number; paused: number }
    expect(length).toBe(1024 * 16 * 1024)
    expect(paused).toBeLessThan(1024)
  })

  test('a source may use the memory of a piece again once it is asked for the next', async () => {
    const piece = Buffer.alloc(1_000)
    async function* source(): AsyncGenerator<Buffer> {
      for (let at = 0; at < 200; at++) yield piece.fill(at)
    }
    const read = async (x: Exchange): Promise<void> => {
      const body = await x.body()
      x.json({ last: Array.from({ length: 200 }, (_, at) => body[at * 1_000 + 999]) })
    }
    const { transport } = await scripted({ 'PUT /x': read })
    const bytes = { bytes: source(), type: 'application/x-tar' }
    const answer = await transport.send({ method: 'PUT', path: '/x', lane: 'stream', body: bytes })
    expect(JSON.parse(answer.body.toString())).toEqual({ last: Array.from({ length: 200 }, (_, at) => at) })
  })

  test('a source that fails in the middle fails the upload, and the engine sees no whole body', async () => {
    async function* source(): AsyncGenerator<Buffer> {
      yield Buffer.from('first')
      await until(() => peer.requests.length === 1)
      throw new Error('disk is gone')
    }
    let whole: boolean | undefined
    const read = async (x: Exchange): Promise<void> => {
      whole = await x.body().then(
        () => true,
        () => false,
      )
    }
    const { transport, peer } = await scripted({ 'PUT /x': read })
    const failure = await failureOf(
      transport.send({
        method: 'PUT',
        path: '/x',
        lane: 'stream',
        body: { bytes: source(), type: 'application/x-tar' },
      }),
    )
    expect(failure).toMatchObject({ code: 'invalid', message: expect.stringContaining('disk is gone') })
    await until(() => whole !== undefined)
    expect(whole).toBe(false)
  })

  test('an engine that refuses during an upload stops the source, and its message is kept', async () => {
    let returned = false
    async function* source(): AsyncGenerator<Buffer> {
      try {
        for (;;) yield Buffer.alloc(1024)
      } finally {
        returned = true
      }
    }
    const { transport } = await scripted({
      'PUT /x': (x: Exchange) => x.json({ message: 'no such container: x' }, 404),
    })
    const failure = await failureOf(
      transport.send({
        method: 'PUT',
        path: '/x',
        lane: 'stream',
        body: { bytes: source(), type: 'application/x-tar' },
      }),
    )
    expect(failure).toMatchObject({ code: 'notFound', message: 'no such container: x' })
    await until(() => returned)
  })

  test('a silent stream over the network ends when the engine does not answer pings', async () => {
    const events = (x: Exchange): void => x.raw('HTTP/1.1 200 OK\r\n\r\n{}\n')
    const { transport } = await scripted(
      { 'GET /events': events, 'GET /_ping': never },
      { quick: 20, heartbeat: 20 },
      true,
    )
    const { body } = await transport.stream(stream('/events'))
    expect(await codeOf(all(body))).toBe('lost')
  })

  test('and lives while the engine answers them', async () => {
    const events = (x: Exchange): void => {
      x.raw('HTTP/1.1 200 OK\r\n\r\n')
      void until(() => peer.requests.filter((line) => line.includes('_ping')).length >= 3).then(() =>
        x.raw('{}\n', true),
      )
    }
    const { transport, peer } = await scripted({ 'GET /events': events }, { heartbeat: 5 }, true)
    const { body } = await transport.stream(stream('/events'))
    expect(await textOf(body)).toBe('{}\n')
  })

  test('an open stream of a local engine causes no request at all', async () => {
    const events = (x: Exchange): void => x.raw('HTTP/1.1 200 OK\r\n\r\n{}\n')
    // Until the answer begins the engine is pinged, whatever it is: that must not take so long here.
    const { transport, peer } = await scripted({ 'GET /events': events }, { heartbeat: 300 })
    const control = new AbortController()
    const { body } = await transport.stream(stream('/events', control.signal))
    const reading = codeOf(all(body))
    await new Promise((resolve) => setTimeout(resolve, 700))
    control.abort()
    expect(await reading).toBe('cancelled')
    expect(peer.requests).toEqual(['GET /events'])
  })
})

describe('the connection itself, for attach and exec', () => {
  const attach = (signal?: AbortSignal) =>
    ({ method: 'POST', path: '/attach', lane: 'stream', signal }) as const

  test('both ways, with the first bytes behind the head, until the engine ends it', async () => {
    const echo = (x: Exchange): void => {
      expect(x.headers).toMatchObject({ connection: 'Upgrade', upgrade: 'tcp', 'content-length': '0' })
      x.raw(`${upgraded}hello `)
      x.socket.on('data', (chunk: Buffer) => x.socket.write(chunk))
      x.socket.on('end', () => x.socket.end('bye'))
    }
    const { transport } = await scripted({ 'POST /attach': echo })
    const duplex = await transport.upgrade(attach())
    await duplex.write(Buffer.from('there '))
    duplex.endInput()
    expect(await textOf(duplex.output)).toBe('hello there bye')
    expect(await codeOf(duplex.write(Buffer.from('late')))).toBe('lost')
  })

  test('a pipe of Windows is not ended by us: it would be closed before the program has said all', async () => {
    let ended = false
    const { peer } = await scripted({
      'POST /attach': (x: Exchange) => {
        x.raw(upgraded)
        x.socket.on('end', () => (ended = true))
        x.socket.on('data', () => setTimeout(() => x.socket.end('all'), 100))
      },
    })
    const path = peer.url.replace('unix://', '')
    const transport = transportTo({ url: peer.url, address: { kind: 'npipe', path } })
    cleanup.push(() => transport.dispose())
    const duplex = await transport.upgrade(attach())
    await duplex.write(Buffer.from('input'))
    duplex.endInput()
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect(ended).toBe(false)
    expect(await textOf(duplex.output)).toBe('all')
  })

  test('nothing but what is written reaches the program', async () => {
    const got: string[] = []
    const { transport, peer } = await scripted({
      'POST /attach': (x: Exchange) => {
        got.push(x.head.toString())
        x.raw(upgraded)
        x.socket.on('data', (chunk: Buffer) => got.push(chunk.toString()))
      },
    })
    const duplex = await transport.upgrade(attach())
    await duplex.write(Buffer.from('ls\n'))
    duplex.endInput()
    await until(() => peer.connections.size === 0 || got.join('') === 'ls\n')
    expect(got.join('')).toBe('ls\n')
    duplex.destroy()
  })

  test('an abort after the upgrade ends it at once', async () => {
    const { transport, peer } = await scripted({ 'POST /attach': (x: Exchange) => x.raw(`${upgraded}abc`) })
    const control = new AbortController()
    const duplex = await transport.upgrade(attach(control.signal))
    const reader = duplex.output[Symbol.asyncIterator]()
    expect(String((await reader.next()).value)).toBe('abc')
    control.abort()
    expect(await codeOf(drain(reader))).toBe('cancelled')
    expect(await codeOf(duplex.write(Buffer.from('x')))).toBe('cancelled')
    await until(() => peer.connections.size === 0)
    expect(getEventListeners(control.signal, 'abort')).toHaveLength(0)
  })

  test('a reset is told as a lost connection, not as an end', async () => {
    const { transport } = await scripted(
      {
        'POST /attach': (x: Exchange) => {
          x.raw(`${upgraded}abc`)
          x.socket.once('data', () => (x.socket as Socket).resetAndDestroy())
        },
      },
      {},
      true,
    )
    const duplex = await transport.upgrade(attach())
    const reader = duplex.output[Symbol.asyncIterator]()
    await reader.next()
    await duplex.write(Buffer.from('x'))
    expect(await codeOf(drain(reader))).toBe('lost')
  })

  test('an engine that refuses is quoted', async () => {
    const { transport } = await scripted({
      'POST /attach': (x: Exchange) => x.json({ message: 'container is paused' }, 409),
    })
    expect(await failureOf(transport.upgrade(attach()))).toMatchObject({
      code: 'conflict',
      message: 'container is paused',
      nextStep: expect.stringContaining('Unpause'),
    })
  })

  test('a peer that does not hand over the connection is no engine', async () => {
    const { transport } = await scripted({ 'POST /attach': (x: Exchange) => x.json('hm') })
    expect(await codeOf(transport.upgrade(attach()))).toBe('notDocker')
  })

  test('a peer that never answers fails at the deadline', async () => {
    const { transport } = await scripted({ 'POST /attach': never }, { quick: 30 })
    expect(await codeOf(transport.upgrade(attach()))).toBe('timeout')
  })
})
