import { FrameDecoder, type FrameStream } from '../frames.ts'
import type { BatchWriter } from './batch-writer.ts'
import { join, LineBuilder } from './line-builder.ts'
import { longestLine, type LogStream } from './line.ts'
import { newline, type Gate, type Records } from './records.ts'
import { readStamp, type MutableStamp } from './stamp.ts'

/** The log of a container without a TTY: a frame for each record. */
export class FramedRecords implements Records {
  readonly #gate: Gate
  readonly #pieceBytes: number
  readonly #frames = new FrameDecoder()
  readonly #builders: Readonly<Record<LogStream, LineBuilder>> = {
    stdout: new LineBuilder('stdout'),
    stderr: new LineBuilder('stderr'),
    engine: new LineBuilder('engine'),
  }
  readonly #stamp: MutableStamp = { seconds: 0, nanos: 0 }
  /** The beginning of a record that is not there as a whole yet. */
  #parts: Buffer[] = []
  #size = 0
  /** A record larger than any line: its beginning has been passed on. */
  #begun = false
  #keep = false

  constructor(gate: Gate, pieceBytes: number) {
    this.#gate = gate
    this.#pieceBytes = pieceBytes
  }

  push(chunk: Buffer, out: BatchWriter): void {
    this.#frames.decode(chunk, (stream, bytes, start, end, first, last) =>
      this.#piece(stream, bytes, start, end, first, last, out),
    )
  }

  end(out: BatchWriter): boolean {
    this.cut(out)
    return this.#frames.missing === 0
  }

  cut(out: BatchWriter): void {
    for (const builder of Object.values(this.#builders)) builder.close(out)
  }

  #piece(
    from: FrameStream,
    chunk: Buffer,
    start: number,
    end: number,
    first: boolean,
    last: boolean,
    out: BatchWriter,
  ): void {
    const stream = from === 'stdin' ? 'stdout' : from
    if (first && last) {
      this.#begin(chunk, start, end, stream, out)
      this.#finish(end - start, stream, out)
      return
    }
    if (first) {
      this.#size = 0
      this.#begun = false
    }
    this.#size += end - start
    if (this.#begun) this.#body(chunk, start, end, stream, out)
    else {
      this.#parts.push(Buffer.from(chunk.subarray(start, end)))
      if (!last && this.#size <= longestLine) return
      const whole = Buffer.from(join(this.#parts, this.#size).buffer)
      this.#parts = []
      this.#begun = true
      this.#begin(whole, 0, this.#size, stream, out)
    }
    if (last) this.#finish(this.#size, stream, out)
  }

  #begin(chunk: Buffer, start: number, end: number, stream: LogStream, out: BatchWriter): void {
    const stamp = this.#stamp
    const after = readStamp(chunk, start, end, stamp)
    if (after < 0 && stream === 'engine')
      // What the engine itself reports bears no stamp and has no place in the log: it is always news.
      this.#keep = true
    else {
      this.#keep = this.#gate.wanted(stamp.seconds, stamp.nanos)
      if (this.#keep) this.#gate.read(stamp.seconds, stamp.nanos)
    }
    this.#builders[stream].stamp(stamp.seconds, stamp.nanos)
    this.#body(chunk, after < 0 ? start : Math.min(after + 1, end), end, stream, out)
  }

  #body(chunk: Buffer, start: number, end: number, stream: LogStream, out: BatchWriter): void {
    if (!this.#keep) return
    const builder = this.#builders[stream]
    // Nothing is looked for behind the end; most records end with a line end, and need no view of their own for that.
    const text = chunk[end - 1] === newline ? chunk : chunk.subarray(0, end)
    let at = start
    while (at < end) {
      const to = text.indexOf(newline, at)
      if (to < 0) break
      builder.finish(chunk, at, to, out)
      builder.stamp(this.#stamp.seconds, this.#stamp.nanos)
      at = to + 1
    }
    if (at < end) builder.add(chunk, at, end, out)
  }

  #finish(size: number, stream: LogStream, out: BatchWriter): void {
    const builder = this.#builders[stream]
    if (builder.open && (size < this.#pieceBytes || stream === 'engine')) builder.close(out)
  }
}
