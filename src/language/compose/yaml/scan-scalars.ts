import { t } from '../../../shared/l10n.ts'
import {
  afterBreak,
  breakText,
  codeAt,
  isBlank,
  isBreak,
  isBreakOrEnd,
  isBlankOrEnd,
  isDocumentMarker,
  isEnd,
  lineEnd,
  runEnd,
} from './characters.ts'

/** Where reading goes on and what was read. */
export interface Scanned {
  readonly value: string
  /** The end of the token. */
  readonly end: number
  /** Where scanning goes on: behind the blanks and breaks that were looked at. */
  readonly next: number
  /** The start of the line on which `next` lies. */
  readonly lineStart: number
  /** True if a line break was crossed behind the token: a new key may start. */
  readonly crossedLine: boolean
}

/** Why reading stopped. */
export interface ScanFault {
  readonly fault: string
  readonly at: number
}

/** Line breaks inside a scalar: the first one folds to a space unless more follow. */
function folded(first: string, rest: string): string {
  if (first === '\n') return rest === '' ? ' ' : rest
  return first + rest
}

/** Of a scalar without quotes, what surely goes on with it. */
const plain = /[^ \t\n\r\x85\u2028\u2029:,?[\]{}]*/y

/** A scalar without quotes. `indent` is the least column of its further lines, `flow` whether brackets are open. */
export function scanPlain(
  text: string,
  start: number,
  startOfLine: number,
  indent: number,
  flow: boolean,
): Scanned | ScanFault {
  let lineStart = startOfLine
  let offset = start
  let end = start
  let blanks = ''
  let crossed = false
  let firstBreak = ''
  let moreBreaks = ''
  let value = ''
  for (;;) {
    if (isDocumentMarker(text, offset, offset - lineStart) || codeAt(text, offset) === 0x23) break
    const from = offset
    for (
      offset = runEnd(plain, text, offset);
      !isBlankOrEnd(text, offset);
      offset = runEnd(plain, text, offset + 1)
    ) {
      const code = text.charCodeAt(offset)
      if (code === 0x3a && isBlankOrEnd(text, offset + 1)) break
      if (flow && isFlowSign(code)) break
    }
    if (offset > from) {
      value += (crossed ? folded(firstBreak, moreBreaks) : blanks) + text.slice(from, offset)
      crossed = false
      blanks = ''
      firstBreak = ''
      moreBreaks = ''
      end = offset
    }
    if (isEnd(text, offset) || !(isBlank(text, offset) || isBreak(text, offset))) break
    while (isBlank(text, offset) || isBreak(text, offset)) {
      if (isBlank(text, offset)) {
        if (crossed && offset - lineStart < indent && codeAt(text, offset) === 0x09)
          return { fault: t('A tab cannot be used for indentation.'), at: offset }
        if (!crossed) blanks += text[offset]
        offset++
      } else {
        if (crossed) moreBreaks += breakText(text, offset)
        else {
          blanks = ''
          firstBreak = breakText(text, offset)
          crossed = true
        }
        offset = afterBreak(text, offset)
        lineStart = offset
      }
    }
    if (!flow && offset - lineStart < indent) break
  }
  return { value, end, next: offset, lineStart, crossedLine: crossed }
}

function isFlowSign(code: number): boolean {
  // , ? [ ] { }
  return code === 0x2c || code === 0x3f || code === 0x5b || code === 0x5d || code === 0x7b || code === 0x7d
}

const escapes: ReadonlyMap<string, string> = new Map([
  ['0', '\0'],
  ['a', '\x07'],
  ['b', '\b'],
  ['t', '\t'],
  ['\t', '\t'],
  ['n', '\n'],
  ['v', '\v'],
  ['f', '\f'],
  ['r', '\r'],
  ['e', '\x1b'],
  [' ', ' '],
  ['"', '"'],
  ["'", "'"],
  ['\\', '\\'],
  ['N', '\x85'],
  ['_', '\xa0'],
  ['L', '\u2028'],
  ['P', '\u2029'],
])

const hexLength: ReadonlyMap<string, number> = new Map([
  ['x', 2],
  ['u', 4],
  ['U', 8],
])

function scanEscape(text: string, offset: number): { value: string; end: number } | ScanFault {
  const letter = text[offset + 1] ?? ''
  const known = escapes.get(letter)
  if (known !== undefined) return { value: known, end: offset + 2 }
  const length = hexLength.get(letter)
  if (length === undefined)
    return { fault: t('`{0}` is no escape sequence; double the backslash.', `\\${letter}`), at: offset }
  const digits = text.slice(offset + 2, offset + 2 + length)
  if (digits.length < length || !/^[0-9a-fA-F]+$/.test(digits))
    return { fault: t('`{0}` needs {1} hexadecimal digits.', `\\${letter}`, length), at: offset }
  const code = parseInt(digits, 16)
  if ((code >= 0xd800 && code <= 0xdfff) || code > 0x10ffff)
    return { fault: t('`{0}` is no character.', `\\${letter}${digits}`), at: offset }
  return { value: String.fromCodePoint(code), end: offset + 2 + length }
}

/** Of a scalar in quotes, what surely goes on with it. */
const quoted = /[^ \t\n\r\x85\u2028\u2029'"\\]*/y

/** A scalar in quotes, from its opening quote on. */
export function scanQuoted(text: string, start: number, startOfLine: number): Scanned | ScanFault {
  const quote = text.charCodeAt(start)
  const single = quote === 0x27
  let lineStart = startOfLine
  let offset = start + 1
  const parts: string[] = []
  for (;;) {
    if (isDocumentMarker(text, offset, offset - lineStart))
      return { fault: t('The quote is not closed before the document ends.'), at: start }
    if (isEnd(text, offset)) return { fault: t('The quote is never closed.'), at: start }
    let crossed = false
    let firstBreak = ''
    let from = offset
    offset = runEnd(quoted, text, offset)
    while (!isBlankOrEnd(text, offset)) {
      const code = text.charCodeAt(offset)
      if (single && code === 0x27 && codeAt(text, offset + 1) === 0x27) {
        parts.push(text.slice(from, offset + 1))
        offset += 2
        from = offset
      } else if (code === quote) break
      else if (!single && code === 0x5c) {
        parts.push(text.slice(from, offset))
        if (isBreak(text, offset + 1)) {
          offset = afterBreak(text, offset + 1)
          lineStart = offset
          from = offset
          crossed = true
          break
        }
        const escape = scanEscape(text, offset)
        if ('fault' in escape) return escape
        parts.push(escape.value)
        offset = escape.end
        from = offset
      } else offset++
      offset = runEnd(quoted, text, offset)
    }
    parts.push(text.slice(from, offset))
    if (codeAt(text, offset) === quote && !isEnd(text, offset)) break
    let blanks = ''
    let moreBreaks = ''
    while (isBlank(text, offset) || isBreak(text, offset)) {
      if (isBlank(text, offset)) {
        if (!crossed) blanks += text[offset]
        offset++
      } else {
        if (crossed) moreBreaks += breakText(text, offset)
        else {
          blanks = ''
          firstBreak = breakText(text, offset)
          crossed = true
        }
        offset = afterBreak(text, offset)
        lineStart = offset
      }
    }
    if (!crossed) parts.push(blanks)
    else if (firstBreak === '') parts.push(moreBreaks)
    else parts.push(folded(firstBreak, moreBreaks))
  }
  return { value: parts.join(''), end: offset + 1, next: offset + 1, lineStart, crossedLine: false }
}

interface BlockHeader {
  readonly chomping: number
  readonly increment: number
  readonly end: number
}

function scanBlockHeader(text: string, start: number): BlockHeader | ScanFault {
  let offset = start
  let chomping = 0
  let increment = 0
  for (let part = 0; part < 2; part++) {
    const sign = text[offset] ?? ''
    if (chomping === 0 && (sign === '+' || sign === '-')) {
      chomping = sign === '+' ? 1 : -1
      offset++
    } else if (increment === 0 && sign >= '0' && sign <= '9') {
      if (sign === '0') return { fault: t('An indentation of 0 is not allowed here.'), at: offset }
      increment = Number(sign)
      offset++
    }
  }
  while (isBlank(text, offset)) offset++
  if (codeAt(text, offset) === 0x23) while (!isBreakOrEnd(text, offset)) offset++
  if (!isBreakOrEnd(text, offset))
    return { fault: t('Only a comment may follow `|` or `>` on its line.'), at: offset }
  return { chomping, increment, end: offset }
}

/** A block scalar, from its `|` or `>` on. `parentIndent` is the column of the block around it, -1 for none. */
export function scanBlock(
  text: string,
  start: number,
  startOfLine: number,
  parentIndent: number,
): Scanned | ScanFault {
  const literal = text.charCodeAt(start) === 0x7c
  const header = scanBlockHeader(text, start + 1)
  if ('fault' in header) return header
  let offset = header.end
  let lineStart = startOfLine
  if (!isEnd(text, offset)) lineStart = offset = afterBreak(text, offset)
  let end = header.end
  let indent = header.increment === 0 ? 0 : Math.max(parentIndent, 0) + header.increment
  const parts: string[] = []
  let leadingBreak = ''
  let trailingBreaks = ''
  let leadingBlank = false

  /** Eats indentation and empty lines; false at a tab that stands for indentation. */
  const eatBreaks = (): boolean => {
    let widest = 0
    for (;;) {
      while ((indent === 0 || offset - lineStart < indent) && codeAt(text, offset) === 0x20) offset++
      widest = Math.max(widest, offset - lineStart)
      if ((indent === 0 || offset - lineStart < indent) && codeAt(text, offset) === 0x09) return false
      if (isEnd(text, offset) || !isBreak(text, offset)) break
      trailingBreaks += breakText(text, offset)
      offset = afterBreak(text, offset)
      lineStart = offset
    }
    if (indent === 0) indent = Math.max(widest, parentIndent + 1, 1)
    return true
  }

  const tab = (): ScanFault => ({ fault: t('A tab cannot be used for indentation.'), at: offset })
  if (!eatBreaks()) return tab()
  while (offset - lineStart === indent && !isEnd(text, offset)) {
    const trailingBlank = isBlank(text, offset)
    if (!literal && !leadingBlank && !trailingBlank && leadingBreak === '\n') {
      if (trailingBreaks === '') parts.push(' ')
    } else parts.push(leadingBreak)
    parts.push(trailingBreaks)
    trailingBreaks = ''
    leadingBlank = isBlank(text, offset)
    const from = offset
    offset = lineEnd(text, offset)
    parts.push(text.slice(from, offset))
    end = offset
    leadingBreak = ''
    if (!isEnd(text, offset)) {
      leadingBreak = breakText(text, offset)
      offset = afterBreak(text, offset)
      lineStart = offset
    }
    if (!eatBreaks()) return tab()
  }
  if (header.chomping !== -1) parts.push(leadingBreak)
  if (header.chomping === 1) parts.push(trailingBreaks)
  return { value: parts.join(''), end, next: offset, lineStart, crossedLine: true }
}
