import type { BatchWriter } from './batch-writer.ts'

/** What decides on records and keeps count of them. */
export interface Gate {
  /** Asked once for each record, when its stamp is known. */
  wanted(seconds: number, nanos: number): boolean
  /** Told once a wanted record is there as a whole. */
  read(seconds: number, nanos: number): void
}

/** One of the two forms of a log, cut into records and put together to lines. */
export interface Records {
  push(chunk: Buffer, out: BatchWriter): void
  /** False when the stream ended within a record. */
  end(out: BatchWriter): boolean
  cut(out: BatchWriter): void
}

/** The size at which Docker cuts what a program writes into records. */
export const dockerPieceBytes = 16 * 1024
export const newline = 0x0a
