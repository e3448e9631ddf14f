/** An answer's head that is longer than this is passed on as it comes, and all that follows it. */
const longestHead = 64 * 1024
const longestSize = 8

type State = 'head' | 'size' | 'extension' | 'data' | 'dataEnd' | 'through'

const cr = 0x0d
const lf = 0x0a
const nothing = Buffer.alloc(0)
const lineEnd = Buffer.from('\r\n')

interface Split {
  /** Of the answer's head. */
  readonly head: Buffer
  /** What the chunks hold. */
  readonly body: Buffer
  /** What is not chunked, or comes after the last chunk, which has been then. */
  readonly rest?: Buffer
}

/**
 * Makes one chunk of the many small ones that an answer with `Transfer-Encoding: chunked` may have in each piece that arrives: an
 * engine sends each line of a log as a chunk of its own, and a parser of HTTP costs more for each than all else that is done with
 * it. What is not chunked passes as it is, and so does what comes after the last chunk; an answer that was cut stays cut.
 */
export class ChunkJoiner {
  #state: State = 'head'
  /** The head so far, to see how the body is sent. */
  #head = ''
  #size = 0
  #digits = 0
  /** Bytes of the chunk, or of the line end after it, still to come. */
  #remaining = 0

  /** Whether these are the chunks of an answer that says yes; its head has been read. */
  carriesBody = false

  /** What is to be parsed instead of `bytes`, which are no longer to be used. Throws where a chunk's size should be and is none. */
  push(bytes: Buffer): readonly Buffer[] {
    return this.framed(this.split(bytes))
  }

  /** What is in `bytes`, which are no longer to be used. Throws as above. */
  split(bytes: Buffer): Split {
    if (this.#state === 'through') return { head: nothing, body: nothing, rest: bytes }
    const start = this.#state === 'head' ? this.#readHead(bytes) : 0
    // The chunks' bytes are moved together where they are.
    let at = start
    let to = start
    while (at < bytes.length && this.#isChunked) {
      if (this.#state === 'data') {
        const end = Math.min(bytes.length, at + this.#remaining)
        if (to !== at) bytes.copyWithin(to, at, end)
        to += end - at
        this.#remaining -= end - at
        at = end
        if (this.#remaining === 0) this.#expect('dataEnd', 2)
      } else if (this.#state === 'dataEnd') {
        const skipped = Math.min(bytes.length - at, this.#remaining)
        this.#remaining -= skipped
        at += skipped
        if (this.#remaining === 0) this.#begin()
      } else {
        this.#readSize(bytes[at]!)
        at += 1
      }
    }
    const parts = { head: bytes.subarray(0, start), body: bytes.subarray(start, to) }
    return this.#isChunked || this.#state === 'head' ? parts : { ...parts, rest: bytes.subarray(at) }
  }

  /** The parts as a parser takes them, the chunks as one. */
  framed({ head, body, rest }: Split): readonly Buffer[] {
    const out = head.length > 0 ? [head] : []
    if (body.length > 0) out.push(Buffer.from(`${body.length.toString(16)}\r\n`), body, lineEnd)
    return rest === undefined ? out : [...out, ...this.#rest(rest)]
  }

  get #isChunked(): boolean {
    return this.#state !== 'through' && this.#state !== 'head'
  }

  /** After the last chunk: its size has been taken. */
  #rest(bytes: Buffer): readonly Buffer[] {
    const last = this.#digits > 0 ? Buffer.from('0\r\n') : nothing
    this.#digits = 0
    return [last, bytes].filter(({ length }) => length > 0)
  }

  /** How many bytes of these are the head's. */
  #readHead(bytes: Buffer): number {
    const known = this.#head.length
    this.#head += bytes.toString('latin1', 0, longestHead)
    const end = this.#head.indexOf('\r\n\r\n', Math.max(0, known - 3))
    if (end < 0) {
      if (this.#head.length >= longestHead) this.#state = 'through'
      return bytes.length
    }
    const head = this.#head.slice(0, end + 2)
    this.#head = ''
    if (/\r\ntransfer-encoding:[ \t]*chunked[ \t]*\r\n/i.test(head)) {
      this.carriesBody = /^HTTP\/1\.1 2/.test(head)
      this.#begin()
    } else this.#state = 'through'
    return end + 4 - known
  }

  #begin(): void {
    this.#state = 'size'
    this.#size = 0
    this.#digits = 0
  }

  #expect(state: State, bytes: number): void {
    this.#state = state
    this.#remaining = bytes
  }

  #readSize(byte: number): void {
    if (byte === lf) {
      if (this.#digits === 0) throw wrongSize()
      if (this.#size === 0) this.#state = 'through'
      else this.#expect('data', this.#size)
    } else if (this.#state === 'extension' || byte === cr) this.#state = 'extension'
    else {
      const digit = hexDigit(byte)
      if (digit >= 0 && this.#digits < longestSize) {
        this.#size = this.#size * 16 + digit
        this.#digits += 1
      } else if (digit < 0 && this.#digits > 0) this.#state = 'extension'
      else throw wrongSize()
    }
  }
}

function hexDigit(byte: number): number {
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30
  const letter = byte | 0x20
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : -1
}

/** As the parser itself would say it. */
function wrongSize(): Error {
  return Object.assign(new Error('a chunk has no size'), { code: 'HPE_INVALID_CHUNK_SIZE' })
}
