import { join, LineBuilder } from './line-builder.ts'
import { longestLine, type LogLine } from './line.ts'
import { dockerPieceBytes, newline, type Gate, type Records } from './records.ts'
import { readStamp, type MutableStamp } from './stamp.ts'

/** So much of an unfinished line is held back, since a stamp in it may be cut. */
const heldBack = 64
const flushAt = 64 * 1024
const nothing = new Uint8Array()

/** A TTY's log: one record after the other, each with a stamp, in one stream of bytes. */
export class RawRecords implements Records {
  readonly #gate: Gate
  readonly #builder = new LineBuilder('stdout')
  readonly #stamp: MutableStamp = { seconds: 0, nanos: 0 }
  readonly #inner: MutableStamp = { seconds: 0, nanos: 0 }
  #held: Uint8Array[] = []
  #heldSize = 0
  #atLineStart = true
  #keep = false
  /** Bytes of the line since its last stamp. */
  #sinceStamp = 0

  constructor(gate: Gate) {
    this.#gate = gate
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
    const text = this.#withHeld(nothing)
    const until = this.#wholeRecords(text)
    if (until > 0) this.#text(text.subarray(0, until), false, out)
    this.#held.push(text.subarray(until))
    this.#heldSize = text.length - until
  }

  end(out: LogLine[]): boolean {
    if (this.#heldSize > 0 || !this.#atLineStart) this.#text(this.#withHeld(nothing), true, out)
    return true
  }

  cut(out: LogLine[]): void {
    if (this.#builder.open) this.#builder.finish(nothing, out)
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
      this.#record(this.#stamp)
      this.#builder.stamp(this.#stamp.seconds, this.#stamp.nanos)
    }
    this.#atLineStart = ends
    for (let next = this.#innerStamp(bytes, at); next >= 0; next = this.#innerStamp(bytes, at)) {
      if (this.#keep) this.#builder.add(bytes.subarray(at, next), out)
      at = next + dockerStampBytes
      Object.assign(this.#stamp, this.#inner)
      this.#record(this.#stamp)
    }
    this.#sinceStamp += bytes.length - at
    if (!this.#keep) return
    if (ends) this.#builder.finish(bytes.subarray(at), out)
    else this.#builder.add(bytes.subarray(at), out)
  }

  /** How much of a long line can be passed on: up to its last record, which may be cut; of a giant record all but its end. */
  #wholeRecords(text: Uint8Array): number {
    for (let z = text.lastIndexOf(0x5a); z >= stampZone; z = text.lastIndexOf(0x5a, z - 1))
      if (isStampAt(text, z, this.#inner)) return z - stampZone
    return text.length > longestLine ? text.length - heldBack : 0
  }

  #record({ seconds, nanos }: MutableStamp): void {
    this.#sinceStamp = 0
    this.#keep = this.#gate.wanted(seconds, nanos)
    if (this.#keep) this.#gate.read(seconds, nanos)
  }

  /** Where the next record of the same line begins: a stamp, at least a full record after the last one. */
  #innerStamp(bytes: Uint8Array, from: number): number {
    const earliest = from + Math.max(0, dockerPieceBytes - this.#sinceStamp)
    for (let z = bytes.indexOf(0x5a, earliest + stampZone); z >= 0; z = bytes.indexOf(0x5a, z + 1))
      if (isStampAt(bytes, z, this.#inner)) return z - stampZone
    return -1
  }
}

/** Docker's stamps have nine digits always; `Z` is the last but one of their bytes. */
const dockerStampBytes = '2006-01-02T15:04:05.000000000Z '.length
const stampZone = dockerStampBytes - 2

function isStampAt(bytes: Uint8Array, z: number, into: MutableStamp): boolean {
  return bytes[z + 1] === 0x20 && readStamp(bytes, z - stampZone, z + 1, into) === z + 1
}
