import { t } from '../../shared/l10n.ts'
import { EngineError } from '../errors.ts'

const nothing = Buffer.alloc(0)

/**
 * Bytes of a stream in the amounts that a reader wants. Chunks are passed on as they came wherever that is possible; what is handed
 * out is the reader's until it asks for more, since the next chunk may come in the same memory.
 */
export class ByteSource {
  readonly #chunks: AsyncIterator<Uint8Array>
  #held: Buffer = nothing
  /** Bytes that were handed out or passed over. */
  position = 0

  constructor(chunks: AsyncIterable<Uint8Array>) {
    this.#chunks = chunks[Symbol.asyncIterator]()
  }

  /** The next bytes without taking them: `length` of them, or as many as are left. */
  async peek(length: number): Promise<Buffer> {
    if (this.#held.length >= length) return this.#held.subarray(0, length)
    const parts: Buffer[] = []
    let size = this.#held.length
    while (size < length) {
      if (this.#held.length > 0) parts.push(Buffer.from(this.#held))
      this.#held = nothing
      const chunk = await this.#next()
      if (chunk === undefined) break
      this.#held = chunk
      size += chunk.length
    }
    if (parts.length > 0) this.#held = Buffer.concat([...parts, this.#held], size)
    return this.#held.subarray(0, length)
  }

  /** Exactly `length` bytes; undefined where the stream has ended. */
  async read(length: number): Promise<Buffer | undefined> {
    const bytes = await this.peek(length)
    if (bytes.length === 0 && length > 0) return undefined
    if (bytes.length < length) throw endedEarly()
    this.#take(length)
    return bytes
  }

  /** Exactly `length` bytes, which must be there. */
  async need(length: number): Promise<Buffer> {
    const bytes = await this.read(length)
    if (bytes === undefined) throw endedEarly()
    return bytes
  }

  async passOver(length: number): Promise<void> {
    for (let left = length; left > 0;) {
      if (this.#held.length === 0) {
        const chunk = await this.#next()
        if (chunk === undefined) throw endedEarly()
        this.#held = chunk
      }
      const taken = Math.min(left, this.#held.length)
      this.#take(taken)
      left -= taken
    }
  }

  /** The next `length` bytes as they come. */
  async *slice(length: number): AsyncGenerator<Buffer> {
    for (let left = length; left > 0;) {
      if (this.#held.length === 0) {
        const chunk = await this.#next()
        if (chunk === undefined) throw endedEarly()
        this.#held = chunk
      }
      const part = this.#held.subarray(0, left)
      this.#take(part.length)
      left -= part.length
      yield part
    }
  }

  /** Passes over all that is left. */
  async drain(): Promise<void> {
    this.#take(this.#held.length)
    for (let chunk = await this.#next(); chunk !== undefined; chunk = await this.#next())
      this.position += chunk.length
  }

  /** Ends the stream; what is left is not read. */
  async close(): Promise<void> {
    this.#held = nothing
    await this.#chunks.return?.()
  }

  #take(length: number): void {
    this.position += length
    this.#held = this.#held.subarray(length)
  }

  async #next(): Promise<Buffer | undefined> {
    const { done, value } = await this.#chunks.next()
    if (done === true) return undefined
    return Buffer.isBuffer(value) ? value : Buffer.from(value.buffer, value.byteOffset, value.byteLength)
  }
}

const endedEarly = (): EngineError => new EngineError('lost', t('The archive ended before it was complete.'))
