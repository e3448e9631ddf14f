import type { Heredoc, Script, ShellProblem, ShellProblemCode, Span } from './syntax.ts'

/** A heredoc whose body has not been reached yet. */
export interface PendingHeredoc {
  readonly delimiter: string
  readonly quoted: boolean
  readonly stripTabs: boolean
  readonly found: (body: Span) => void
}

/** The state of one parse: a cursor over the text. */
export interface Reader {
  readonly text: string
  at: number
  /** Where the part that is being read ends. */
  end: number
  depth: number
  readonly problems: ShellProblem[]
  pending: PendingHeredoc[]
  readonly comments: Span[]
  /** Reads commands up to a closing word or parenthesis; given by the parser so that words can hold commands. */
  readonly script: (reader: Reader) => Script
}

/** Deeper than any script people write, and far from the end of the stack. */
const maximalDepth = 100

export const peek = (reader: Reader, ahead = 0): string =>
  reader.at + ahead < reader.end ? reader.text[reader.at + ahead]! : ''

export const startsWith = (reader: Reader, token: string): boolean =>
  reader.at + token.length <= reader.end && reader.text.startsWith(token, reader.at)

export function report(
  reader: Reader,
  code: ShellProblemCode,
  token: string,
  start: number,
  end: number,
): void {
  if (reader.problems.length < 20) reader.problems.push({ code, token, start, end })
}

/** Runs `read` one level deeper; past the limit the rest is given up. */
export function nested<T>(reader: Reader, read: () => T, otherwise: () => T): T {
  if (reader.depth >= maximalDepth) {
    report(reader, 'tooDeep', '', reader.at, Math.min(reader.at + 1, reader.end))
    reader.at = reader.end
    return otherwise()
  }
  reader.depth++
  try {
    return read()
  } finally {
    reader.depth--
  }
}

/** Skips blanks and escaped line ends. */
export function skipBlanks(reader: Reader): void {
  for (;;) {
    const character = peek(reader)
    if (character === ' ' || character === '\t' || character === '\r') reader.at++
    else if (character === '\\' && peek(reader, 1) === '\n') reader.at += 2
    else if (character === '\\' && peek(reader, 1) === '\r' && peek(reader, 2) === '\n') reader.at += 3
    else return
  }
}

/** Skips a comment at the cursor, not the line end after it. */
export function skipComment(reader: Reader): void {
  if (peek(reader) !== '#') return
  const start = reader.at
  const lineEnd = reader.text.indexOf('\n', start)
  reader.at = lineEnd < 0 || lineEnd > reader.end ? reader.end : lineEnd
  reader.comments.push({ start, end: reader.at })
}

/** Takes the line end at the cursor and the bodies of the heredocs that were opened on the line. */
export function takeLineEnd(reader: Reader): void {
  reader.at++
  const pending = reader.pending
  if (pending.length === 0) return
  reader.pending = []
  for (const heredoc of pending) {
    const start = reader.at
    let lineStart = start
    for (;;) {
      if (lineStart >= reader.end) {
        reader.at = reader.end
        heredoc.found({ start, end: reader.end })
        break
      }
      const next = reader.text.indexOf('\n', lineStart)
      const lineEnd = next < 0 || next > reader.end ? reader.end : next
      let line = reader.text.slice(lineStart, lineEnd)
      if (heredoc.stripTabs) line = line.replace(/^\t+/, '')
      if (line === heredoc.delimiter || line === `${heredoc.delimiter}\r`) {
        heredoc.found({ start, end: lineStart })
        reader.at = Math.min(lineEnd + 1, reader.end)
        break
      }
      lineStart = lineEnd + 1
    }
  }
}

/** Blanks, comments, line ends and their heredocs. */
export function skipLines(reader: Reader): void {
  for (;;) {
    skipBlanks(reader)
    if (peek(reader) === '#') skipComment(reader)
    if (peek(reader) !== '\n') return
    takeLineEnd(reader)
  }
}

export function pendHeredoc(reader: Reader, heredoc: Heredoc, found: (body: Span) => void): void {
  reader.pending.push({ ...heredoc, found })
}
