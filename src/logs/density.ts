import { isMark, levelOf } from './line-flags.ts'
import type { LineStore } from './line-store.ts'
import type { LogView } from './view.ts'

/** How many lines fall into each of equal stretches of time. */
export interface Density {
  /** Seconds since the epoch. */
  readonly from: number
  readonly to: number
  readonly lines: readonly number[]
  /** Of those, warnings; and errors with what is worse. */
  readonly warnings: readonly number[]
  readonly errors: readonly number[]
}

/** The density of the lines shown; undefined when none are held. */
export function densityOf(store: LineStore, view: LogView, buckets: number): Density | undefined {
  const first = view.seqAt(0)
  const last = view.seqAt(view.length - 1)
  if (first === undefined || last === undefined) return undefined
  let from = Infinity
  let to = -Infinity
  // Lines are nearly in the order of time: the blocks' ends tell the extent, except where the clock stepped.
  for (const { block, from: begin, to: end } of store.range(first, last + 1))
    for (const index of [begin, end - 1]) {
      from = Math.min(from, block.seconds(index))
      to = Math.max(to, block.seconds(index))
    }
  // The lines that the view still names may have left the store a moment ago.
  if (from > to) return undefined
  to = Math.max(to + 1, from + 1)
  const lines = new Array<number>(buckets).fill(0)
  const warnings = new Array<number>(buckets).fill(0)
  const errors = new Array<number>(buckets).fill(0)
  const scale = buckets / (to - from)
  let at = 0
  let seq = view.seqAt(0)
  for (const { block, from: begin, to: end } of store.range(first, last + 1))
    for (let index = begin; index < end; index += 1) {
      if (block.first + index !== seq) continue
      at += 1
      seq = view.seqAt(at)
      const flags = block.flags(index)
      if (isMark(flags)) continue
      const time = block.seconds(index) + block.nanos(index) / 1e9
      const bucket = Math.max(0, Math.min(buckets - 1, Math.floor((time - from) * scale)))
      lines[bucket]! += 1
      const level = levelOf(flags)
      if (level >= 5) errors[bucket]! += 1
      else if (level === 4) warnings[bucket]! += 1
    }
  return { from, to, lines, warnings, errors }
}

/** The index of the first shown line at or after a time, by halves: right but where the clock stepped. */
export function indexAtTime(store: LineStore, view: LogView, seconds: number): number {
  let low = 0
  let high = view.length
  while (low < high) {
    const middle = (low + high) >>> 1
    const line = store.line(view.seqAt(middle)!)
    if (line !== undefined && line.seconds + line.nanos / 1e9 < seconds) low = middle + 1
    else high = middle
  }
  return low
}
