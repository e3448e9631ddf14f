import { FrameDecoder, type Frame } from '../frames.ts'
import { join, LineBuilder } from './line-builder.ts'
import { longestLine, type LogLine, type LogStream } from './line.ts'
import { newline, type Gate, type Records } from './records.ts'
import { readStamp, type MutableStamp } from './stamp.ts'

const nothing = new Uint8Array()

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

  push(chunk: Buffer, out: LogLine[]): void {
    for (const frame of this.#frames.push(chunk)) this.#piece(frame, out)
  }

  end(out: LogLine[]): boolean {
    this.#flush(out)
    return this.#frames.missing === 0
  }

  cut(out: LogLine[]): void {
    this.#flush(out)
  }

  #flush(out: LogLine[]): void {
    for (const builder of Object.values(this.#builders)) if (builder.open) builder.finish(nothing, out)
  }

  #piece(frame: Frame, out: LogLine[]): void {
    const stream = frame.stream === 'stdin' ? 'stdout' : frame.stream
    if (frame.first && frame.last) {
      this.#begin(frame.data, stream, out)
      this.#finish(frame.data.length, stream, out)
      return
    }
    if (frame.first) {
      this.#size = 0
      this.#begun = false
    }
    this.#size += frame.data.length
    if (this.#begun) this.#body(frame.data, stream, out)
    else {
      this.#parts.push(frame.data)
      if (!frame.last && this.#size <= longestLine) return
      const whole = Buffer.from(join(this.#parts, this.#size).buffer)
      this.#parts = []
      this.#begun = true
      this.#begin(whole, stream, out)
    }
    if (frame.last) this.#finish(this.#size, stream, out)
  }

  #begin(data: Buffer, stream: LogStream, out: LogLine[]): void {
    const stamp = this.#stamp
    const after = readStamp(data, 0, data.length, stamp)
    if (after < 0 && stream === 'engine')
      // What the engine itself reports bears no stamp and has no place in the log: it is always news.
      this.#keep = true
    else {
      this.#keep = this.#gate.wanted(stamp.seconds, stamp.nanos)
      if (this.#keep) this.#gate.read(stamp.seconds, stamp.nanos)
    }
    this.#builders[stream].stamp(stamp.seconds, stamp.nanos)
    this.#body(after < 0 ? data : data.subarray(after + 1), stream, out)
  }

  #body(data: Buffer, stream: LogStream, out: LogLine[]): void {
    if (!this.#keep) return
    const builder = this.#builders[stream]
    let at = 0
    for (let end = data.indexOf(newline); end >= 0; end = data.indexOf(newline, at)) {
      builder.finish(data.subarray(at, end), out)
      builder.stamp(this.#stamp.seconds, this.#stamp.nanos)
      at = end + 1
    }
    if (at < data.length) builder.add(at === 0 ? data : data.subarray(at), out)
  }

  #finish(size: number, stream: LogStream, out: LogLine[]): void {
    const builder = this.#builders[stream]
    if (builder.open && (size < this.#pieceBytes || stream === 'engine')) builder.finish(nothing, out)
  }
}
