import { ClientRequest, type IncomingHttpHeaders, type IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { t } from '../../shared/l10n.ts'
import type { Endpoint } from '../endpoint.ts'
import type { DuplexStream } from '../engine.ts'
import { type Query, queryString } from './api-path.ts'
import { connectTo, type Connector, type SshProgram } from './connector.ts'
import { socketFailure } from './failures.ts'
import { Heartbeat } from './heartbeat.ts'
import { hijacked } from './hijacked.ts'
import type { Joining } from './joining.ts'
import { type Lane, Lanes } from './lanes.ts'
import { LentSocket } from './lent-socket.ts'
import { cancelled, Operation } from './operation.ts'
import { readAhead } from './read-ahead.ts'
import { notDocker, refusal } from './refusals.ts'
import type { Together } from './together.ts'
import { upload } from './upload.ts'

export interface Call {
  readonly method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'DELETE'
  /** Begins with `/`; ids in it are encoded (`api-path.ts`). The version is put before it. */
  readonly path: string
  readonly query?: Query | undefined
  readonly headers?: Readonly<Record<string, string>>
  /** JSON, or bytes that are sent as they come, the slow engine slowing their source. */
  readonly body?:
    | { readonly json: unknown }
    | { readonly bytes: AsyncIterable<Uint8Array>; readonly type: string }
  readonly lane: Lane
  readonly signal?: AbortSignal | undefined
  /** Statuses of refusals that the caller reads itself. */
  readonly accept?: readonly number[]
  /** Of a large answer that is streamed: its pieces are the reader's only until it asks for the next, which comes in the same memory. */
  readonly lent?: boolean | undefined
  /** Of such an answer: its reader is woken with those of others. */
  readonly together?: Together | undefined
  /** Of such an answer: what comes in very many small pieces is let gather for a moment. */
  readonly gathered?: boolean | undefined
  /** False for `/_ping` and `/version`, which are asked before a version is known. */
  readonly versioned?: false
}

export interface Answer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
}

export interface ByteStream {
  readonly headers: IncomingHttpHeaders
  /** To be read once; breaking off closes the connection. */
  readonly body: AsyncIterable<Buffer>
}

export interface Deadlines {
  /** Milliseconds to the last byte of a quick call's answer, and to the head of an upgrade. */
  readonly quick: number
  /** Milliseconds to the first answer of an engine, which over ssh includes logging in. */
  readonly connect: number
  /** Milliseconds of silence after which it is checked whether an engine is still there. */
  readonly heartbeat: number
}

export const defaultDeadlines: Deadlines = { quick: 10_000, connect: 30_000, heartbeat: 20_000 }

export interface TransportOptions {
  readonly ssh: SshProgram
  readonly userAgent: string
  readonly deadlines: Deadlines
}

const answerLimit = 128 * 1024 * 1024
const refusalLimit = 64 * 1024
const keepAliveMs = 15_000

/** HTTP to one engine: what goes in settles, what streams ends in exactly one of ended, failed, cancelled. */
export class Transport {
  readonly endpoint: Endpoint
  /** `/v1.45`, once negotiated. */
  prefix = ''
  readonly #options: TransportOptions
  readonly #connector: Connector
  readonly #lanes: Lanes
  readonly #heartbeat: Heartbeat
  readonly #operations = new Set<Operation>()
  #disposed = false

  constructor(endpoint: Endpoint, options: TransportOptions) {
    this.endpoint = endpoint
    const { quick, connect } = options.deadlines
    // Over ssh any call may have to log in first.
    const deadlines =
      endpoint.address.kind === 'ssh'
        ? { ...options.deadlines, quick: Math.max(quick, connect) }
        : options.deadlines
    this.#options = { ...options, deadlines }
    this.#connector = connectTo(endpoint.address, options.ssh)
    this.#lanes = new Lanes(this.#connector.places, deadlines.quick * 3)
    const ping: Call = { method: 'GET', path: '/_ping', lane: 'probe', versioned: false }
    this.#heartbeat = new Heartbeat(deadlines.heartbeat, () => this.send(ping, options.deadlines.quick))
  }

  /** The whole answer. `deadline` in milliseconds, for the quick lane the usual one. */
  async send(call: Call, deadline?: number): Promise<Answer> {
    const operation = this.#begin(call)
    let leave: (() => void) | undefined
    let unwatch: (() => void) | undefined
    try {
      leave = await this.#lanes.enter(call.lane, operation)
      const limit =
        deadline ??
        (call.lane === 'quick' || call.lane === 'probe' ? this.#options.deadlines.quick : undefined)
      if (limit !== undefined) operation.deadline(limit)
      else unwatch = this.#watch(operation)
      const response = await this.#exchange(call, operation)
      const body = await collect(response, answerLimit)
      if (body === undefined) throw notDocker(this.endpoint.url, { what: t('an endless answer') })
      return { status: response.statusCode ?? 0, headers: response.headers, body }
    } catch (fault) {
      throw operation.fault ?? socketFailure(fault, this.endpoint, operation.answered)
    } finally {
      unwatch?.()
      operation.finish()
      leave?.()
    }
  }

  /** Resolves with the head of the answer; what follows is read by the caller, as slowly as it likes. */
  async stream(call: Call): Promise<ByteStream> {
    const operation = this.#begin(call)
    let unwatch = this.#watch(operation)
    try {
      const response = await this.#exchange(call, operation)
      if (!this.#connector.remote) unwatch()
      return { headers: response.headers, body: this.#read(response, operation, () => unwatch()) }
    } catch (fault) {
      unwatch()
      unwatch = () => undefined
      operation.finish()
      throw operation.fault ?? socketFailure(fault, this.endpoint, operation.answered)
    }
  }

  /** Asks for the connection itself, for attach and exec. */
  async upgrade(call: Call): Promise<DuplexStream> {
    const operation = this.#begin(call)
    operation.deadline(this.#options.deadlines.quick)
    try {
      const socket = await this.#exchangeForSocket(call, operation)
      operation.noDeadline()
      if (this.#connector.remote) socket.once('close', this.#watch(operation, socket))
      const ends = this.endpoint.address.kind !== 'npipe'
      return hijacked(socket, operation, (fault) => socketFailure(fault, this.endpoint, true), ends)
    } catch (fault) {
      operation.finish()
      throw operation.fault ?? socketFailure(fault, this.endpoint, operation.answered)
    }
  }

  /** Fails all that runs with `cancelled`, and all that is asked later. */
  dispose(): void {
    this.#disposed = true
    for (const operation of [...this.#operations]) operation.fail(cancelled())
    this.#connector.pooled.destroy()
    this.#connector.single.destroy()
    this.#connector.streams.destroy()
  }

  #begin(call: Call): Operation {
    if (this.#disposed) throw cancelled()
    const operation = new Operation(call.signal, () => this.#operations.delete(operation))
    this.#operations.add(operation)
    return operation
  }

  #watch(operation: Operation, socket?: Duplex): () => void {
    const bytes = socket as { readonly bytesRead?: number } | undefined
    return this.#heartbeat.watch({
      bytesRead: () => bytes?.bytesRead ?? operation.bytesRead(),
      fail: (fault) => operation.fail(fault),
    })
  }

  async *#read(response: IncomingMessage, operation: Operation, done: () => void): AsyncGenerator<Buffer> {
    try {
      const socket: unknown = response.socket
      yield* (socket instanceof LentSocket ? socket.body : undefined) ?? readAhead(response)
      if (operation.fault !== undefined) throw operation.fault
    } catch (fault) {
      throw operation.fault ?? socketFailure(fault, this.endpoint, true)
    } finally {
      done()
      operation.finish()
      response.destroy()
    }
  }

  /** Sends the request and waits for the head of an answer that says yes. */
  async #exchange(call: Call, operation: Operation): Promise<IncomingMessage> {
    const response = await this.#answered(call, operation, false)
    if (call.accept?.includes(response.statusCode ?? 0) !== true) await this.#refuse(response, operation)
    return response
  }

  /**
   * A connection from the pool may have been closed by the engine just as the request was written: what only reads is asked
   * once more, then.
   */
  async #answered(call: Call, operation: Operation, again: boolean): Promise<IncomingMessage> {
    if (operation.fault !== undefined) throw operation.fault
    const request = this.#request(call, operation)
    try {
      return await new Promise<IncomingMessage>((resolve, reject) => {
        request.on('response', (response) => {
          operation.answered = true
          response.on('error', () => undefined)
          resolve(response)
        })
        request.on('error', reject)
        request.on('close', () => reject(new Error('closed without an answer')))
        this.#write(call, request, operation)
      })
    } catch (fault) {
      const reads = call.method === 'GET' || call.method === 'HEAD'
      if (again || !reads || !request.reusedSocket || operation.fault !== undefined) throw fault
      return this.#answered(call, operation, true)
    }
  }

  #exchangeForSocket(call: Call, operation: Operation): Promise<Duplex> {
    if (operation.fault !== undefined) return Promise.reject(operation.fault)
    const request = this.#request(call, operation, { Connection: 'Upgrade', Upgrade: 'tcp' })
    return new Promise((resolve, reject) => {
      request.on('upgrade', (_response, socket, head) => {
        operation.answered = true
        if (head.length > 0) socket.unshift(head)
        resolve(socket)
      })
      request.on('response', (response) => {
        operation.answered = true
        response.on('error', () => undefined)
        this.#refuse(response, operation)
          .then(() => {
            response.destroy()
            reject(notDocker(this.endpoint.url, { what: t('it does not hand over the connection') }))
          })
          .catch(reject)
      })
      const failed = (fault: unknown): void => {
        if (!operation.answered) reject(fault)
      }
      request.on('error', failed)
      request.on('close', () => failed(new Error('closed without an answer')))
      this.#write(call, request, operation)
    })
  }

  #request(call: Call, operation: Operation, extra: Readonly<Record<string, string>> = {}): ClientRequest {
    const { secure, options, pooled, single, streams } = this.#connector
    const reads = call.method === 'GET' || call.method === 'HEAD'
    const fromPool = call.lane !== 'stream' && (reads || this.endpoint.address.kind === 'ssh')
    const headers: Record<string, string> = {
      'User-Agent': this.#options.userAgent,
      ...call.headers,
      ...extra,
    }
    if (call.body !== undefined)
      headers['Content-Type'] = 'json' in call.body ? 'application/json' : call.body.type
    else if (!reads) headers['Content-Length'] = '0'
    const version = call.versioned === false ? '' : this.prefix
    // Not `http.request`: an editor may have put another of its own in its place, which knows its proxy settings and not our agents.
    const joined: Joining = {
      lent: call.lent === true,
      together: call.together,
      gathered: call.gathered,
    }
    const request = new ClientRequest({
      ...options,
      ...joined,
      protocol: secure ? 'https:' : 'http:',
      agent: fromPool ? pooled : call.lane === 'stream' && reads ? streams : single,
      method: call.method,
      path: `${version}${call.path}${queryString(call.query)}`,
      headers,
    })
    // An error after the answer has been taken is told by the answer's own stream.
    request.on('error', () => undefined)
    request.on('socket', (socket) => {
      operation.bytesRead = () => socket.bytesRead
      if (call.lane === 'stream') socket.setKeepAlive(true, keepAliveMs)
    })
    operation.onFail(() => request.destroy())
    return request
  }

  #write(call: Call, request: ClientRequest, operation: Operation): void {
    if (call.body === undefined) request.end()
    else if ('json' in call.body) request.end(JSON.stringify(call.body.json))
    else upload(call.body.bytes, request, operation)
  }

  async #refuse(response: IncomingMessage, operation: Operation): Promise<void> {
    const status = response.statusCode ?? 0
    if (status >= 200 && status < 300) return
    const { url } = this.endpoint
    if (status >= 300 && status < 400 && status !== 304) {
      response.destroy()
      throw notDocker(url, { status, what: t('it redirects elsewhere') })
    }
    operation.deadline(this.#options.deadlines.quick)
    const body = await collect(response, refusalLimit, true)
    throw refusal(status, response.headers['content-type'] ?? '', body?.toString('utf8') ?? '', url)
  }
}

/** All bytes of an answer; of more than `limit` the first ones with `cut`, else undefined. */
async function collect(response: IncomingMessage, limit: number, cut = false): Promise<Buffer | undefined> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of response) {
    chunks.push(chunk as Buffer)
    length += (chunk as Buffer).length
    if (length > limit) return cut ? Buffer.concat(chunks).subarray(0, limit) : undefined
  }
  return Buffer.concat(chunks)
}

/** The JSON of an answer; rejects with `notDocker` where there is none. */
export function jsonOf(answer: Answer, url: string): unknown {
  const text = answer.body.toString('utf8')
  try {
    return JSON.parse(text)
  } catch {
    throw notDocker(url, { status: answer.status })
  }
}
