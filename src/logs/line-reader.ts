import type { Stamp } from '../engine/logs/stamp.ts'
import { levelOfLine } from './level.ts'
import { inTrace, lineFlags, unfinished, type LevelIndex, type LineStream } from './line-flags.ts'
import type { NewLine } from './line-store.ts'
import { TraceReader } from './trace.ts'

/** A line or a mark on its way into the store. */
export interface IncomingLine extends Stamp {
  readonly bytes: Uint8Array
  readonly stream: LineStream
  readonly unfinished: boolean
}

const encoder = new TextEncoder()

export function incomingMark({ seconds, nanos }: Stamp, text: string): IncomingLine {
  return { seconds, nanos, bytes: encoder.encode(text), stream: 'mark', unfinished: false }
}

/** Finds out of each line of a source, in order, what is kept of it: level, and whether it belongs to a stack trace. */
export class LineReader {
  readonly #source: number
  readonly #traces = { stdout: new TraceReader(), stderr: new TraceReader() }
  /** The level of the last line that was neither the rest of a line nor part of a trace. */
  #headLevel: LevelIndex = 0
  /** The last line of a stream was a piece of a very long one. */
  readonly #continues = { stdout: false, stderr: false }

  constructor(source: number) {
    this.#source = source
  }

  read({ bytes, seconds, nanos, stream, unfinished: goesOn }: IncomingLine): NewLine {
    return { bytes, seconds, nanos, source: this.#source, flags: this.#flags(bytes, stream, goesOn) }
  }

  #flags(bytes: Uint8Array, stream: LineStream, goesOn: boolean): number {
    if (stream === 'mark' || stream === 'engine') return lineFlags(stream, stream === 'engine' ? 4 : 0)
    const more = goesOn ? unfinished : 0
    // The rest of a long line has the level of its beginning.
    const continues = this.#continues[stream]
    this.#continues[stream] = goesOn
    if (continues) return lineFlags(stream, this.#headLevel, more)
    if (this.#traces[stream].continues(bytes))
      return lineFlags(stream, this.#headLevel === 0 ? 5 : this.#headLevel, inTrace | more)
    this.#headLevel = levelOfLine(bytes)
    return lineFlags(stream, this.#headLevel, more)
  }
}
