import type { logStreams } from '../engine/logs/line.ts'

/** What is kept of a line beside its text and time, in sixteen bits. */

export const levels = ['none', 'trace', 'debug', 'info', 'warn', 'error', 'fatal'] as const
export type Level = (typeof levels)[number]

/** Index of a level in `levels`. */
export type LevelIndex = 0 | 1 | 2 | 3 | 4 | 5 | 6

/** Those of a log; `mark`: not a line of the log but what happened to the container or the connection. */
export const streams = ['stdout', 'stderr', 'engine', 'mark'] as const satisfies readonly [
  ...typeof logStreams,
  'mark',
]
export type LineStream = (typeof streams)[number]

/** Their indices in `streams`. */
export const engineStream = 2
export const markStream = 3

const streamBits = 0b11
const levelShift = 2
const levelBits = 0b111

/** The line belongs to the stack trace of an earlier line of its source. */
export const inTrace = 1 << 5
/** The next line of the same source and stream goes on with this one. */
export const unfinished = 1 << 6
/** It came later than the hold-back could wait for: its time is before that of the line above. */
export const late = 1 << 7

/** `stream` is its index in `streams`. */
export function lineFlags(stream: number, level: LevelIndex, more = 0): number {
  return stream | (level << levelShift) | more
}

export function streamOf(flags: number): LineStream {
  return streams[flags & streamBits]!
}

export function isMark(flags: number): boolean {
  return (flags & streamBits) === markStream
}

export function levelOf(flags: number): LevelIndex {
  return ((flags >> levelShift) & levelBits) as LevelIndex
}
