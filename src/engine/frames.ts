/**
 * What a frame belongs to; `engine` is type 3, an error that the engine itself reports in the middle of a stream;
 * `stdin` is type 0, an echo that engines do not send today.
 */
export type FrameStream = 'stdin' | 'stdout' | 'stderr' | 'engine'

/** A piece of one frame. A frame that is larger than a chunk comes in several pieces, as its bytes arrive. */
export interface Frame {
  readonly stream: FrameStream
  /** A view into the chunk that was pushed, never a copy; empty only for an empty frame. */
  readonly data: Buffer
  /** The frame begins with this piece. */
  readonly first: boolean
  /** The frame ends with this piece. */
  readonly last: boolean
}

const streams: readonly FrameStream[] = ['stdin', 'stdout', 'stderr', 'engine']
const headerLength = 8

/**
 * Splits what logs, attach and exec send without a TTY: an 8-byte header (type, three zeros, big-endian length) before each
 * frame. Iterative and without copies, however many frames a chunk holds and wherever it was cut.
 */
export class FrameDecoder {
  readonly #header = Buffer.alloc(headerLength)
  #headerFilled = 0
  #stream: FrameStream = 'stdout'
  /** Bytes of the current frame still to come. */
  #remaining = 0
  #first = true
  #raw = false

  /** True once something that is no frame header came: all bytes from there on are passed on as `stdout`. */
  get raw(): boolean {
    return this.#raw
  }

  /** Bytes that the current frame, or its header, still lacks: above 0 at the end of a stream it was cut. */
  get missing(): number {
    return this.#headerFilled > 0 ? headerLength - this.#headerFilled : this.#remaining
  }

  push(chunk: Buffer): Frame[] {
    const frames: Frame[] = []
    let at = 0
    while (at < chunk.length && !this.#raw) {
      if (this.#remaining === 0) {
        at += this.#readHeader(chunk, at, frames)
        continue
      }
      const data = chunk.subarray(at, at + this.#remaining)
      at += data.length
      this.#remaining -= data.length
      frames.push({ stream: this.#stream, data, first: this.#first, last: this.#remaining === 0 })
      this.#first = false
    }
    if (at < chunk.length)
      frames.push({ stream: 'stdout', data: chunk.subarray(at), first: true, last: true })
    return frames
  }

  /** Takes the header's bytes from `chunk`; how many it took. */
  #readHeader(chunk: Buffer, at: number, frames: Frame[]): number {
    const taken = chunk.copy(this.#header, this.#headerFilled, at)
    this.#headerFilled += taken
    const stream = streams[this.#header[0]!]
    if (stream === undefined || !this.#paddingIsZero()) {
      this.#raw = true
      // Bytes of earlier chunks that were taken for a header are text too.
      const held = this.#headerFilled - taken
      if (held > 0)
        frames.push({
          stream: 'stdout',
          data: Buffer.from(this.#header.subarray(0, held)),
          first: true,
          last: true,
        })
      this.#headerFilled = 0
      return 0
    }
    if (this.#headerFilled < headerLength) return taken
    this.#headerFilled = 0
    this.#stream = stream
    this.#remaining = this.#header.readUInt32BE(4)
    this.#first = true
    if (this.#remaining === 0) frames.push({ stream, data: Buffer.alloc(0), first: true, last: true })
    return taken
  }

  #paddingIsZero(): boolean {
    for (let index = 1; index < Math.min(this.#headerFilled, 4); index += 1)
      if (this.#header[index] !== 0) return false
    return true
  }
}
