import { BatchWriter } from './batch-writer.ts'
import { FramedRecords } from './framed-records.ts'
import type { LineBatch } from './line-batch.ts'
import { PositionTracker, type Resume } from './position.ts'
import { RawRecords } from './raw-records.ts'
import type { Records } from './records.ts'

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
  /** The next chunk comes in the same memory: nobody needs the lines any more by then. */
  readonly lent?: boolean
}

/**
 * The bytes of `GET /containers/{id}/logs?timestamps=1` as lines: frames or raw, split anywhere, with a stamp before each
 * record. Lines of more than one record become one; stamps inside them are dropped. The chunks are the reader's from
 * then on, or until the next where they are lent: the lines stay in them, and are moved there.
 */
export class LogReader {
  /** More records than were asked for have been written since the position: read again with more. */
  gap = false
  readonly #records: Records
  readonly #out: BatchWriter

  constructor({ tty, pieceBytes, tracker = new PositionTracker(), resume, lent }: LogReaderOptions) {
    this.#out = new BatchWriter(lent)
    const gate = {
      wanted: (seconds: number, nanos: number): boolean => {
        const verdict = resume?.judge(seconds, nanos) ?? 'new'
        if (verdict === 'gap') this.gap = true
        return verdict === 'new'
      },
      read: (seconds: number, nanos: number): void => tracker.add(seconds, nanos),
    }
    this.#records = tty ? new RawRecords(gate) : new FramedRecords(gate, pieceBytes)
  }

  push(chunk: Buffer): readonly LineBatch[] {
    if (!this.gap) this.#records.push(chunk, this.#out)
    return this.#taken()
  }

  /**
   * The engine has ended the stream: what is left is a last line without a line end. Not whole when it ended in the middle of a
   * record, which is left out.
   */
  end(): { readonly lines: readonly LineBatch[]; readonly whole: boolean } {
    const whole = this.gap || this.#records.end(this.#out)
    return { lines: this.#taken(), whole }
  }

  /** The connection was lost: the record that was cut is left out, so that it comes whole when the log is read on. */
  cut(): readonly LineBatch[] {
    if (!this.gap) this.#records.cut(this.#out)
    return this.#taken()
  }

  #taken(): readonly LineBatch[] {
    const lines = this.#out.take()
    return this.gap ? [] : lines
  }
}
