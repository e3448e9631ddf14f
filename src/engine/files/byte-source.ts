/** Bytes that come in pieces, taken as they are needed. */
export class ByteSource {
  readonly #pieces: AsyncIterator<Uint8Array>
  #held: Buffer = Buffer.alloc(0)

  constructor(pieces: AsyncIterable<Uint8Array>) {
    this.#pieces = pieces[Symbol.asyncIterator]()
  }

  /** So many bytes; fewer at the end. */
  async take(count: number): Promise<Buffer> {
    if (this.#held.length < count) {
      const parts = [this.#held]
      let length = this.#held.length
      while (length < count) {
        const more = await this.#next()
        if (more === undefined) break
        parts.push(more)
        length += more.length
      }
      this.#held = parts.length === 2 && parts[0]!.length === 0 ? parts[1]! : Buffer.concat(parts, length)
    }
    const taken = this.#held.subarray(0, count)
    this.#held = this.#held.subarray(taken.length)
    return taken
  }

  /** What is there, at most so many bytes; nothing at the end. */
  async some(most: number): Promise<Buffer> {
    if (this.#held.length === 0) this.#held = (await this.#next()) ?? this.#held
    return this.take(Math.min(most, this.#held.length))
  }

  async #next(): Promise<Buffer | undefined> {
    for (;;) {
      const { value, done } = (await this.#pieces.next()) as IteratorResult<Uint8Array, unknown>
      if (done === true) return undefined
      if (value.length > 0) return Buffer.from(value.buffer, value.byteOffset, value.length)
    }
  }

  /** Breaks off what is left. */
  async close(): Promise<void> {
    await this.#pieces.return?.()
  }
}
