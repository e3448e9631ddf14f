import type { ChildProcessWithoutNullStreams } from 'node:child_process'
import { Duplex } from 'node:stream'
import type { Address } from '../endpoint.ts'

type SshAddress = Extract<Address, { readonly kind: 'ssh' }>

/** How the user's ssh failed: its exit code and what it said. */
export class SshFault extends Error {
  readonly exitCode: number | undefined
  readonly said: string

  constructor(exitCode: number | undefined, said: string, cause?: unknown) {
    super(
      `ssh ended with ${exitCode ?? 'no exit code'}: ${said}`,
      cause === undefined ? undefined : { cause },
    )
    this.exitCode = exitCode
    this.said = said
  }
}

/**
 * The arguments of the user's own ssh: their configuration, known hosts and agent apply. What follows `--` cannot be taken for
 * an option, and `docker-host.ts` lets through no host, user or socket that the remote shell would read as anything but a word.
 */
export function sshArguments(address: SshAddress): string[] {
  const remote = address.socket === undefined ? [] : ['--host', `unix://${address.socket}`]
  return [
    '-T',
    '-o',
    'ConnectTimeout=30',
    '-o',
    'ServerAliveInterval=15',
    '-o',
    'ServerAliveCountMax=3',
    ...(address.user === undefined ? [] : ['-l', address.user]),
    ...(address.port === undefined ? [] : ['-p', String(address.port)]),
    '--',
    address.host,
    'docker',
    ...remote,
    'system',
    'dial-stdio',
  ]
}

const saidLimit = 4096

/** A process whose input and output are a connection; it offers what `http.Agent` asks of a socket. */
export class ProcessSocket extends Duplex {
  readonly #child: ChildProcessWithoutNullStreams
  #said = ''
  #idle: ReturnType<typeof setTimeout> | undefined
  bytesRead = 0
  timeout = 0

  constructor(child: ChildProcessWithoutNullStreams) {
    super({ allowHalfOpen: true })
    this.#child = child
    child.stdout.on('data', (chunk: Buffer) => {
      this.bytesRead += chunk.length
      this.#touch()
      if (!this.push(chunk)) child.stdout.pause()
    })
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      this.#said = (this.#said + text).slice(-saidLimit)
    })
    // The process may be gone before what is written reaches it: how it ended is told by `close`.
    for (const pipe of [child.stdin, child.stdout, child.stderr]) pipe.on('error', () => undefined)
    child.on('error', (fault) => this.destroy(new SshFault(undefined, fault.message, fault)))
    child.on('close', (code) => {
      if (code === 0) this.push(null)
      else this.destroy(new SshFault(code ?? undefined, this.#said.trim()))
    })
  }

  override _read(): void {
    this.#child.stdout.resume()
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (fault?: Error | null) => void): void {
    this.#touch()
    this.#child.stdin.write(chunk, () => done())
  }

  override _final(done: (fault?: Error | null) => void): void {
    this.#child.stdin.end(() => done())
  }

  override _destroy(fault: Error | null, done: (fault?: Error | null) => void): void {
    clearTimeout(this.#idle)
    this.#child.stdin.destroy()
    this.#child.kill('SIGTERM')
    done(fault)
  }

  #touch(): void {
    if (this.timeout > 0) this.#idle?.refresh()
  }

  setTimeout(ms: number, listener?: () => void): this {
    // As with sockets, 0 takes the listener away.
    if (listener !== undefined) {
      if (ms > 0) this.once('timeout', listener)
      else this.removeListener('timeout', listener)
    }
    clearTimeout(this.#idle)
    this.timeout = ms
    if (ms > 0) this.#idle = setTimeout(() => this.emit('timeout'), ms).unref()
    return this
  }

  setKeepAlive(): this {
    return this
  }

  setNoDelay(): this {
    return this
  }

  ref(): this {
    this.#child.ref()
    return this
  }

  unref(): this {
    this.#child.unref()
    return this
  }
}
