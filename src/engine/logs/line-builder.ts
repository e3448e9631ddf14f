import { longestLine, type LogLine, type LogStream } from './line.ts'

const carriageReturn = 0x0d

/** Puts the pieces of one stream's line together. */
export class LineBuilder {
  readonly #stream: LogStream
  #parts: Uint8Array[] = []
  #size = 0
  #open = false
  #seconds = 0
  #nanos = 0

  constructor(stream: LogStream) {
    this.#stream = stream
  }

  /** Part of a line is held. */
  get open(): boolean {
    return this.#open
  }

  /** The stamp of a line is that of its first piece. */
  stamp(seconds: number, nanos: number): void {
    if (this.#open) return
    this.#seconds = seconds
    this.#nanos = nanos
  }

  add(bytes: Uint8Array, out: LogLine[]): void {
    let rest = bytes
    this.#open = true
    while (this.#size + rest.length > longestLine) {
      const room = longestLine - this.#size
      this.#hold(rest.subarray(0, room))
      rest = rest.subarray(room)
      out.push(this.#take(true))
      this.#open = true
    }
    this.#hold(rest)
  }

  /** The line ends here; `bytes` is its last piece. */
  finish(bytes: Uint8Array, out: LogLine[]): void {
    if (this.#size === 0 && bytes.length <= longestLine) {
      this.#open = false
      out.push(this.#line(withoutReturn(bytes), false))
      return
    }
    this.add(bytes, out)
    out.push(this.#take(false))
  }

  #hold(bytes: Uint8Array): void {
    if (bytes.length === 0) return
    this.#parts.push(bytes)
    this.#size += bytes.length
  }

  #take(unfinished: boolean): LogLine {
    const bytes = this.#parts.length === 1 ? this.#parts[0]! : join(this.#parts, this.#size)
    this.#parts = []
    this.#size = 0
    this.#open = false
    return this.#line(unfinished ? bytes : withoutReturn(bytes), unfinished)
  }

  #line(bytes: Uint8Array, unfinished: boolean): LogLine {
    return { stream: this.#stream, seconds: this.#seconds, nanos: this.#nanos, bytes, unfinished }
  }
}

export function join(parts: readonly Uint8Array[], size: number): Uint8Array {
  const whole = new Uint8Array(size)
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

function withoutReturn(bytes: Uint8Array): Uint8Array {
  return bytes[bytes.length - 1] === carriageReturn ? bytes.subarray(0, -1) : bytes
}
