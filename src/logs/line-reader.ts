import type { LineBatch } from '../engine/logs/line-batch.ts'
import { levelOfLine } from './level.ts'
import { engineStream, inTrace, lineFlags, markStream, unfinished, type LevelIndex } from './line-flags.ts'
import { TraceReader } from './trace.ts'

/** Finds out of each line of a source, in order, what is kept of it in its flags: level, and whether it belongs to a stack trace. */
export class LineReader {
  /** Of standard output and of standard error. */
  readonly #traces = [new TraceReader(), new TraceReader()]
  /** The level of the last line that was neither the rest of a line nor part of a trace. */
  #headLevel: LevelIndex = 0
  /** The last line of a stream was a piece of a very long one. */
  readonly #continues = [false, false]

  /** The flags of the next lines: those of a batch from `from` up to `to`. They are put into `flags`. */
  read(lines: LineBatch, from: number, to: number, flags = new Uint16Array(to - from)): Uint16Array {
    for (let at = from; at < to; at += 1) flags[at - from] = this.#flags(lines, at)
    return flags
  }

  #flags(lines: LineBatch, at: number): number {
    const stream = lines.stream(at)
    if (stream === markStream) return lineFlags(stream, 0)
    if (stream === engineStream) return lineFlags(stream, 4)
    const goesOn = lines.unfinished(at)
    const more = goesOn ? unfinished : 0
    // The rest of a long line has the level of its beginning.
    const continues = this.#continues[stream]
    this.#continues[stream] = goesOn
    if (continues === true) return lineFlags(stream, this.#headLevel, more)
    const { memory } = lines
    const start = lines.start(at)
    const end = lines.end(at)
    if (this.#traces[stream]!.continues(memory, start, end))
      return lineFlags(stream, this.#headLevel === 0 ? 5 : this.#headLevel, inTrace | more)
    this.#headLevel = levelOfLine(memory, start, end)
    return lineFlags(stream, this.#headLevel, more)
  }
}
