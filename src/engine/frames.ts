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
const nothing = Buffer.alloc(0)

/** Takes a piece of a frame: the bytes of `chunk` from `start` up to `end`; `first` and `last` as those of `Frame`. */
export type TakePiece = (
  stream: FrameStream,
  chunk: Buffer,
  start: number,
  end: number,
  first: boolean,
  last: boolean,
) => void

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
    this.decode(chunk, (stream, bytes, start, end, first, last) =>
      frames.push({ stream, data: bytes.subarray(start, end), first, last }),
    )
    return frames
  }

  /** As `push`, told piece by piece and without an object for each. */
  decode(chunk: Buffer, take: TakePiece): void {
    let at = 0
    while (at < chunk.length && !this.#raw) {
      if (this.#remaining === 0) {
        at += this.#readHeader(chunk, at, take)
        continue
      }
      const end = Math.min(at + this.#remaining, chunk.length)
      const first = this.#first
      this.#remaining -= end - at
      this.#first = false
      take(this.#stream, chunk, at, end, first, this.#remaining === 0)
      at = end
    }
    if (at < chunk.length) take('stdout', chunk, at, chunk.length, true, true)
  }

  /** Takes the header's bytes from `chunk`; how many it took. */
  #readHeader(chunk: Buffer, at: number, take: TakePiece): number {
    const whole = this.#headerFilled === 0 && at + headerLength <= chunk.length
    if (whole && chunk[at]! < streams.length && isZero(chunk, at + 1)) {
      this.#begin(chunk, at, take)
      return headerLength
    }
    const taken = chunk.copy(this.#header, this.#headerFilled, at)
    this.#headerFilled += taken
    if (streams[this.#header[0]!] === undefined || !this.#paddingIsZero()) {
      this.#raw = true
      // Bytes of earlier chunks that were taken for a header are text too.
      const held = this.#headerFilled - taken
      this.#headerFilled = 0
      if (held > 0) take('stdout', Buffer.from(this.#header.subarray(0, held)), 0, held, true, true)
      return 0
    }
    if (this.#headerFilled < headerLength) return taken
    this.#headerFilled = 0
    this.#begin(this.#header, 0, take)
    return taken
  }

  #begin(header: Buffer, at: number, take: TakePiece): void {
    this.#stream = streams[header[at]!]!
    this.#remaining = header.readUInt32BE(at + 4)
    this.#first = true
    if (this.#remaining === 0) take(this.#stream, nothing, 0, 0, true, true)
  }

  #paddingIsZero(): boolean {
    for (let index = 1; index < Math.min(this.#headerFilled, 4); index += 1)
      if (this.#header[index] !== 0) return false
    return true
  }
}

function isZero(bytes: Buffer, at: number): boolean {
  return bytes[at] === 0 && bytes[at + 1] === 0 && bytes[at + 2] === 0
}
