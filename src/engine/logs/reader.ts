import { FrameDecoder, type Frame } from '../frames.ts'
import { join, LineBuilder } from './line-builder.ts'
import type { LogLine, LogStream } from './line.ts'
import { PositionTracker, type Resume } from './position.ts'
import { longestStamp, readStamp, type MutableStamp } from './stamp.ts'

export interface LogReaderOptions {
  /** `Config.Tty` of the container: no frames, and only one stream. Media types do not tell it. */
  readonly tty: boolean
  /**
   * Docker cuts lines into records of 16 KiB: a shorter record without a line end is the last that a program wrote.
   * Podman cuts anywhere (0): there only a line end ends a line.
   */
  readonly pieceBytes: number
  readonly tracker?: PositionTracker
  /** Leaves out what has been read before. */
  readonly resume?: Resume
}

export const dockerPieceBytes = 16 * 1024

const newline = 0x0a

/**
 * The bytes of `GET /containers/{id}/logs?timestamps=1` as lines: frames or raw, split anywhere, with a stamp before each
 * record. Lines of more than one record become one; stamps inside them are dropped.
 */
export class LogReader {
  /** More records than were asked for have been written since the position: read again with more. */
  gap = false
  readonly #tracker: PositionTracker
  readonly #resume: Resume | undefined
  readonly #records: FramedRecords | RawRecords

  constructor({ tty, pieceBytes, tracker = new PositionTracker(), resume }: LogReaderOptions) {
    this.#tracker = tracker
    this.#resume = resume
    const wanted = (seconds: number, nanos: number): boolean => this.#wanted(seconds, nanos)
    this.#records = tty ? new RawRecords(wanted) : new FramedRecords(wanted, pieceBytes)
  }

  push(chunk: Buffer): LogLine[] {
    const lines: LogLine[] = []
    if (!this.gap) this.#records.push(chunk, lines)
    return this.gap ? [] : lines
  }

  /** What is left when the stream has ended: a last line without a line end. */
  end(): LogLine[] {
    const lines: LogLine[] = []
    if (!this.gap) this.#records.end(lines)
    return lines
  }

  #wanted(seconds: number, nanos: number): boolean {
    const verdict = this.#resume?.judge(seconds, nanos) ?? 'new'
    if (verdict === 'gap') this.gap = true
    if (verdict !== 'new') return false
    this.#tracker.add(seconds, nanos)
    return true
  }
}

type Wanted = (seconds: number, nanos: number) => boolean

class FramedRecords {
  readonly #wanted: Wanted
  readonly #pieceBytes: number
  readonly #frames = new FrameDecoder()
  readonly #builders: Readonly<Record<LogStream, LineBuilder>> = {
    stdout: new LineBuilder('stdout'),
    stderr: new LineBuilder('stderr'),
    engine: new LineBuilder('engine'),
  }
  readonly #stamp: MutableStamp = { seconds: 0, nanos: 0 }
  /** The beginning of a record whose stamp is not complete yet. */
  #head: Buffer | undefined
  #inHead = false
  #keep = false
  #recordBytes = 0

  constructor(wanted: Wanted, pieceBytes: number) {
    this.#wanted = wanted
    this.#pieceBytes = pieceBytes
  }

  push(chunk: Buffer, out: LogLine[]): void {
    for (const frame of this.#frames.push(chunk)) this.#piece(frame, out)
  }

  end(out: LogLine[]): void {
    for (const builder of Object.values(this.#builders))
      if (builder.open) builder.finish(new Uint8Array(), out)
  }

  #piece(frame: Frame, out: LogLine[]): void {
    const builder = this.#builders[frame.stream === 'stdin' ? 'stdout' : frame.stream]
    let data = frame.data
    if (frame.first) {
      this.#inHead = true
      this.#head = undefined
      this.#recordBytes = 0
    }
    if (this.#inHead) {
      if (this.#head !== undefined) data = Buffer.concat([this.#head, data])
      const after = readStamp(data, 0, data.length, this.#stamp)
      const complete = frame.last || (after >= 0 ? after < data.length : data.length > longestStamp)
      if (!complete) {
        this.#head = data
        return
      }
      this.#inHead = false
      // What the engine itself reports bears no stamp and has no place in the log: it is always news.
      this.#keep =
        after < 0 && frame.stream === 'engine' ? true : this.#wanted(this.#stamp.seconds, this.#stamp.nanos)
      if (after >= 0) data = data.subarray(after + 1)
      if (this.#keep) builder.stamp(this.#stamp.seconds, this.#stamp.nanos)
    }
    this.#recordBytes += data.length
    if (!this.#keep) return
    let at = 0
    for (let end = data.indexOf(newline); end >= 0; end = data.indexOf(newline, at)) {
      builder.finish(data.subarray(at, end), out)
      builder.stamp(this.#stamp.seconds, this.#stamp.nanos)
      at = end + 1
    }
    if (at < data.length) builder.add(data.subarray(at), out)
    if (frame.last && builder.open && (this.#recordBytes < this.#pieceBytes || frame.stream === 'engine'))
      builder.finish(new Uint8Array(), out)
  }
}

/** So much of an unfinished line is held back, since a stamp in it may be cut. */
const heldBack = 64
const flushAt = 64 * 1024

/** A TTY's log: one record after the other, each with a stamp, in one stream of bytes. */
class RawRecords {
  readonly #wanted: Wanted
  readonly #builder = new LineBuilder('stdout')
  readonly #stamp: MutableStamp = { seconds: 0, nanos: 0 }
  readonly #inner: MutableStamp = { seconds: 0, nanos: 0 }
  #held: Uint8Array[] = []
  #heldSize = 0
  #atLineStart = true
  #keep = false
  /** Bytes of the line since its last stamp. */
  #sinceStamp = 0

  constructor(wanted: Wanted) {
    this.#wanted = wanted
  }

  push(chunk: Buffer, out: LogLine[]): void {
    let at = 0
    for (let end = chunk.indexOf(newline); end >= 0; end = chunk.indexOf(newline, at)) {
      this.#text(this.#withHeld(chunk.subarray(at, end)), true, out)
      at = end + 1
    }
    if (at === chunk.length) return
    this.#held.push(chunk.subarray(at))
    this.#heldSize += chunk.length - at
    if (this.#heldSize < flushAt) return
    const text = this.#withHeld(new Uint8Array())
    const until = text.length - heldBack
    this.#text(text.subarray(0, until), false, out)
    this.#held.push(text.subarray(until))
    this.#heldSize = heldBack
  }

  end(out: LogLine[]): void {
    if (this.#heldSize > 0 || !this.#atLineStart) this.#text(this.#withHeld(new Uint8Array()), true, out)
  }

  #withHeld(bytes: Uint8Array): Uint8Array {
    if (this.#heldSize === 0) return bytes
    const whole = join([...this.#held, bytes], this.#heldSize + bytes.length)
    this.#held = []
    this.#heldSize = 0
    return whole
  }

  /** A line, or a part of one that begins where the last part ended. */
  #text(bytes: Uint8Array, ends: boolean, out: LogLine[]): void {
    let at = 0
    if (this.#atLineStart) {
      const after = readStamp(bytes, 0, bytes.length, this.#stamp)
      if (after >= 0) at = Math.min(after + 1, bytes.length)
      this.#keep = this.#wanted(this.#stamp.seconds, this.#stamp.nanos)
      if (this.#keep) this.#builder.stamp(this.#stamp.seconds, this.#stamp.nanos)
      this.#sinceStamp = 0
    }
    this.#atLineStart = ends
    for (let next = this.#innerStamp(bytes, at); next >= 0; next = this.#innerStamp(bytes, at)) {
      if (this.#keep) this.#builder.add(bytes.subarray(at, next), out)
      at = next + dockerStampBytes
      this.#sinceStamp = 0
      this.#keep = this.#wanted(this.#inner.seconds, this.#inner.nanos)
    }
    this.#sinceStamp += bytes.length - at
    if (!this.#keep) return
    if (ends) this.#builder.finish(bytes.subarray(at), out)
    else this.#builder.add(bytes.subarray(at), out)
  }

  /** Where the next record of the same line begins: a stamp, at least a full record after the last one. */
  #innerStamp(bytes: Uint8Array, from: number): number {
    const earliest = from + Math.max(0, dockerPieceBytes - this.#sinceStamp)
    for (
      let z = bytes.indexOf(0x5a, earliest + dockerStampBytes - 2);
      z >= 0;
      z = bytes.indexOf(0x5a, z + 1)
    ) {
      const start = z - (dockerStampBytes - 2)
      if (bytes[z + 1] === 0x20 && readStamp(bytes, start, z + 1, this.#inner) === z + 1) return start
    }
    return -1
  }
}

const dockerStampBytes = '2006-01-02T15:04:05.000000000Z '.length
