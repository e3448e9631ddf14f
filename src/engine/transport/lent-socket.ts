import type { OnReadOpts, Socket } from 'node:net'
import { deferred } from '../../shared/deferred.ts'
import { JoinedSocket } from './joined-socket.ts'
import type { Joining } from './joining.ts'
import type { Together } from './together.ts'

/** What arrives at once at most, and what is held for a reader that is busy; a little suffices until more than that is held. */
const most = 256 * 1024
const pieceSize = 1024 * 1024
const littleSize = 8 * 1024

/** Pieces that come closer than this are let gather for so long: a kernel takes no more than some hundred of them anyway. */
const closeMs = 4
const gatherMs = 1
/**
 * What comes faster than this, in bytes a millisecond over some of them, is not let gather: a kernel would be full before that is
 * over, and the engine would wait.
 */
const rush = 16 * 1024
const rushMs = 8

/** Where all connections' bytes arrive, each to be taken away before the next: made with the first of them. */
let arrived: Buffer | undefined

/**
 * A connection for one large answer, whose body goes past the parser and through the same memory again and again: new memory for
 * all that arrives costs several times what is else done with it. An answer that says no, or is not chunked, is parsed as usual.
 */
export class LentSocket extends JoinedSocket {
  /** What arrives is put into the first; the reader has the second. */
  #pieces: readonly [Buffer, Buffer] = [
    Buffer.allocUnsafeSlow(littleSize),
    Buffer.allocUnsafeSlow(littleSize),
  ]
  #size = 0
  #over: { readonly fault?: Error } | undefined
  #changed = deferred<void>()
  readonly #together: Together | undefined
  readonly #gathered: boolean
  #arrivedAt = -Infinity
  /** Bytes since a moment, from which it is told whether they come in a rush. */
  readonly #lately = { from: 0, bytes: 0, rush: false }
  #gathering: NodeJS.Timeout | undefined
  readonly #wake = (): void => this.#changed.resolve()

  /** `connect` may leave it to the socket where bytes arrive. */
  constructor(connect: (onread: OnReadOpts) => Socket, { together, gathered }: Joining) {
    const made: { socket?: LentSocket } = {}
    const buffer = (arrived ??= Buffer.allocUnsafeSlow(most))
    super(
      connect({
        buffer,
        callback(size) {
          made.socket?.receive(buffer.subarray(0, size))
          return true
        },
      }),
    )
    made.socket = this
    this.#together = together
    this.#gathered = gathered === true
  }

  /**
   * The body, once the head of the answer is known; undefined where it is parsed as usual. A piece is the reader's only until it
   * asks for the next: that comes in the same memory. Throws when the connection ends before the answer does.
   */
  get body(): AsyncGenerator<Buffer> | undefined {
    return this.joiner.carriesBody ? this.#read() : undefined
  }

  override _read(): void {
    if (this.#isReady) super._read()
  }

  override _destroy(fault: Error | null, done: (fault?: Error | null) => void): void {
    clearTimeout(this.#gathering)
    this.#end(fault ?? cutOff())
    super._destroy(fault, done)
  }

  protected override consume(bytes: Buffer): boolean {
    const parts = this.joiner.split(bytes)
    if (!this.joiner.carriesBody) {
      let wanted = true
      for (const piece of this.joiner.framed(parts)) wanted = this.push(Buffer.from(piece))
      return wanted
    }
    if (parts.head.length > 0) this.push(Buffer.from(parts.head))
    this.#hold(parts.body)
    if (parts.rest !== undefined) this.#end()
    else if (this.#gathered) this.#gather(bytes.length)
    return this.#isReady
  }

  /** There is room for what comes, and it is not let gather. */
  get #isReady(): boolean {
    return this.#size + most <= pieceSize && this.#gathering === undefined
  }

  /** An engine writes each line of a log by itself: read as they come they cost more than all else that is done with them. */
  #gather(size: number): void {
    const now = performance.now()
    const close = now - this.#arrivedAt < closeMs
    this.#arrivedAt = now
    const lately = this.#lately
    const passed = now - lately.from
    lately.bytes += size
    if (passed >= rushMs) Object.assign(lately, { from: now, bytes: 0, rush: lately.bytes > rush * passed })
    if (!close || lately.rush || size >= most || this.destroyed) return
    this.#gathering ??= setTimeout(() => {
      this.#gathering = undefined
      this._read()
    }, gatherMs)
  }

  #hold(bytes: Buffer): void {
    const [first, second] = this.#pieces
    const size = this.#size + bytes.length
    if (size > first.length) {
      // Where the socket takes memory of its own, it may take more at once.
      const larger = Buffer.allocUnsafeSlow(Math.max(size, pieceSize))
      first.copy(larger, 0, 0, this.#size)
      this.#pieces = [larger, second]
    }
    bytes.copy(this.#pieces[0], this.#size)
    this.#size = size
    if (this.#together === undefined) this.#wake()
    else this.#together.soon(this.#wake)
  }

  #end(fault?: Error): void {
    this.#over ??= fault === undefined ? {} : { fault }
    this.#changed.resolve()
  }

  async *#read(): AsyncGenerator<Buffer> {
    try {
      for (;;) {
        if (this.#size > 0) {
          const [first, second] = this.#pieces
          const piece = first.subarray(0, this.#size)
          this.#pieces = [second, first]
          this.#size = 0
          this._read()
          yield piece
        } else if (this.#over === undefined) {
          await this.#changed.promise
          this.#changed = deferred()
        } else if (this.#over.fault !== undefined) throw this.#over.fault
        else return
      }
    } finally {
      this.destroy()
    }
  }
}

/** As Node says it of an answer that is cut. */
const cutOff = (): Error => Object.assign(new Error('aborted'), { code: 'ECONNRESET' })
