import type { Address, Endpoint } from '../../src/engine/endpoint.ts'
import { type EngineErrorCode, EngineError } from '../../src/engine/errors.ts'
import { type Deadlines, Transport, defaultDeadlines } from '../../src/engine/transport/transport.ts'

export function endpointAt(address: Address, url = 'test'): Endpoint {
  return { id: url, name: 'test', description: '', url, address, origin: { from: 'setting' } }
}

export function transportTo(
  peer: { readonly address: Address; readonly url: string },
  deadlines: Partial<Deadlines> = {},
): Transport {
  return new Transport(endpointAt(peer.address, peer.url), {
    ssh: { command: 'ssh', env: {}, cwd: '/' },
    userAgent: 'Quayside-test',
    deadlines: { ...defaultDeadlines, ...deadlines },
  })
}

/** How a promise failed; what is not an `EngineError` is thrown on, since the engine room has no other. */
export async function failureOf(work: Promise<unknown>): Promise<EngineError> {
  try {
    await work
  } catch (fault) {
    if (fault instanceof EngineError) return fault
    throw fault
  }
  throw new Error('it did not fail')
}

export async function codeOf(work: Promise<unknown>): Promise<EngineErrorCode> {
  return (await failureOf(work)).code
}

export async function all<T>(source: AsyncIterable<T>): Promise<T[]> {
  const items: T[] = []
  for await (const item of source) items.push(item)
  return items
}

/** All bytes of a stream, as text. */
export async function textOf(source: AsyncIterable<Uint8Array>): Promise<string> {
  return Buffer.concat(await all(source)).toString('utf8')
}

/** Waits, with events of the system in between, until `check` holds; a test's own time limit ends it. */
export async function until(check: () => boolean): Promise<void> {
  while (!check()) await new Promise((resolve) => setTimeout(resolve, 5))
}
