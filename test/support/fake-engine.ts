import type { Endpoint } from '../../src/engine/endpoint.ts'
import type { Engine } from '../../src/engine/engine.ts'
import { EngineError } from '../../src/engine/errors.ts'
import type { Container } from '../../src/engine/model/container.ts'
import type { Image } from '../../src/engine/model/image.ts'
import type { Network } from '../../src/engine/model/network.ts'
import type { DiskUsage, EngineEvent, EngineInfo } from '../../src/engine/model/system.ts'
import type { Volume } from '../../src/engine/model/volume.ts'
import { deferred } from '../../src/shared/deferred.ts'
import { endpoint, engineInfo } from './models.ts'

type Answer = (...args: never[]) => unknown

/**
 * An engine in memory: its lists are arrays that the test changes, its events come when the test says so, its failures when the
 * test wants them. Calls that are not answered here reject with `unsupported` until `answers` has one.
 */
export interface FakeEngine extends Engine {
  readonly lists: { containers: Container[]; images: Image[]; volumes: Volume[]; networks: Network[] }
  usage: DiskUsage
  /** Every call in its order, `containers.list a,b`; the test may empty it. */
  readonly calls: string[]
  /** By `containers.stop`; gets the call's arguments. */
  readonly answers: Map<string, Answer>
  /** While it is set nothing answers, and the event streams have ended. */
  down: EngineError | undefined
  /** How many event streams are open. */
  readonly openStreams: number
  emit(type: string, action: string, id: string, more?: Partial<EngineEvent>): void
  /** Cuts the event streams. */
  cut(error?: EngineError): void
  /** The next call of this name fails. */
  failNext(call: string, error: EngineError): void
  /** Answers to this call wait, with what is true when it is made, until the returned function is called. */
  hold(call: string): () => void
}

interface Stream {
  readonly queue: EngineEvent[]
  ended: EngineError | true | undefined
  wake(): void
}

export function fakeEngine(over: { endpoint?: Endpoint; info?: EngineInfo } = {}): FakeEngine {
  const calls: string[] = []
  const answers = new Map<string, Answer>()
  const failures = new Map<string, EngineError>()
  const holds = new Map<string, Promise<void>>()
  const open = new Set<Stream>()
  const info = over.info ?? engineInfo()
  let connected: EngineInfo | undefined
  let down: EngineError | undefined

  const cancelled = (): EngineError => new EngineError('cancelled', 'Cancelled.')
  const signalOf = (args: readonly unknown[]): AbortSignal | undefined =>
    args.find((arg): arg is AbortSignal => arg instanceof AbortSignal)

  async function call(name: string, args: readonly unknown[], answer: () => unknown): Promise<unknown> {
    calls.push([name, ...args.flatMap(written)].join(' '))
    const signal = signalOf(args)
    const fault = failures.get(name) ?? down
    failures.delete(name)
    const value: unknown = fault ?? answer()
    const held = holds.get(name)
    if (held !== undefined) await (signal === undefined ? held : Promise.race([held, aborted(signal)]))
    if (signal?.aborted === true) throw cancelled()
    if (fault !== undefined) throw fault
    return value
  }

  /** A group of calls: those given, and the rest by `answers`. */
  function group<T extends object>(name: string, given: { readonly [K in keyof T]?: Answer }): T {
    const ask =
      (key: string) =>
      async (...args: never[]) => {
        const full = `${name}.${key}`
        const answer = answers.get(full) ?? given[key as keyof T]
        return call(full, args, () => {
          if (answer === undefined) throw new EngineError('unsupported', `The fake engine has no ${full}.`)
          return answer(...args)
        })
      }
    return new Proxy({} as T, { get: (_, key) => ask(String(key)) })
  }

  async function* events(onOpen: (() => void) | undefined, signal: AbortSignal): AsyncGenerator<EngineEvent> {
    if (down !== undefined) throw down
    let waiting = deferred<void>()
    const stream: Stream = { queue: [], ended: undefined, wake: () => waiting.resolve() }
    open.add(stream)
    signal.addEventListener('abort', stream.wake)
    try {
      await holds.get('streams.events')
      onOpen?.()
      for (;;) {
        if (signal.aborted) throw cancelled()
        const event = stream.queue.shift()
        if (event !== undefined) yield event
        else if (stream.ended instanceof EngineError) throw stream.ended
        else if (stream.ended !== undefined) return
        else {
          await waiting.promise
          waiting = deferred<void>()
        }
      }
    } finally {
      open.delete(stream)
      signal.removeEventListener('abort', stream.wake)
    }
  }

  const engine: FakeEngine = {
    id: (over.endpoint ?? endpoint()).id,
    endpoint: over.endpoint ?? endpoint(),
    lists: { containers: [], images: [], volumes: [], networks: [] },
    usage: { images: [], containers: [], volumes: [], buildCache: [], layersSize: 0 },
    calls,
    answers,
    get info() {
      return connected
    },
    get down() {
      return down
    },
    set down(error) {
      down = error
      if (error !== undefined) engine.cut(error)
    },
    get openStreams() {
      return open.size
    },
    connect: async (signal) => {
      await call('connect', signal === undefined ? [] : [signal], () => undefined)
      connected = info
      return info
    },
    containers: group<Engine['containers']>('containers', {
      list: ({ ids }: { ids?: readonly string[] } = {}) =>
        engine.lists.containers.filter(({ id }) => ids?.includes(id) !== false),
    }),
    images: group<Engine['images']>('images', { list: () => [...engine.lists.images] }),
    volumes: group<Engine['volumes']>('volumes', { list: () => [...engine.lists.volumes] }),
    networks: group<Engine['networks']>('networks', { list: () => [...engine.lists.networks] }),
    system: group<Engine['system']>('system', {
      time: () => Date.now(),
      diskUsage: () => engine.usage,
      volumeUsage: () => engine.usage.volumes,
    }),
    files: group<Engine['files']>('files', {}),
    streams: new Proxy({} as Engine['streams'], {
      get:
        (_, key) =>
        (...args: never[]) => {
          if (key !== 'events') return answers.get(`streams.${String(key)}`)?.(...args)
          const [options, signal] = args as unknown as [
            { since?: string; until?: string; onOpen?: () => void },
            AbortSignal,
          ]
          calls.push(['streams.events', ...written(options.since)].join(' '))
          // A look back ends; this engine remembers nothing.
          if (options.until !== undefined) return past()
          return events(options.onOpen, signal)
        },
    }),
    emit(type, action, id, more) {
      const event = { type, action, id, attributes: {}, timeNano: '1768478400000000001', ...more }
      for (const stream of open) {
        stream.queue.push(event)
        stream.wake()
      }
    },
    cut(error) {
      for (const stream of open) {
        stream.ended = error ?? true
        stream.wake()
      }
    },
    failNext: (name, error) => void failures.set(name, error),
    hold(name) {
      const held = deferred<void>()
      holds.set(name, held.promise)
      return () => {
        holds.delete(name)
        held.resolve()
      }
    },
    dispose: () => engine.cut(cancelled()),
  }
  return engine
}

async function* past(): AsyncGenerator<EngineEvent> {}

/** How an argument is written into the list of calls: words as they are, ids joined, everything else left out. */
function written(arg: unknown): string[] {
  if (typeof arg === 'string') return [arg]
  const { ids } = (arg ?? {}) as { ids?: readonly string[] }
  return Array.isArray(ids) ? [ids.join(',')] : []
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve(), { once: true })
  })
}
