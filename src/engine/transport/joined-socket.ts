import type { Socket } from 'node:net'
import { Duplex } from 'node:stream'
import { ChunkJoiner } from './chunk-joiner.ts'

/** A connection for one answer, whose small chunks are joined before they are parsed; it offers what `http.Agent` asks of a socket. */
export class JoinedSocket extends Duplex {
  readonly #socket: Socket
  protected readonly joiner = new ChunkJoiner()

  constructor(socket: Socket) {
    super({ allowHalfOpen: true })
    this.#socket = socket
    socket.on('data', (bytes: Buffer) => this.receive(bytes))
    socket.on('end', () => this.push(null))
    socket.on('error', (fault) => this.destroy(fault))
    // After an end what is held here is still to be read: a slow reader comes later than the connection goes.
    socket.on('close', () => {
      if (!socket.readableEnded) this.destroy()
    })
  }

  get bytesRead(): number {
    return this.#socket.bytesRead
  }

  override _read(): void {
    this.#socket.resume()
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (fault?: Error | null) => void): void {
    this.#socket.write(chunk, (fault) => done(fault))
  }

  override _final(done: (fault?: Error | null) => void): void {
    this.#socket.end(() => done())
  }

  override _destroy(fault: Error | null, done: (fault?: Error | null) => void): void {
    this.#socket.destroy()
    done(fault)
  }

  setTimeout(ms: number, listener?: () => void): this {
    this.#socket.setTimeout(ms, listener)
    return this
  }

  setKeepAlive(on: boolean, afterMs: number): this {
    this.#socket.setKeepAlive(on, afterMs)
    return this
  }

  setNoDelay(on: boolean): this {
    this.#socket.setNoDelay(on)
    return this
  }

  ref(): this {
    this.#socket.ref()
    return this
  }

  unref(): this {
    this.#socket.unref()
    return this
  }

  /** `bytes` are no longer to be used afterwards. */
  protected receive(bytes: Buffer): void {
    try {
      if (!this.consume(bytes)) this.#socket.pause()
    } catch (fault) {
      this.destroy(fault as Error)
    }
  }

  /** Whether more is wanted. */
  protected consume(bytes: Buffer): boolean {
    let wanted = true
    for (const piece of this.joiner.push(bytes)) wanted = this.push(piece)
    return wanted
  }
}
