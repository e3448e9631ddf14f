import type { BatchWriter } from './batch-writer.ts'
import { join, LineBuilder } from './line-builder.ts'
import { longestLine } from './line.ts'
import { dockerPieceBytes, newline, type Gate, type Records } from './records.ts'
import { readStamp, type MutableStamp } from './stamp.ts'

/** So much of an unfinished line is held back, since a stamp in it may be cut. */
const heldBack = 64
const flushAt = 64 * 1024

/** A TTY's log: one record after the other, each with a stamp, in one stream of bytes. */
export class RawRecords implements Records {
  readonly #gate: Gate
  readonly #builder = new LineBuilder('stdout')
  readonly #stamp: MutableStamp = { seconds: 0, nanos: 0 }
  readonly #inner: MutableStamp = { seconds: 0, nanos: 0 }
  #parts: Uint8Array[] = []
  #heldSize = 0
  #atLineStart = true
  #keep = false
  /** Bytes of the line since its last stamp. */
  #sinceStamp = 0

  constructor(gate: Gate) {
    this.#gate = gate
  }

  push(chunk: Buffer, out: BatchWriter): void {
    let at = 0
    for (let end = chunk.indexOf(newline); end >= 0; end = chunk.indexOf(newline, at)) {
      if (this.#heldSize === 0) this.#text(chunk, at, end, true, out)
      else {
        this.#hold(chunk.subarray(at, end))
        this.#passHeld(out)
      }
      at = end + 1
    }
    if (at === chunk.length) return
    this.#hold(chunk.subarray(at))
    if (this.#heldSize < flushAt) return
    const size = this.#heldSize
    const text = this.#takeHeld()
    const until = this.#wholeRecords(text, size)
    if (until > 0) this.#text(text, 0, until, false, out)
    this.#hold(text.subarray(until, size))
  }

  end(out: BatchWriter): boolean {
    if (this.#heldSize > 0 || !this.#atLineStart) this.#passHeld(out)
    return true
  }

  cut(out: BatchWriter): void {
    this.#builder.close(out)
  }

  #hold(bytes: Uint8Array): void {
    // A copy: the chunk may be another one by then. `slice` of a Buffer would be none.
    this.#parts.push(new Uint8Array(bytes))
    this.#heldSize += bytes.length
  }

  #takeHeld(): Uint8Array {
    const whole = join(this.#parts, this.#heldSize)
    this.#parts = []
    this.#heldSize = 0
    return whole
  }

  #passHeld(out: BatchWriter): void {
    const size = this.#heldSize
    this.#text(this.#takeHeld(), 0, size, true, out)
  }

  /** A line, or a part of one that begins where the last part ended. */
  #text(memory: Uint8Array, start: number, end: number, ends: boolean, out: BatchWriter): void {
    let at = start
    if (this.#atLineStart) {
      const after = readStamp(memory, start, end, this.#stamp)
      if (after >= 0) at = Math.min(after + 1, end)
      this.#record(this.#stamp)
      this.#builder.stamp(this.#stamp.seconds, this.#stamp.nanos)
    }
    this.#atLineStart = ends
    for (let next = this.#innerStamp(memory, at, end); next >= 0; next = this.#innerStamp(memory, at, end)) {
      if (this.#keep) this.#builder.add(memory, at, next, out)
      at = next + dockerStampBytes
      Object.assign(this.#stamp, this.#inner)
      this.#record(this.#stamp)
    }
    this.#sinceStamp += end - at
    if (!this.#keep) return
    if (ends) this.#builder.finish(memory, at, end, out)
    else this.#builder.add(memory, at, end, out)
  }

  /** How much of a long line can be passed on: up to its last record, which may be cut; of a giant record all but its end. */
  #wholeRecords(text: Uint8Array, size: number): number {
    for (let z = text.lastIndexOf(0x5a); z >= stampZone; z = text.lastIndexOf(0x5a, z - 1))
      if (isStampAt(text, z, this.#inner)) return z - stampZone
    return size > longestLine ? size - heldBack : 0
  }

  #record({ seconds, nanos }: MutableStamp): void {
    this.#sinceStamp = 0
    this.#keep = this.#gate.wanted(seconds, nanos)
    if (this.#keep) this.#gate.read(seconds, nanos)
  }

  /** Where the next record of the same line begins: a stamp, at least a full record after the last one. */
  #innerStamp(memory: Uint8Array, from: number, end: number): number {
    const earliest = from + Math.max(0, dockerPieceBytes - this.#sinceStamp) + stampZone
    if (earliest >= end) return -1
    const text = memory.subarray(0, end)
    for (let z = text.indexOf(0x5a, earliest); z >= 0; z = text.indexOf(0x5a, z + 1))
      if (isStampAt(text, z, this.#inner)) return z - stampZone
    return -1
  }
}

/** Docker's stamps have nine digits always; `Z` is the last but one of their bytes. */
const dockerStampBytes = '2006-01-02T15:04:05.000000000Z '.length
const stampZone = dockerStampBytes - 2

function isStampAt(bytes: Uint8Array, z: number, into: MutableStamp): boolean {
  return bytes[z + 1] === 0x20 && readStamp(bytes, z - stampZone, z + 1, into) === z + 1
}
