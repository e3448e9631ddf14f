import type { Stamp } from './stamp.ts'

export const logStreams = ['stdout', 'stderr', 'engine'] as const
/** `engine`: what the engine itself reports in the middle of a log. */
export type LogStream = (typeof logStreams)[number]

/** One line as a container wrote it. */
export interface LogLine extends Stamp {
  readonly stream: LogStream
  /** Without its line end; whatever the program printed, not always UTF-8. A view, to be copied by who keeps it. */
  readonly bytes: Uint8Array
  /** A piece of a very long line: the next line of the same stream goes on with it. */
  readonly unfinished: boolean
}

/** Lines longer than this come in pieces, so that no line can fill the memory. */
export const longestLine = 256 * 1024
