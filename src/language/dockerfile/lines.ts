import type { TextRange } from '../../shared/text-range.ts'

/** The offsets at which lines start, as editors count them: after LF, CRLF and a lone CR. */
export function lineStartsOf(text: string): number[] {
  const starts = [0]
  let feed = text.indexOf('\n')
  let carriage = text.indexOf('\r')
  while (feed >= 0 || carriage >= 0) {
    if (carriage >= 0 && (feed < 0 || carriage < feed)) {
      if (carriage + 1 !== feed) starts.push(carriage + 1)
      carriage = text.indexOf('\r', carriage + 1)
    } else {
      starts.push(feed + 1)
      feed = text.indexOf('\n', feed + 1)
    }
  }
  return starts
}

/** The index of the line that holds `offset`. */
export function lineAt(lineStarts: readonly number[], offset: number): number {
  let low = 0
  let high = lineStarts.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (lineStarts[middle]! <= offset) low = middle
    else high = middle - 1
  }
  return low
}

/** Where the line that holds `offset` starts, lines ending with LF. */
export function lineStartBefore(text: string, offset: number): number {
  // A search from -1 would find a line break at 0.
  return offset === 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1
}

/** A line as BuildKit reads it: up to LF, without the CR and LF characters at its end. */
export interface SourceLine extends TextRange {
  /** Where the next line starts. */
  readonly next: number
}

/** Reads the lines of a text one by one, from `at` on; undefined at the end. */
export function lineReader(text: string, from: number): { at(): number; read(): SourceLine | undefined } {
  let at = from
  return {
    at: () => at,
    read() {
      if (at >= text.length) return undefined
      const start = at
      const feed = text.indexOf('\n', start)
      const next = feed < 0 ? text.length : feed + 1
      let end = next
      while (end > start && (text[end - 1] === '\n' || text[end - 1] === '\r')) end--
      at = next
      return { start, end, next }
    },
  }
}
