import { mkdtempSync, rmSync } from 'node:fs'
import { type IncomingHttpHeaders, type ServerResponse, createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Duplex } from 'node:stream'
import type { Address } from '../../src/engine/endpoint.ts'

/** One request as the scripted engine got it, and the ways to answer it. */
export interface Exchange {
  readonly method: string
  /** Decoded by nobody, without version and query. */
  readonly path: string
  readonly query: URLSearchParams
  /** The request line's target as it was sent. */
  readonly target: string
  readonly headers: IncomingHttpHeaders
  /** The connection: for answers that no HTTP library would send. */
  readonly socket: Duplex
  /** Bytes that came behind an upgrade request. */
  readonly head: Buffer
  /** Absent for an upgrade request: answer on `socket`. */
  readonly response: ServerResponse | undefined
  body(): Promise<Buffer>
  json(value: unknown, status?: number, headers?: Readonly<Record<string, string>>): void
  /** Writes these bytes and nothing else; `end` closes the connection after them. */
  raw(text: string | Uint8Array, end?: boolean): void
}

export type Script = (exchange: Exchange) => void | Promise<void>
/** `GET /containers/json` → a script, or the JSON that it answers. */
export type Scripts = Readonly<Record<string, unknown>>

export interface ScriptedEngine {
  readonly address: Address
  readonly url: string
  /** `GET /v1.45/containers/json?all=true` for each request so far. */
  readonly requests: readonly string[]
  /** Connections that are open now. */
  readonly connections: ReadonlySet<Duplex>
  /** How many connections there have been. */
  readonly accepted: number
  close(): Promise<void>
}

const version = {
  Version: '26.1.0',
  ApiVersion: '1.45',
  MinAPIVersion: '1.24',
  Os: 'linux',
  Arch: 'amd64',
  KernelVersion: '6.1.0',
  Components: [{ Name: 'Engine', Version: '26.1.0' }],
}

const standard: Scripts = {
  'GET /_ping': (exchange: Exchange) => exchange.json('OK', 200, { 'Api-Version': '1.45' }),
  'GET /version': version,
  'GET /info': { ID: 'scripted', Name: 'scripted', OSType: 'linux', NCPU: 2, MemTotal: 1024 },
}

/** An HTTP peer that answers as a test says, over a unix socket or TCP; unknown requests get an engine's 404. */
export async function startScriptedEngine(
  scripts: Scripts = {},
  options: { readonly tcp?: boolean; readonly path?: string } = {},
): Promise<ScriptedEngine> {
  const all = { ...standard, ...scripts }
  const requests: string[] = []
  const connections = new Set<Duplex>()
  let accepted = 0
  const server = createServer({ keepAliveTimeout: 60_000 })
  server.on('connection', (socket) => {
    accepted += 1
    connections.add(socket)
    socket.on('error', () => undefined)
    socket.on('close', () => connections.delete(socket))
  })

  const serve = (exchange: Exchange): void => {
    requests.push(`${exchange.method} ${exchange.target}`)
    const key = `${exchange.method} ${exchange.path}`
    const script = key in all ? all[key] : all['*']
    if (typeof script === 'function') {
      void Promise.resolve((script as Script)(exchange)).catch((fault: unknown) => {
        exchange.socket.destroy(fault instanceof Error ? fault : undefined)
      })
    } else if (script === undefined) exchange.json({ message: `no such object: ${key}` }, 404)
    else exchange.json(script)
  }

  server.on('request', (request, response) => {
    serve({
      ...targetOf(request.url ?? '/'),
      method: request.method ?? '',
      headers: request.headers,
      socket: request.socket,
      head: Buffer.alloc(0),
      response,
      async body() {
        const chunks: Buffer[] = []
        for await (const chunk of request) chunks.push(chunk as Buffer)
        return Buffer.concat(chunks)
      },
      json(value, status = 200, headers = {}) {
        response.writeHead(status, { 'Content-Type': 'application/json', ...headers })
        response.end(JSON.stringify(value))
      },
      raw(text, end = false) {
        request.socket.write(text)
        if (end) request.socket.end()
      },
    })
  })
  server.on('upgrade', (request, socket, head) => {
    serve({
      ...targetOf(request.url ?? '/'),
      method: request.method ?? '',
      headers: request.headers,
      socket,
      head,
      response: undefined,
      body: () => Promise.resolve(head),
      json(value, status = 200) {
        const text = JSON.stringify(value)
        socket.end(
          `HTTP/1.1 ${status} X\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`,
        )
      },
      raw(text, end = false) {
        socket.write(text)
        if (end) socket.end()
      },
    })
    // What nobody reads would never end.
    socket.resume()
    socket.on('end', () => setImmediate(() => socket.end()))
  })

  const folder = mkdtempSync(join(tmpdir(), 'qs-scripted-'))
  const path = options.path ?? join(folder, 'engine.sock')
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    if (options.tcp === true) server.listen(0, '127.0.0.1', resolve)
    else server.listen(path, resolve)
  })
  const port = options.tcp === true ? (server.address() as AddressInfo).port : 0
  return {
    address: options.tcp === true ? { kind: 'tcp', host: '127.0.0.1', port } : { kind: 'unix', path },
    url: options.tcp === true ? `tcp://127.0.0.1:${port}` : `unix://${path}`,
    requests,
    connections,
    get accepted() {
      return accepted
    },
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      for (const socket of connections) socket.destroy()
      await closed
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function targetOf(target: string): Pick<Exchange, 'path' | 'query' | 'target'> {
  const [path = '', query = ''] = target.split('?', 2)
  return { target, path: path.replace(/^\/v1\.\d+/, ''), query: new URLSearchParams(query) }
}

/** The answer that hands over the connection. */
export const upgraded =
  'HTTP/1.1 101 UPGRADED\r\nContent-Type: application/vnd.docker.raw-stream\r\nConnection: Upgrade\r\nUpgrade: tcp\r\n\r\n'
