import { mkdtempSync, rmSync } from 'node:fs'
import { type AddressInfo, type Socket, connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Address } from '../../src/engine/endpoint.ts'

/** What happens to the bytes of one direction of each connection; counted from the connection's first byte. */
export interface Faults {
  /** Both sides are cut once this many bytes have passed. */
  readonly cutAfter?: number
  /** The bytes stop, without an end, once this many have passed. */
  readonly stallAfter?: number
  /** Milliseconds before each chunk is passed on. */
  readonly delayMs?: number
  /** From this byte on, 200 bytes are passed on one by one. */
  readonly splitAfter?: number
}

export interface FaultProxy {
  readonly address: Address
  readonly url: string
  /** For connections that are made from now on: `up` is towards the engine. */
  faults: { readonly up?: Faults; readonly down?: Faults }
  /** How a cut looks: an end, or on TCP a reset. */
  cutBy: 'end' | 'reset'
  /** What clients have sent, up to 4 MB. */
  readonly sent: () => string
  /** Connections that are open now. */
  readonly open: () => number
  readonly accepted: () => number
  /** Cuts all that is open. */
  cutAll(): void
  /** Stops the bytes of all that is open, both ways, without an end. */
  stallAll(): void
  /** Reads nothing more from the engine on what is open, as a peer that is busy, until the answer is called. */
  holdAll(): () => void
  close(): Promise<void>
}

/** A number generator with a seed: the same faults in every run. */
export function seeded(seed: number): (below: number) => number {
  let state = seed >>> 0 || 1
  return (below) => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) % below
  }
}

interface Pair {
  readonly client: Socket
  readonly engine: Socket
  stalled: boolean
  held: boolean
}

const splitLength = 200
const sentLimit = 4 * 1024 * 1024

/** Stands in front of a real engine and does to its connections what networks do. */
export async function startFaultProxy(
  target: Address,
  options: { readonly tcp?: boolean } = {},
): Promise<FaultProxy> {
  if (target.kind !== 'unix' && target.kind !== 'tcp')
    throw new Error(`cannot stand in front of ${target.kind}`)
  const pairs = new Set<Pair>()
  const sent: Buffer[] = []
  let sentLength = 0
  let accepted = 0

  const server = createServer({ allowHalfOpen: true }, (client) => {
    accepted += 1
    const engine =
      target.kind === 'unix'
        ? connect({ path: target.path, allowHalfOpen: true })
        : connect({ host: target.host, port: target.port, allowHalfOpen: true })
    const pair = { client, engine, stalled: false, held: false }
    pairs.add(pair)
    const cut = (): void => {
      if (proxy.cutBy === 'reset' && options.tcp === true) client.resetAndDestroy()
      else client.destroy()
      engine.destroy()
      pairs.delete(pair)
    }
    client.on('error', cut)
    engine.on('error', cut)
    client.on('close', cut)
    engine.on('close', () => {
      if (!pair.stalled && !client.writableEnded) cut()
    })
    client.on('data', (chunk: Buffer) => {
      if (sentLength < sentLimit) sent.push(chunk)
      sentLength += chunk.length
    })
    relay(client, engine, proxy.faults.up ?? {}, pair, cut)
    relay(engine, client, proxy.faults.down ?? {}, pair, cut)
  })

  const proxy: FaultProxy = {
    address: target,
    url: '',
    faults: {},
    cutBy: 'end',
    sent: () => Buffer.concat(sent).toString('latin1'),
    open: () => pairs.size,
    accepted: () => accepted,
    cutAll() {
      for (const { client, engine } of [...pairs]) {
        if (proxy.cutBy === 'reset' && options.tcp === true) client.resetAndDestroy()
        else client.destroy()
        engine.destroy()
      }
    },
    stallAll() {
      for (const pair of pairs) {
        pair.stalled = true
        pair.client.pause()
        pair.engine.pause()
      }
    },
    holdAll() {
      const held = [...pairs]
      for (const pair of held) {
        pair.held = true
        pair.engine.pause()
      }
      return () => {
        for (const pair of held) {
          pair.held = false
          pair.engine.resume()
        }
      }
    },
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      for (const { client, engine } of [...pairs]) {
        client.destroy()
        engine.destroy()
      }
      await closed
      rmSync(folder, { recursive: true, force: true })
    },
  }

  const folder = mkdtempSync(join(tmpdir(), 'qs-proxy-'))
  const path = join(folder, 'proxy.sock')
  await new Promise<void>((resolve) => {
    if (options.tcp === true) server.listen(0, '127.0.0.1', resolve)
    else server.listen(path, resolve)
  })
  const port = options.tcp === true ? (server.address() as AddressInfo).port : 0
  return Object.assign(proxy, {
    address: options.tcp === true ? { kind: 'tcp', host: '127.0.0.1', port } : { kind: 'unix', path },
    url: options.tcp === true ? `tcp://127.0.0.1:${port}` : `unix://${path}`,
  })
}

function relay(from: Socket, to: Socket, faults: Faults, pair: Pair, cut: () => void): void {
  let passed = 0
  let chain = Promise.resolve()
  const queue = (work: () => Promise<void> | void): void => {
    from.pause()
    chain = chain.then(work).then(() => {
      if (!pair.stalled && !(pair.held && from === pair.engine)) from.resume()
    })
  }

  const pass = async (chunk: Buffer): Promise<void> => {
    if (pair.stalled) return
    if (faults.delayMs !== undefined) await new Promise((resolve) => setTimeout(resolve, faults.delayMs))
    const limit = Math.min(faults.cutAfter ?? Infinity, faults.stallAfter ?? Infinity)
    const part = chunk.subarray(0, Math.max(0, limit - passed))
    const from = faults.splitAfter ?? Infinity
    const whole = part.subarray(0, Math.max(0, from - passed))
    const single = part.subarray(whole.length, whole.length + Math.max(0, from + splitLength - passed))
    await write(whole)
    for (const byte of single) {
      await write(Buffer.of(byte))
      await new Promise((resolve) => setImmediate(resolve))
    }
    await write(part.subarray(whole.length + single.length))
    passed += part.length
    if (passed < limit) return
    if (faults.cutAfter === limit) cut()
    else pair.stalled = true
  }

  const write = (bytes: Buffer): Promise<void> =>
    bytes.length === 0 || to.destroyed || to.writableEnded
      ? Promise.resolve()
      : new Promise((resolve) => {
          to.write(bytes, () => resolve())
        })

  from.on('data', (chunk: Buffer) => queue(() => pass(chunk)))
  from.on('end', () =>
    queue(() => {
      if (!pair.stalled) to.end()
    }),
  )
}
