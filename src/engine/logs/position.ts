import { compareStamps, type MutableStamp, type Stamp } from './stamp.ts'

/**
 * Where a log has been read to: the stamp of the last record, how many records in a row bear it, and the latest stamp
 * of all. The clock of an engine may step back, so the last is not always the latest.
 */
export interface Position {
  readonly last: Stamp
  readonly count: number
  readonly latest: Stamp
}

/** Keeps the position while records are read. */
export class PositionTracker {
  /** How many records have been read. */
  records = 0
  /** The log has been read from its very beginning. */
  whole = false
  /** Lines that were read have been left out, since fewer were wanted. */
  trimmed = false
  readonly #last: MutableStamp = { seconds: 0, nanos: 0 }
  #count = 0
  readonly #latest: MutableStamp = { seconds: 0, nanos: 0 }

  constructor(from?: Position) {
    if (from === undefined) return
    Object.assign(this.#last, from.last)
    Object.assign(this.#latest, from.latest)
    this.#count = from.count
  }

  /** Undefined before the first record. */
  get position(): Position | undefined {
    if (this.#count === 0) return undefined
    return { last: { ...this.#last }, count: this.#count, latest: { ...this.#latest } }
  }

  add(seconds: number, nanos: number): void {
    this.records += 1
    if (seconds === this.#last.seconds && nanos === this.#last.nanos) this.#count += 1
    else {
      this.#last.seconds = seconds
      this.#last.nanos = nanos
      this.#count = 1
    }
    const latest = this.#latest
    if (seconds > latest.seconds || (seconds === latest.seconds && nanos > latest.nanos)) {
      latest.seconds = seconds
      latest.nanos = nanos
    }
  }
}

export type Verdict = 'seen' | 'new' | 'gap'

/**
 * Tells which records of a log that is read again have been read before. `since` is inclusive and stamps may be equal, so the
 * place is found by counting: all up to the last record that was seen is old, all after it is new, in the order of the log.
 */
export class Resume {
  readonly #position: Position
  readonly #whole: boolean
  #matched = 0
  #first = true
  #found = false

  /** `whole`: what is read begins at or before the position for certain; else a later beginning is reported as a gap. */
  constructor(position: Position, whole: boolean) {
    this.#position = position
    this.#whole = whole
  }

  judge(seconds: number, nanos: number): Verdict {
    if (this.#found) return 'new'
    const { last, count, latest } = this.#position
    const stamp = { seconds, nanos }
    const order = compareStamps(stamp, last)
    if (this.#first) {
      this.#first = false
      // A last part of the log that begins with the stamp itself may lack records that bear it: they could not be counted.
      if (!this.#whole && order >= 0) return 'gap'
    }
    if (order < 0) return 'seen'
    if (order === 0) {
      this.#matched += 1
      this.#found = this.#matched >= count
      return 'seen'
    }
    // Later than the last record, but from before a step back of the clock: it was read before the last one was.
    if (this.#matched === 0 && compareStamps(latest, last) > 0 && compareStamps(stamp, latest) <= 0)
      return 'seen'
    this.#found = true
    return 'new'
  }
}
