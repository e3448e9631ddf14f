import type { LogLine } from './line.ts'

/** So many bytes of lines are held at most while the last of them are looked for. */
const mostBytes = 32 * 1024 * 1024

/** The last lines of many that come: so many at most, and so many bytes of them. */
export class LastLines {
  /** How many lines have come. */
  read = 0
  readonly #count: number
  readonly #most: number
  #lines: (LogLine | undefined)[] = []
  /** Where those that are kept begin; what is before has been given up. */
  #from = 0
  /** How many of those that are kept end there: the pieces of a very long line count once. */
  #ends = 0
  #bytes = 0

  constructor(count: number, most = mostBytes) {
    this.#count = count
    this.#most = most
  }

  /** Lines that came have been left out. */
  get trimmed(): boolean {
    return this.read > this.length
  }

  get length(): number {
    return this.#lines.length - this.#from
  }

  add(line: LogLine): void {
    this.read += 1
    if (this.#count === 0) return
    this.#lines.push(line)
    this.#bytes += line.bytes.length
    if (!line.unfinished) this.#ends += 1
    while (this.#ends > this.#count || (this.#bytes > this.#most && this.length > 1)) this.#drop()
    if (this.#from > 1_000 && this.#from > this.length) {
      this.#lines = this.#lines.slice(this.#from)
      this.#from = 0
    }
  }

  take(): LogLine[] {
    return this.#lines.slice(this.#from) as LogLine[]
  }

  /** The line is let go at once: it may be the only one that holds the piece of memory that it came in. */
  #drop(): void {
    const line = this.#lines[this.#from]!
    this.#bytes -= line.bytes.length
    if (!line.unfinished) this.#ends -= 1
    this.#lines[this.#from] = undefined
    this.#from += 1
  }
}
