import type { TextRange } from '../text-range.ts'
import { compilePattern, type CompiledPattern } from './pattern.ts'

/** One line of a `.dockerignore` that counts. */
export interface IgnoreLine {
  /** From the first character to the last, `!` included. */
  readonly range: TextRange
  /** Brings back what lines above left out. */
  readonly exception: boolean
  /** As Docker reads it: relative, `/` between, `.` and `..` resolved. Empty for a lone `!`. */
  readonly pattern: string
  readonly patternRange: TextRange
  /** Undefined for a pattern at which Docker stops. */
  readonly compiled: CompiledPattern | undefined
}

export interface IgnoreDoc {
  readonly text: string
  readonly lines: readonly IgnoreLine[]
  readonly comments: readonly TextRange[]
}

/** Reads a `.dockerignore` as Docker does. Never throws. */
export function parseIgnoreFile(text: string): IgnoreDoc {
  const lines: IgnoreLine[] = []
  const comments: TextRange[] = []
  let start = text.startsWith('\uFEFF') ? 1 : 0
  while (start < text.length) {
    const feed = text.indexOf('\n', start)
    const end = feed < 0 ? text.length : feed
    const line = text.slice(start, end)
    // A `#` makes a comment only as the very first character of a line.
    if (line.startsWith('#')) comments.push({ start, end: start + line.trimEnd().length })
    else if (line.trim() !== '') lines.push(readLine(text, start, end))
    start = end + 1
  }
  return { text, lines, comments }
}

function readLine(text: string, from: number, to: number): IgnoreLine {
  const line = text.slice(from, to)
  const start = from + line.length - line.trimStart().length
  const end = from + line.trimEnd().length
  const exception = text[start] === '!'
  let patternStart = start
  if (exception) {
    patternStart++
    while (patternStart < end && /\s/.test(text[patternStart]!)) patternStart++
  }
  const pattern = cleanPattern(text.slice(patternStart, end))
  return {
    range: { start, end },
    exception,
    pattern,
    patternRange: { start: patternStart, end },
    compiled: pattern === '' ? undefined : compilePattern(pattern),
  }
}

/** Go's `filepath.Clean`, and no slash in front. */
function cleanPattern(pattern: string): string {
  if (pattern === '') return ''
  const rooted = pattern.startsWith('/')
  const parts: string[] = []
  for (const part of pattern.split('/')) {
    if (part === '' || part === '.') continue
    if (part !== '..') parts.push(part)
    else if (parts.length > 0 && parts.at(-1) !== '..') parts.pop()
    else if (!rooted) parts.push('..')
  }
  const cleaned = parts.join('/')
  return cleaned === '' ? (rooted ? '/' : '.') : cleaned
}
