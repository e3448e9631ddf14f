import { peek, type Reader, report, skipBlanks, skipLines, startsWith } from './reader.ts'
import type { CaseCommand, Command, IfCommand, Redirect, Script, Word } from './syntax.ts'
import { arithmeticEnd, isMeta, readWord } from './word.ts'

/** What the parser of compound commands needs of the parser of simple ones. */
export interface Grammar {
  readonly readScript: (reader: Reader) => Script
  readonly readRedirects: (reader: Reader) => Redirect[]
  readonly readCommand: (reader: Reader) => Command | undefined
  readonly reservedAt: (reader: Reader, words: readonly string[]) => string | undefined
}

const openers = ['if', 'while', 'until', 'for', 'select', 'case', 'function', '{', '[[']

/** The compound command at the cursor, or undefined where a simple one begins. */
export function parseCompound(reader: Reader, grammar: Grammar): Command | undefined {
  const start = reader.at
  const first = peek(reader)
  if (first === '(') {
    if (peek(reader, 1) === '(') {
      const close = arithmeticEnd(reader, start + 2)
      if (close >= 0) {
        reader.at = close + 2
        return {
          kind: 'arithmetic',
          words: [],
          redirects: grammar.readRedirects(reader),
          start,
          end: reader.at,
        }
      }
    }
    reader.at++
    const body = grammar.readScript(reader)
    close(reader, ')', '(', start)
    return { kind: 'subshell', body, redirects: grammar.readRedirects(reader), start, end: reader.at }
  }
  const opener = 'iwufsc{['.includes(first) && first !== '' ? grammar.reservedAt(reader, openers) : undefined
  switch (opener) {
    case undefined:
      return parseNamedFunction(reader, grammar)
    case '{': {
      reader.at++
      const body = grammar.readScript(reader)
      close(reader, '}', '{', start)
      return { kind: 'group', body, redirects: grammar.readRedirects(reader), start, end: reader.at }
    }
    case 'if':
      return parseIf(reader, grammar)
    case 'while':
    case 'until': {
      reader.at += 5
      const condition = grammar.readScript(reader)
      const body = parseDo(reader, grammar, opener, start)
      return {
        kind: opener,
        condition,
        body,
        redirects: grammar.readRedirects(reader),
        start,
        end: reader.at,
      }
    }
    case 'for':
    case 'select':
      return parseFor(reader, grammar, opener)
    case 'case':
      return parseCase(reader, grammar)
    case '[[':
      return parseTest(reader, grammar)
    default:
      reader.at += 'function'.length
      skipBlanks(reader)
      return parseFunctionBody(reader, grammar, start, textOf(reader, readWord(reader)))
  }
}

const textOf = (reader: Reader, word: Word): string => reader.text.slice(word.start, word.end)

/** Takes the closing token, or says that `opener` is left open. */
function close(reader: Reader, token: string, opener: string, start: number): boolean {
  skipLines(reader)
  // `fi` closes, `find` does not.
  if (startsWith(reader, token) && (token === ')' || isMeta(peek(reader, token.length)))) {
    reader.at += token.length
    return true
  }
  report(reader, 'unclosedCompound', opener, start, Math.min(start + opener.length, reader.end))
  return false
}

const functionStart = /[\w.:-]+[ \t]*\([ \t]*\)/y

function parseNamedFunction(reader: Reader, grammar: Grammar): Command | undefined {
  functionStart.lastIndex = reader.at
  const match = functionStart.exec(reader.text)
  if (!match || functionStart.lastIndex > reader.end) return undefined
  const start = reader.at
  reader.at += /^[\w.:-]+/.exec(match[0])![0].length
  return parseFunctionBody(reader, grammar, start, reader.text.slice(start, reader.at))
}

function parseFunctionBody(reader: Reader, grammar: Grammar, start: number, name: string): Command {
  skipBlanks(reader)
  if (peek(reader) === '(') {
    reader.at++
    skipBlanks(reader)
    if (peek(reader) === ')') reader.at++
  }
  skipLines(reader)
  const bodyStart = reader.at
  const command = grammar.readCommand(reader)
  const pipeline = {
    negated: false,
    commands: command ? [command] : [],
    pipes: [],
    start: bodyStart,
    end: reader.at,
  }
  const chain = {
    pipelines: [pipeline],
    joins: [],
    terminator: '',
    start: bodyStart,
    end: reader.at,
  } as const
  const body: Script = { chains: command ? [chain] : [], start: bodyStart, end: reader.at }
  return { kind: 'function', name, body, redirects: [], start, end: reader.at }
}

function parseIf(reader: Reader, grammar: Grammar): Command {
  const start = reader.at
  const branches: IfCommand['branches'][number][] = []
  let otherwise: Script | undefined
  reader.at += 2
  for (;;) {
    const condition = grammar.readScript(reader)
    if (!close(reader, 'then', 'if', start))
      return { kind: 'if', branches, redirects: [], start, end: reader.at }
    branches.push({ condition, body: grammar.readScript(reader) })
    if (grammar.reservedAt(reader, ['elif']) === undefined) break
    reader.at += 4
  }
  if (grammar.reservedAt(reader, ['else']) !== undefined) {
    reader.at += 4
    otherwise = grammar.readScript(reader)
  }
  close(reader, 'fi', 'if', start)
  const rest = { branches, redirects: grammar.readRedirects(reader), start, end: reader.at }
  return otherwise ? { kind: 'if', otherwise, ...rest } : { kind: 'if', ...rest }
}

function parseDo(reader: Reader, grammar: Grammar, opener: string, start: number): Script {
  if (!close(reader, 'do', opener, start)) return { chains: [], start: reader.at, end: reader.at }
  const body = grammar.readScript(reader)
  close(reader, 'done', opener, start)
  return body
}

function parseFor(reader: Reader, grammar: Grammar, kind: 'for' | 'select'): Command {
  const start = reader.at
  reader.at += kind.length
  skipBlanks(reader)
  let variable = ''
  let words: Word[] | undefined
  if (startsWith(reader, '((')) {
    // Semicolons separate the three expressions here.
    const end = arithmeticEnd(reader, reader.at + 2, true)
    reader.at = end < 0 ? reader.end : end + 2
  } else variable = textOf(reader, readWord(reader))
  skipLines(reader)
  if (grammar.reservedAt(reader, ['in']) !== undefined) {
    reader.at += 2
    words = []
    for (;;) {
      skipBlanks(reader)
      const word = readWord(reader)
      if (word.end === word.start) break
      words.push(word)
    }
  }
  skipBlanks(reader)
  if (peek(reader) === ';') reader.at++
  skipLines(reader)
  const braces = peek(reader) === '{'
  let body: Script
  if (braces) {
    const braceStart = reader.at++
    body = grammar.readScript(reader)
    close(reader, '}', '{', braceStart)
  } else body = parseDo(reader, grammar, kind, start)
  const rest = { variable, body, redirects: grammar.readRedirects(reader), start, end: reader.at }
  return words ? { kind, words, ...rest } : { kind, ...rest }
}

function parseCase(reader: Reader, grammar: Grammar): Command {
  const start = reader.at
  reader.at += 4
  skipBlanks(reader)
  const word = readWord(reader)
  const items: CaseCommand['items'][number][] = []
  skipLines(reader)
  if (grammar.reservedAt(reader, ['in']) !== undefined) {
    reader.at += 2
    for (;;) {
      skipLines(reader)
      if (peek(reader) === '' || grammar.reservedAt(reader, ['esac']) !== undefined) break
      const item = readCaseItem(reader, grammar)
      if (!item) break
      items.push(item)
    }
  }
  close(reader, 'esac', 'case', start)
  return { kind: 'case', word, items, redirects: grammar.readRedirects(reader), start, end: reader.at }
}

function readCaseItem(reader: Reader, grammar: Grammar): CaseCommand['items'][number] | undefined {
  const patterns: Word[] = []
  if (peek(reader) === '(') reader.at++
  for (;;) {
    skipBlanks(reader)
    const pattern = readWord(reader)
    if (pattern.end === pattern.start) return undefined
    patterns.push(pattern)
    skipBlanks(reader)
    if (peek(reader) !== '|') break
    reader.at++
  }
  if (peek(reader) !== ')') return undefined
  reader.at++
  const body = grammar.readScript(reader)
  for (const token of [';;&', ';;', ';&'])
    if (startsWith(reader, token)) {
      reader.at += token.length
      break
    }
  return { patterns, body }
}

function parseTest(reader: Reader, grammar: Grammar): Command {
  const start = reader.at
  reader.at += 2
  const words: Word[] = []
  let pattern = false
  for (;;) {
    skipLines(reader)
    if (peek(reader) === '' || grammar.reservedAt(reader, [']]']) !== undefined) break
    let word = readWord(reader, pattern ? { pattern: true } : {})
    if (word.end === word.start) {
      reader.at += startsWith(reader, '&&') || startsWith(reader, '||') ? 2 : 1
      const value = reader.text.slice(word.start, reader.at)
      word = {
        parts: [{ kind: 'literal', value, quote: 'none', start: word.start, end: reader.at }],
        start: word.start,
        end: reader.at,
      }
    }
    pattern = textOf(reader, word) === '=~'
    words.push(word)
  }
  close(reader, ']]', '[[', start)
  return { kind: 'test', words, redirects: grammar.readRedirects(reader), start, end: reader.at }
}
