import type { Disposable } from '../../shared/disposable.ts'
import { t } from '../../shared/l10n.ts'
import type { Engine } from '../engine.ts'
import { EngineError } from '../errors.ts'
import type { EngineEvent, EngineInfo } from '../model/system.ts'
import { backoff } from './backoff.ts'
import type { Clock } from './clock.ts'
import { asEngineError } from './fault.ts'
import type { Connection } from './state.ts'

export interface ConnectionDeps {
  readonly clock: Clock
  readonly random: () => number
  /** The event stream is open; the signal ends with it. */
  opened(signal: AbortSignal): void
  /** `silentMs` is how long nothing was heard of the engine before it. */
  event(event: EngineEvent, silentMs: number): void
  /** The stream is gone: it is opened anew at once, or else `failed` with the reason follows. */
  lost(): void
  failed(error: EngineError): void
  /** `state` or `info` is another one. */
  changed(): void
}

/** A stream that was cut is opened anew at once, but not twice within this time; one that lasted as long counts as a success. */
const provenMs = 10_000
/** After so long without a word, what is known is not taken on trust any more. */
export const silenceMs = 5 * 60_000

/**
 * Keeps the one event stream of an engine open for as long as it is wanted, for ever. While it is open nothing runs here, not even
 * a timer: that the engine behind a tcp or ssh endpoint is still there is checked by the transport, and the sockets and pipes of
 * this machine cannot be half-open.
 */
export class LiveConnection implements Disposable {
  #state: Connection = { status: 'idle' }
  #info: EngineInfo | undefined
  /** Of the attempt or connection that counts; what ends with another one is not heard. */
  #current: AbortController | undefined
  #streaming = false
  #identified = false
  #openedAt = 0
  #heardAt = 0
  /** When a cut stream was last opened anew at once. */
  #cutAt = 0
  #attempt = 0
  #retry: Disposable | undefined
  #since: string | undefined
  readonly #local: boolean
  readonly #engine: Engine
  readonly #deps: ConnectionDeps

  constructor(engine: Engine, deps: ConnectionDeps) {
    this.#engine = engine
    this.#deps = deps
    const { kind } = engine.endpoint.address
    this.#local = kind === 'unix' || kind === 'npipe'
  }

  get state(): Connection {
    return this.#state
  }

  get info(): EngineInfo | undefined {
    return this.#info
  }

  open(): void {
    if (this.#state.status !== 'idle') return
    this.#attempt = 0
    this.#try()
  }

  close(): void {
    this.#drop()
    this.#retry?.dispose()
    this.#retry = undefined
    this.#attempt = 0
    this.#since = undefined
    this.#become({ status: 'idle' })
  }

  retryNow(): void {
    if (this.#state.status === 'failed') this.#try()
  }

  /** The user is back: what has been silent for long may be dead without having said so. */
  resume(): void {
    this.retryNow()
    if (this.#state.status === 'connected' && this.#silentMs >= silenceMs) this.#reopen()
  }

  /** The engine was heard of by other means. */
  heard(): void {
    this.#heardAt = this.#deps.clock.now()
  }

  /** A call failed because the engine cannot be reached. */
  report(error: EngineError): void {
    if (this.#current !== undefined) this.#ended(this.#current, error)
  }

  dispose(): void {
    this.close()
  }

  /** A clock that was set back tells nothing: then all is doubted. */
  get #silentMs(): number {
    const passed = this.#deps.clock.now() - this.#heardAt
    return passed < 0 ? silenceMs : passed
  }

  #try(): void {
    this.#retry?.dispose()
    this.#retry = undefined
    const current = new AbortController()
    this.#current = current
    this.#attempt++
    const error = this.#state.status === 'failed' ? { error: this.#state.error } : {}
    this.#become({ status: 'connecting', attempt: this.#attempt, ...error })
    void this.#stream(current)
    void this.#identify(current)
  }

  /** Reads on and on, and never waits for anything but the next event: an engine drops events of a slow reader. */
  async #stream(current: AbortController): Promise<void> {
    const since = this.#since === undefined ? {} : { since: this.#since }
    const onOpen = (): void => this.#opened(current)
    try {
      for await (const event of this.#engine.streams.events({ ...since, onOpen }, current.signal)) {
        if (this.#current !== current) return
        this.#opened(current)
        const silentMs = this.#silentMs
        this.heard()
        this.#since = secondsOf(event.timeNano) ?? this.#since
        this.#deps.event(event, silentMs)
      }
      this.#ended(current, new EngineError('lost', t('The engine ended the event stream.')))
    } catch (fault) {
      this.#ended(current, asEngineError(fault))
    }
  }

  async #identify(current: AbortController): Promise<void> {
    try {
      const info = await this.#engine.connect(current.signal)
      if (this.#current !== current) return
      this.#identified = true
      this.#info = info
      this.#settle()
      this.#deps.changed()
    } catch (fault) {
      this.#ended(current, asEngineError(fault))
    }
  }

  #opened(current: AbortController): void {
    if (this.#current !== current || this.#streaming) return
    this.#streaming = true
    this.#openedAt = this.#deps.clock.now()
    this.heard()
    this.#settle()
    this.#deps.opened(current.signal)
  }

  #settle(): void {
    if (!this.#streaming || !this.#identified || this.#state.status === 'connected') return
    this.#become({ status: 'connected' })
  }

  #ended(current: AbortController, error: EngineError): void {
    if (this.#current !== current) return
    const now = this.#deps.clock.now()
    const connected = this.#state.status === 'connected'
    if (connected && now - this.#openedAt >= provenMs) this.#attempt = 0
    const atOnce = connected && Math.abs(now - this.#cutAt) >= provenMs
    if (atOnce) this.#cutAt = now
    this.#drop()
    if (atOnce) return this.#try()
    const ms = backoff(this.#attempt, this.#local, this.#deps.random)
    this.#retry = this.#deps.clock.after(ms, () => this.#try())
    this.#become({ status: 'failed', error, attempt: this.#attempt, retryAt: now + ms })
    this.#deps.failed(error)
  }

  #reopen(): void {
    this.#drop()
    this.#attempt = 0
    this.#try()
  }

  #drop(): void {
    const current = this.#current
    if (current === undefined) return
    this.#current = undefined
    this.#streaming = false
    this.#identified = false
    current.abort()
    this.#deps.lost()
  }

  #become(state: Connection): void {
    if (state.status === 'idle' && this.#state.status === 'idle') return
    this.#state = state
    this.#deps.changed()
  }
}

/** `seconds.nanoseconds` of the engine's own digits: as a number they would be rounded. */
export function secondsOf(timeNano: string): string | undefined {
  const match = /^(\d+)(\d{9})$/.exec(timeNano)
  return match === null ? undefined : `${match[1]}.${match[2]}`
}
