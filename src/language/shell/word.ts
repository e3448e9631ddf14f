import { collectParts, type Parts } from './parts.ts'
import { nested, peek, type Reader, report, startsWith } from './reader.ts'
import type { Script, Word, WordPart } from './syntax.ts'

const special = '@*#?-$!0123456789'

const isNameStart = (character: string): boolean => /^[A-Za-z_]$/.test(character)
const isName = (character: string): boolean => /^\w$/.test(character)

/** Ends a bare word. */
export function isMeta(character: string): boolean {
  switch (character) {
    case '':
    case ' ':
    case '\t':
    case '\r':
    case '\n':
    case ';':
    case '&':
    case '|':
    case '<':
    case '>':
    case '(':
    case ')':
      return true
    default:
      return false
  }
}

/** What ends a word besides blanks and operators. */
export interface WordEnd {
  /** Inside `${x:-…}`: up to the brace, blanks included. */
  readonly brace?: true
  /** Inside `[[ =~ … ]]`: parentheses and bars are part of the word. */
  readonly pattern?: true
}

/** Reads a word at the cursor; it is empty where none begins. */
export function readWord(reader: Reader, how: WordEnd = {}): Word {
  const start = reader.at
  const parts = collectParts('none')
  let open = 0
  for (;;) {
    const at = reader.at
    const character = peek(reader)
    if (character === '') break
    if (how.brace) {
      if (character === '}') break
    } else if (how.pattern && (character === '(' || character === '|' || character === ')')) {
      if (character === '(') open++
      if (character === ')' && open-- === 0) break
      reader.at++
      parts.add(character, at, reader.at)
      continue
    } else if (isMeta(character)) {
      if (open > 0 && character !== '\n' && character !== ')') {
        reader.at++
        parts.add(character, at, reader.at)
        continue
      }
      if (open > 0 && character === ')') {
        open--
        reader.at++
        parts.add(character, at, reader.at)
        continue
      }
      if ((character === '<' || character === '>') && peek(reader, 1) === '(' && at === start) {
        reader.at += 2
        const script = readNested(reader, ')', at, `${character}(`)
        parts.push({ kind: 'process', script, start: at, end: reader.at })
        continue
      }
      if (character === '(' && at > start && '@?*+!'.includes(reader.text[at - 1]!)) {
        open++
        reader.at++
        parts.add(character, at, reader.at)
        continue
      }
      break
    }
    if (character === '\\') readEscape(reader, parts)
    else if (character === "'") parts.push(readSingle(reader))
    else if (character === '"') parts.push(readDouble(reader))
    else if (character === '`') parts.push(readBackquoted(reader))
    else if (character === '$') {
      const part = readDollar(reader, false)
      if (part) parts.push(part)
      else parts.add('$', at, ++reader.at)
    } else {
      reader.at++
      parts.add(character, at, reader.at)
    }
  }
  return { parts: parts.flush(), start, end: reader.at }
}

function readEscape(reader: Reader, parts: Parts): void {
  const at = reader.at
  const next = peek(reader, 1)
  reader.at = Math.min(at + 2, reader.end)
  if (next === '\n') return
  if (next === '\r' && peek(reader) === '\n') reader.at++
  else parts.add(next === '' ? '\\' : next, at, reader.at)
}

function readSingle(reader: Reader): WordPart {
  const start = reader.at
  const close = reader.text.indexOf("'", start + 1)
  if (close < 0 || close >= reader.end) {
    report(reader, 'unclosedQuote', "'", start, start + 1)
    reader.at = reader.end
    return {
      kind: 'literal',
      quote: 'single',
      value: reader.text.slice(start + 1, reader.end),
      start,
      end: reader.end,
    }
  }
  reader.at = close + 1
  return {
    kind: 'literal',
    quote: 'single',
    value: reader.text.slice(start + 1, close),
    start,
    end: close + 1,
  }
}

function readAnsi(reader: Reader): WordPart {
  const start = reader.at
  let value = ''
  reader.at += 2
  for (;;) {
    const character = peek(reader)
    if (character === '') {
      report(reader, 'unclosedQuote', "$'", start, start + 2)
      break
    }
    if (character === "'") {
      reader.at++
      break
    }
    if (character === '\\') {
      value += reader.text.slice(reader.at, Math.min(reader.at + 2, reader.end))
      reader.at = Math.min(reader.at + 2, reader.end)
    } else {
      value += character
      reader.at++
    }
  }
  return { kind: 'literal', quote: 'ansi', value, start, end: reader.at }
}

function readDouble(reader: Reader): WordPart {
  const start = reader.at
  reader.at++
  const parts = collectParts('double')
  const read = (): void => {
    for (;;) {
      const at = reader.at
      const character = peek(reader)
      if (character === '') {
        report(reader, 'unclosedQuote', '"', start, start + 1)
        return
      }
      if (character === '"') {
        reader.at++
        return
      }
      if (character === '\\') {
        const next = peek(reader, 1)
        reader.at = Math.min(at + 2, reader.end)
        if (next === '\n') continue
        parts.add('$`"\\'.includes(next) ? next : `\\${next}`, at, reader.at)
      } else if (character === '`') parts.push(readBackquoted(reader))
      else if (character === '$') {
        const part = readDollar(reader, true)
        if (part) parts.push(part)
        else parts.add('$', at, ++reader.at)
      } else {
        reader.at++
        parts.add(character, at, reader.at)
      }
    }
  }
  nested(reader, read, () => undefined)
  return { kind: 'double', parts: parts.flush(), start, end: reader.at }
}

/** The commands of a `$(…)`, `<(…)`; the cursor stands after the opening, and afterwards after the closing. */
function readNested(reader: Reader, close: string, start: number, token: string): Script {
  const empty = (): Script => ({ chains: [], start: reader.at, end: reader.at })
  const script = nested(reader, () => reader.script(reader), empty)
  if (startsWith(reader, close)) reader.at += close.length
  else report(reader, 'unclosedExpansion', token, start, Math.min(start + token.length, reader.end))
  return script
}

function readBackquoted(reader: Reader): WordPart {
  const start = reader.at
  let close = start + 1
  while (close < reader.end && reader.text[close] !== '`') close += reader.text[close] === '\\' ? 2 : 1
  const { end } = reader
  if (close >= end) {
    report(reader, 'unclosedExpansion', '`', start, start + 1)
    close = end
  }
  reader.at = start + 1
  reader.end = close
  const empty = (): Script => ({ chains: [], start: reader.at, end: reader.at })
  const script = nested(reader, () => reader.script(reader), empty)
  reader.end = end
  reader.at = Math.min(close + 1, end)
  return { kind: 'command', script, backquoted: true, start, end: reader.at }
}

/** What a `$` begins, or undefined for a plain dollar sign. */
function readDollar(reader: Reader, quoted: boolean): WordPart | undefined {
  const start = reader.at
  const next = peek(reader, 1)
  if (next === '(') {
    if (peek(reader, 2) === '(') {
      const arithmetic = readArithmetic(reader)
      if (arithmetic) return arithmetic
    }
    reader.at = start + 2
    const script = readNested(reader, ')', start, '$(')
    return { kind: 'command', script, backquoted: false, start, end: reader.at }
  }
  if (next === '{') return readBraced(reader)
  if (next === "'" && !quoted) return readAnsi(reader)
  if (next === '"' && !quoted) {
    reader.at++
    const word = readDouble(reader)
    return { ...word, start }
  }
  if (isNameStart(next)) {
    let end = start + 2
    while (end < reader.end && isName(reader.text[end]!)) end++
    reader.at = end
    return parameter(start, end, reader.text.slice(start + 1, end))
  }
  if (next !== '' && special.includes(next)) {
    reader.at = start + 2
    return parameter(start, start + 2, next)
  }
  return undefined
}

function parameter(start: number, end: number, name: string): WordPart {
  return { kind: 'parameter', name, braced: false, length: false, subscript: '', operator: '', start, end }
}

const operators = [':-', ':=', ':?', ':+', '##', '%%', '//', '/#', '/%', '^^', ',,']
const shortOperators = '-=?+#%/^,:@'

function readBraced(reader: Reader): WordPart {
  const start = reader.at
  reader.at += 2
  const length =
    peek(reader) === '#' && peek(reader, 1) !== '}' && !'-=?+:%/'.includes(peek(reader, 1) || ' ')
  if (length) reader.at++
  if (peek(reader) === '!') reader.at++
  const nameStart = reader.at
  if (isNameStart(peek(reader))) while (isName(peek(reader))) reader.at++
  else if (/^\d$/.test(peek(reader))) while (/^\d$/.test(peek(reader))) reader.at++
  else if (peek(reader) !== '' && special.includes(peek(reader))) reader.at++
  const name = reader.text.slice(nameStart, reader.at)
  let subscript = ''
  if (peek(reader) === '[') {
    const close = reader.text.indexOf(']', reader.at)
    if (close >= 0 && close < reader.end) {
      subscript = reader.text.slice(reader.at, close + 1)
      reader.at = close + 1
    }
  }
  const found = operators.find((operator) => startsWith(reader, operator))
  const character = peek(reader)
  const operator = found ?? (character !== '' && shortOperators.includes(character) ? character : '')
  reader.at += operator.length
  const empty = (): Word => ({ parts: [], start: reader.at, end: reader.at })
  const word = nested(reader, () => readWord(reader, { brace: true }), empty)
  if (peek(reader) === '}') reader.at++
  else report(reader, 'unclosedExpansion', '${', start, Math.min(start + 2, reader.end))
  const part = {
    kind: 'parameter',
    name,
    braced: true,
    length,
    subscript,
    operator,
    start,
    end: reader.at,
  } as const
  return word.parts.length > 0 ? { ...part, word } : part
}

/** `$((…))`, or undefined where the parentheses close as those of commands do; the cursor is then anywhere. */
function readArithmetic(reader: Reader): WordPart | undefined {
  const start = reader.at
  const close = arithmeticEnd(reader, start + 3)
  if (close < 0) return undefined
  const { end } = reader
  reader.at = start + 3
  reader.end = close
  const parts = collectParts('none')
  const read = (): void => {
    while (reader.at < reader.end) {
      const at = reader.at
      if (peek(reader) === '$') {
        const part = readDollar(reader, true)
        if (part) {
          parts.push(part)
          continue
        }
      } else if (peek(reader) === '`') {
        parts.push(readBackquoted(reader))
        continue
      }
      reader.at = at + 1
      parts.add(reader.text[at]!, at, at + 1)
    }
  }
  nested(reader, read, () => undefined)
  reader.end = end
  reader.at = close + 2
  return { kind: 'arithmetic', parts: parts.flush(), start, end: close + 2 }
}

/** Where the `))` that closes an arithmetic expression stands, or -1; `;` may stand in that of a `for`. */
export function arithmeticEnd(reader: Reader, from: number, inFor = false): number {
  let open = 0
  for (let at = from; at < reader.end; at++) {
    const character = reader.text[at]
    if (character === '\\') at++
    else if (character === '(') open++
    else if (character === ')') {
      if (open === 0) return reader.text[at + 1] === ')' && at + 1 < reader.end ? at : -1
      open--
    } else if (character === "'" || character === '"' || (character === ';' && !inFor)) return -1
  }
  return -1
}
