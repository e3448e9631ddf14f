import { createHash } from 'node:crypto'
import { setTimeout as passed } from 'node:timers/promises'
import { afterEach, expect, test, vi } from 'vitest'
import { Together } from '../../../src/engine/transport/together.ts'
import {
  type Exchange,
  type ScriptedEngine,
  type Scripts,
  startScriptedEngine,
} from '../../support/scripted-engine.ts'
import { all, codeOf, textOf, transportTo, until } from '../../support/transports.ts'

const cleanup: (() => Promise<void> | void)[] = []
afterEach(async () => {
  for (const step of cleanup.splice(0).reverse()) await step()
})

async function asked(scripts: Scripts, signal?: AbortSignal, gathered = false) {
  const peer: ScriptedEngine = await startScriptedEngine(scripts)
  const transport = transportTo(peer)
  cleanup.push(
    () => peer.close(),
    () => transport.dispose(),
  )
  return {
    peer,
    answer: () =>
      transport.stream({ method: 'GET', path: '/x', lane: 'stream', lent: true, gathered, signal }),
  }
}

const chunked = 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n'
const chunk = (bytes: Buffer): Buffer =>
  Buffer.concat([Buffer.from(`${bytes.length.toString(16)}\r\n`), bytes, Buffer.from('\r\n')])

test('a large answer comes whole, in memory that is used again, however slowly it is read', async () => {
  const sent = Buffer.alloc(20_000_000, 'not so much of a pattern as to hide a place that is off')
  for (let at = 0; at < sent.length; at += 4_096) sent.writeUInt32LE(at, at)
  const { answer } = await asked({
    'GET /x': (x: Exchange) => {
      x.raw(chunked)
      for (let at = 0; at < sent.length; at += 32_768) x.raw(chunk(sent.subarray(at, at + 32_768)))
      x.raw('0\r\n\r\n', true)
    },
  })
  const { body } = await answer()
  const memory = new Set<ArrayBufferLike>()
  const hash = createHash('sha256')
  let largest = 0
  for await (const piece of body) {
    await passed(1)
    memory.add(piece.buffer)
    largest = Math.max(largest, piece.length)
    hash.update(piece)
  }
  expect(hash.digest('hex')).toBe(createHash('sha256').update(sent).digest('hex'))
  // Little of it at first, then as much as is needed.
  expect(memory.size).toBeLessThanOrEqual(4)
  expect(largest).toBeLessThanOrEqual(1024 * 1024)
})

test('lines that are written one by one are let gather, the first of them apart', async () => {
  // Time stands still: what comes now comes close behind what came before.
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] })
  cleanup.push(() => void vi.useRealTimers())
  let engine: Exchange | undefined
  const { answer } = await asked({ 'GET /x': (x: Exchange) => (engine = x).raw(chunked) }, undefined, true)
  const { body } = await answer()
  const pieces: string[] = []
  const reading = (async () => {
    for await (const piece of body) pieces.push(piece.toString())
  })()
  const arrived = async (): Promise<void> => {
    const before = pieces.length
    while (pieces.length === before) await new Promise(setImmediate)
  }
  vi.advanceTimersByTime(10)
  engine!.raw(chunk(Buffer.from('first ')))
  await arrived()
  engine!.raw(chunk(Buffer.from('second ')))
  await arrived()
  for (const word of ['a ', 'b ', 'c ']) engine!.raw(chunk(Buffer.from(word)))
  await passed(50)
  expect(pieces).toEqual(['first ', 'second '])
  vi.advanceTimersByTime(1)
  await arrived()
  expect(pieces).toEqual(['first ', 'second ', 'a b c '])
  engine!.raw('0\r\n\r\n', true)
  vi.advanceTimersByTime(1)
  await reading
})

test('many lines come whole, however slowly they are read', async () => {
  const lines = Array.from({ length: 60_000 }, (_, index) => `line ${index}\n`)
  const { answer } = await asked(
    {
      'GET /x': (x: Exchange) => {
        x.raw(chunked)
        for (const line of lines) x.raw(chunk(Buffer.from(line)))
        x.raw('0\r\n\r\n', true)
      },
    },
    undefined,
    true,
  )
  const seen: string[] = []
  for await (const piece of (await answer()).body) {
    seen.push(piece.toString())
    await passed(1)
  }
  expect(seen.join('')).toBe(lines.join(''))
})

test('head, sizes and chunks may arrive in any parts', async () => {
  const bytes = Buffer.from(`${chunked}5\r\nhello\r\n1;x=y\r\n \r\n5\r\nworld\r\n0\r\nX-Sum: 1\r\n\r\n`)
  for (const length of [1, 3, 7, 50]) {
    const { answer } = await asked({
      'GET /x': async (x: Exchange) => {
        for (let at = 0; at < bytes.length; at += length) {
          x.raw(bytes.subarray(at, at + length), at + length >= bytes.length)
          await passed(0)
        }
      },
    })
    expect(await textOf(copies((await answer()).body))).toBe('hello world')
  }
})

test('an engine that refuses is told in its words, and what is not chunked is read', async () => {
  const refusing = await asked({
    'GET /x': (x: Exchange) => x.json({ message: 'no such container: c' }, 404),
  })
  await expect(refusing.answer()).rejects.toMatchObject({ code: 'notFound', message: 'no such container: c' })
  const { answer } = await asked({
    'GET /x': (x: Exchange) => x.raw('HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\ntext', true),
  })
  expect(await textOf((await answer()).body)).toBe('text')
})

test('who cancels does not wait for an engine that is silent', async () => {
  const control = new AbortController()
  const { answer, peer } = await asked(
    { 'GET /x': (x: Exchange) => x.raw(Buffer.concat([Buffer.from(chunked), chunk(Buffer.from('a'))])) },
    control.signal,
  )
  const { body } = await answer()
  const reading = codeOf(all(body))
  control.abort()
  expect(await reading).toBe('cancelled')
  await until(() => peer.connections.size === 0)
})

test('an engine waits for who reads nothing, and who stops reading closes the connection', async () => {
  const { answer, peer } = await asked({
    'GET /x': (x: Exchange) => {
      x.raw(chunked)
      const piece = chunk(Buffer.alloc(1024 * 1024))
      for (let at = 0; at < 64; at++) x.raw(piece)
    },
  })
  const { body } = await answer()
  await passed(200)
  const [socket] = peer.connections
  expect(socket!.writableLength).toBeGreaterThan(32 * 1024 * 1024)
  for await (const _ of body) break
  await until(() => peer.connections.size === 0)
})

test('many answers at once, chunked or not, do not get into each other', async () => {
  const sent = (name: string): Buffer => Buffer.alloc(40_000, `${name} is not the others. `)
  const names = Array.from({ length: 8 }, (_, i) => `${i % 2 === 0 ? 'chunked' : 'plain'} ${i}`)
  const { peer } = await asked({
    'GET /x': async (x: Exchange) => {
      const name = String(x.headers['x-name'])
      const bytes = Buffer.concat(
        name.startsWith('chunked')
          ? [Buffer.from(chunked), chunk(sent(name)), Buffer.from('0\r\n\r\n')]
          : [Buffer.from('HTTP/1.1 200 OK\r\nContent-Length: 40000\r\n\r\n'), sent(name)],
      )
      for (let at = 0; at < bytes.length; at += 1_999) {
        x.raw(bytes.subarray(at, at + 1_999), at + 1_999 >= bytes.length)
        await passed(0)
      }
    },
  })
  const transport = transportTo(peer)
  cleanup.push(() => transport.dispose())
  const read = names.map(async (name) => {
    const call = { method: 'GET', path: '/x', lane: 'stream', lent: true } as const
    const { body } = await transport.stream({ ...call, headers: { 'X-Name': name } })
    const pieces: Buffer[] = []
    for await (const piece of body) {
      pieces.push(Buffer.from(piece))
      await passed(3)
    }
    return Buffer.concat(pieces).toString()
  })
  expect(await Promise.all(read)).toEqual(names.map((name) => sent(name).toString()))
})

test('what comes on several connections one after the other is read in one go, and an end is told at once', async () => {
  const exchanges: Exchange[] = []
  const { peer } = await asked({
    'GET /x': (x: Exchange) => {
      exchanges.push(x)
      x.raw(chunked)
    },
  })
  const transport = transportTo(peer)
  cleanup.push(() => transport.dispose())
  const waking: (() => void)[] = []
  class ByHand extends Together {
    override soon(wake: () => void): void {
      waking.push(wake)
    }
  }
  const together = new ByHand(0)
  const got: string[] = []
  let reading = 0
  const readers = ['a', 'b'].map(async (name) => {
    const { body } = await transport.stream({
      method: 'GET',
      path: '/x',
      lane: 'stream',
      lent: true,
      together,
    })
    // What is there before its reader is read without waking.
    reading += 1
    for await (const piece of body) got.push(`${name}: ${piece.toString()}`)
    got.push(`${name} ended`)
  })
  await until(() => reading === 2)
  for (const x of exchanges) x.raw(chunk(Buffer.from('first ')))
  await until(() => waking.length === 2)
  for (const x of exchanges) x.raw(chunk(Buffer.from('second')))
  await until(() => waking.length === 4)
  expect(got).toEqual([])
  for (const wake of waking) wake()
  await until(() => got.length === 2)
  expect(got.toSorted()).toEqual(['a: first second', 'b: first second'])
  for (const x of exchanges) x.raw(Buffer.concat([chunk(Buffer.from('third')), Buffer.from('0\r\n\r\n')]))
  await Promise.all(readers)
  expect(got.slice(2).sort()).toEqual(['a ended', 'a: third', 'b ended', 'b: third'])
})

/** A piece is ours until the next is asked for. */
async function* copies(pieces: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  for await (const piece of pieces) yield Buffer.from(piece)
}
