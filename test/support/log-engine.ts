import type { Engine, LogOptions, Raw } from '../../src/engine/engine.ts'
import { EngineError } from '../../src/engine/errors.ts'
import type { Change } from '../../src/engine/live/state.ts'
import { compareStamps, parseStamp } from '../../src/engine/logs/stamp.ts'
import type { Surroundings } from '../../src/engine/logs/wake.ts'
import type { Container } from '../../src/engine/model/container.ts'
import { Emitter } from '../../src/shared/emitter.ts'
import { at, framed, raw, type LogRecord } from './log-bytes.ts'

/** An engine that holds logs and nothing else, with the faults that a test asks for. Each record is a nanosecond later. */
export class LogEngine {
  readonly containers = new Map<string, LogContainer>()
  readonly surroundings: Surroundings
  /** Options of each log that was asked for. */
  readonly asked: LogOptions[] = []
  /** Of each of what was asked. */
  readonly signals: AbortSignal[] = []
  /** Chunks are cut to so many bytes. */
  chunkSize = 1 << 16
  now = 0
  /** Logs are refused so. */
  refusal: EngineError | undefined
  #away = false
  readonly #changes = new Emitter<Change>()
  readonly #streams = new Set<LogStreamState>()

  constructor(id = 'unix:///fake.sock') {
    const engine = {
      id,
      info: { product: 'docker' },
      endpoint: { name: 'laptop', url: id, origin: { from: 'default' } },
      containers: { inspect: (id: string) => this.#inspect(id) },
      streams: {
        logs: (id: string, options: LogOptions, signal: AbortSignal) => this.#logs(id, options, signal),
      },
    } as unknown as Engine
    const engineState = (): unknown => ({
      connection: { status: this.#away ? 'failed' : 'connected' },
      containers: {
        status: 'ready',
        items: new Map([...this.containers.values()].map((container) => [container.id, container.listed()])),
      },
    })
    this.surroundings = {
      engine,
      onDidChange: this.#changes.event,
      get state() {
        return engineState() as Surroundings['state']
      },
    }
  }

  create(
    name: string,
    options: Partial<Pick<LogContainer, 'id' | 'tty' | 'driver' | 'service' | 'task' | 'created'>> = {},
  ): LogContainer {
    const container = new LogContainer(this, name, options)
    this.containers.set(container.id, container)
    this.changed({ added: [container.id] })
    return container
  }

  stamp(): string {
    this.now += 1
    return at(0, this.now)
  }

  changed(change: Partial<Change> = {}): void {
    this.#changes.fire({ what: 'containers', added: [], changed: [], removed: [], ...change })
  }

  /** Ends all streams as a lost connection does. */
  cut(): void {
    for (const stream of this.#streams) stream.fail(new EngineError('lost', 'The connection was lost.'))
  }

  goAway(): void {
    this.#away = true
    this.cut()
    this.changed({ what: 'engine' })
  }

  comeBack(): void {
    this.#away = false
    this.changed({ what: 'engine' })
  }

  /** Wakes the streams of a container: there is more to send, or it has ended. */
  wake(id: string): void {
    for (const stream of this.#streams) if (stream.id === id) stream.wake()
  }

  get streamsOpen(): number {
    return this.#streams.size
  }

  #inspect(id: string): Promise<Raw> {
    const container = this.containers.get(id)
    if (this.#away) return Promise.reject(new EngineError('unreachable', 'Nothing answers.'))
    if (container === undefined)
      return Promise.reject(new EngineError('notFound', `No such container: ${id}`))
    return Promise.resolve(container.inspected())
  }

  async *#logs(id: string, options: LogOptions, signal: AbortSignal): AsyncGenerator<Buffer> {
    this.asked.push(options)
    this.signals.push(signal)
    const container = this.containers.get(id)
    if (this.#away) throw new EngineError('unreachable', 'Nothing answers.')
    if (container === undefined) throw new EngineError('notFound', `No such container: ${id}`)
    if (this.refusal !== undefined) throw this.refusal
    if (container.driver === 'none')
      throw new EngineError('unsupported', 'configured logging driver does not support reading')
    if (signal.aborted) throw new EngineError('cancelled', 'Cancelled.')
    const state = new LogStreamState(id)
    this.#streams.add(state)
    const abort = (): void => state.fail(new EngineError('cancelled', 'Cancelled.'))
    signal.addEventListener('abort', abort)
    try {
      let index = 0
      let passing = options.since === undefined
      const since = Number(options.since?.split('.')[1] ?? 0)
      if (options.tail !== undefined) index = Math.max(0, container.records.length - options.tail)
      const runs = container.runs
      for (;;) {
        state.check()
        const end = container.runs === runs && container.running ? undefined : container.runEnds[runs]
        const fresh = container.records.slice(index, options.follow ? end : undefined)
        index += fresh.length
        const wanted = fresh.filter(
          (record) => (passing ||= nanosOf(record) >= since) && !isAfter(record, options.until),
        )
        const bytes = container.tty ? raw(wanted) : framed(wanted)
        for (let from = 0; from < bytes.length; from += this.chunkSize) {
          state.check()
          const piece = bytes.subarray(from, from + this.chunkSize)
          yield piece
          // The next one comes in the same memory.
          if (options.lent === true) piece.fill(0x21)
        }
        if (!options.follow || !container.running || container.runs !== runs) return
        if (index < container.records.length) continue
        await state.sleep()
      }
    } finally {
      signal.removeEventListener('abort', abort)
      this.#streams.delete(state)
    }
  }
}

const nanosOf = ({ stamp }: LogRecord): number => Number(stamp.slice(-10, -1))

function isAfter({ stamp }: LogRecord, until: string | undefined): boolean {
  if (until === undefined) return false
  const [seconds, nanos] = until.split('.').map(Number) as [number, number]
  return compareStamps(parseStamp(stamp)!, { seconds, nanos }) > 0
}

class LogStreamState {
  readonly id: string
  #fault: EngineError | undefined
  #resolve: (() => void) | undefined
  #awake = false

  constructor(id: string) {
    this.id = id
  }

  check(): void {
    if (this.#fault !== undefined) throw this.#fault
  }

  fail(fault: EngineError): void {
    this.#fault ??= fault
    this.wake()
  }

  wake(): void {
    this.#awake = true
    this.#resolve?.()
  }

  async sleep(): Promise<void> {
    if (!this.#awake) await new Promise<void>((resolve) => (this.#resolve = resolve))
    this.#awake = false
  }
}

let ids = 0

export class LogContainer {
  readonly id: string
  readonly name: string
  readonly tty: boolean
  readonly driver: string
  readonly service: string | undefined
  /** The name of its task in a swarm, without the id: `web.1`. */
  readonly task: string | undefined
  readonly created: number
  records: LogRecord[] = []
  running = false
  runs = 0
  /** How many records there were at the end of each run. */
  readonly runEnds: number[] = []
  #startedAt = '0001-01-01T00:00:00Z'
  #finishedAt = '0001-01-01T00:00:00Z'
  #exitCode = 0
  readonly #engine: LogEngine

  constructor(
    engine: LogEngine,
    name: string,
    options: Partial<Pick<LogContainer, 'id' | 'tty' | 'driver' | 'service' | 'task' | 'created'>>,
  ) {
    this.#engine = engine
    this.name = name
    this.id = options.id ?? `${++ids}`.padStart(64, 'c')
    this.tty = options.tty ?? false
    this.driver = options.driver ?? 'json-file'
    this.service = options.service
    this.task = options.task
    this.created = options.created ?? Number(this.id.replace(/\D/g, ''))
  }

  write(text: string, stream: 'stdout' | 'stderr' = 'stdout'): this {
    this.records.push({ stream, stamp: this.#engine.stamp(), text: `${text}\n` })
    this.#engine.wake(this.id)
    return this
  }

  start(): this {
    this.running = true
    this.runs += 1
    this.#startedAt = this.#engine.stamp()
    this.#engine.changed({ changed: [this.id] })
    return this
  }

  exit(code = 0): this {
    this.running = false
    this.#exitCode = code
    this.runEnds[this.runs] = this.records.length
    this.#finishedAt = this.#engine.stamp()
    this.#engine.wake(this.id)
    this.#engine.changed({ changed: [this.id] })
    return this
  }

  remove(): void {
    if (this.running) this.exit(137)
    this.#engine.containers.delete(this.id)
    this.#engine.changed({ removed: [this.id] })
  }

  inspected(): Raw {
    return {
      Id: this.id,
      Name: `/${this.name}`,
      Config: { Tty: this.tty },
      HostConfig: { LogConfig: { Type: this.driver } },
      State: {
        Status: this.running ? 'running' : 'exited',
        Running: this.running,
        ExitCode: this.#exitCode,
        StartedAt: this.#startedAt,
        FinishedAt: this.#finishedAt,
      },
    }
  }

  listed(): Container {
    const compose =
      this.service === undefined
        ? {}
        : {
            compose: {
              project: 'shop',
              service: this.service,
              number: 1,
              oneoff: false,
              workingDir: '',
              configFiles: [],
            },
          }
    return {
      kind: 'container',
      engine: this.#engine.surroundings.engine.id,
      id: this.id,
      name: this.name,
      created: this.created,
      state: this.running ? 'running' : 'exited',
      labels:
        this.task === undefined
          ? {}
          : {
              'com.docker.swarm.service.name': this.task.replace(/\.\d+$/, ''),
              'com.docker.swarm.task.name': `${this.task}.${this.id}`,
            },
      ...compose,
    } as unknown as Container
  }
}
