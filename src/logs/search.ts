import type { Disposable } from '../shared/disposable.ts'
import { visibleText } from './ansi.ts'
import { LineBlock } from './line-block.ts'
import { anything, compilePattern, isError, type Matcher, type Pattern, type Range } from './pattern.ts'

/** Lines that match `include` and do not match `exclude`. */
export interface LineQuery {
  readonly include?: Pattern
  readonly exclude?: Pattern
}

/** A stretch of held lines, in memory that both threads see. */
export interface BlockSlice {
  readonly buffer: SharedArrayBuffer
  /** The number of the block's first line. */
  readonly first: number
  readonly from: number
  readonly to: number
}

/**
 * Runs expressions away from the thread of the editor. An expression that takes longer than its time limit is given up:
 * `tooSlow`. Searches do not wait for each other's end: ranges of a few texts come between two blocks of a long search.
 */
export interface Searcher extends Disposable {
  /** Before long there will be a question: what takes its time to start is started. */
  prepare(): void
  /** Calls `found` with the numbers of matching lines, in order, and how far it has come. */
  scan(
    query: LineQuery,
    slices: readonly BlockSlice[],
    found: (seqs: readonly number[], upTo: number) => void,
    signal: AbortSignal,
  ): Promise<'done' | 'cancelled' | 'tooSlow'>
  /** The matching stretches of each text. */
  ranges(pattern: Pattern, texts: readonly string[]): Promise<readonly (readonly Range[])[] | 'tooSlow'>
}

/** The numbers of the matching lines of one slice. */
export function scanSlice({ buffer, first, from, to }: BlockSlice, query: CompiledQuery): number[] {
  if (from >= to) return []
  const block = LineBlock.read({ buffer, count: to }, first)
  const { include, exclude } = query
  const found: number[] = []
  const whole = block.wholeText(from, to)
  if (include.firstIn !== undefined && !notAsItIs.some((character) => whole.includes(character))) {
    linesWith(include.firstIn, whole, (index, start, end) => {
      if (exclude?.test(whole.slice(start, end)) !== true) found.push(first + from + index)
    })
    return found
  }
  const lines = whole.split('\n')
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index]!
    const text = controls.test(line) ? visibleText(line) : line
    if (include.test(text) && !(exclude?.test(text) ?? false)) found.push(first + from + index)
  }
  return found
}

const controls = /[\u001b\r\b\u009b]/
/** With these, lines are not shown as they are held, or an expression sees other lines in them. */
const notAsItIs = ['\u001b', '\r', '\b', '\u009b', '\u2028', '\u2029']

/** Each line of a text in which something is found: its index, where it begins and where it ends. */
function linesWith(
  firstIn: NonNullable<Matcher['firstIn']>,
  text: string,
  take: (index: number, start: number, end: number) => void,
): void {
  let index = 0
  let start = 0
  for (let at = firstIn(text, 0); at >= 0; at = firstIn(text, start)) {
    let end = text.indexOf('\n', start)
    while (end >= 0 && end < at) {
      index += 1
      start = end + 1
      end = text.indexOf('\n', start)
    }
    take(index, start, end < 0 ? text.length : end)
    if (end < 0) return
    index += 1
    start = end + 1
  }
}

export interface CompiledQuery {
  readonly include: Matcher
  readonly exclude: Matcher | undefined
}

/** A query whose patterns have been checked before; a wrong one matches everything. */
export function compileQuery({ include, exclude }: LineQuery): CompiledQuery {
  const compiled = (pattern: Pattern | undefined): Matcher | undefined => {
    if (pattern === undefined || pattern.text === '') return undefined
    const matcher = compilePattern(pattern)
    return isError(matcher) ? undefined : matcher
  }
  return { include: compiled(include) ?? anything, exclude: compiled(exclude) }
}

/** Nothing to look for: every line matches. */
export function isEmptyQuery({ include, exclude }: LineQuery): boolean {
  return (include?.text ?? '') === '' && (exclude?.text ?? '') === ''
}
