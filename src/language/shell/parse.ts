import { parseCompound } from './compound.ts'
import {
  nested,
  peek,
  pendHeredoc,
  type Reader,
  report,
  skipBlanks,
  skipComment,
  skipLines,
  startsWith,
  takeLineEnd,
} from './reader.ts'
import type {
  Assignment,
  Chain,
  Command,
  Heredoc,
  Pipeline,
  Redirect,
  Script,
  ShellProblem,
  SimpleCommand,
  Span,
  Word,
} from './syntax.ts'
import { isMeta, readWord } from './word.ts'

export interface ParsedShell {
  readonly script: Script
  readonly problems: readonly ShellProblem[]
  readonly comments: readonly Span[]
}

/** Parses a POSIX or bash script. Linear in its length, and never throws: what cannot be read is a problem. */
export function parseShell(text: string): ParsedShell {
  const reader: Reader = {
    text,
    at: 0,
    end: text.length,
    depth: 0,
    problems: [],
    pending: [],
    comments: [],
    script: readScript,
  }
  const chains: Chain[] = []
  while (reader.at < reader.end) {
    for (const chain of readScript(reader).chains) chains.push(chain)
    if (reader.at >= reader.end) break
    // What stopped the script closes nothing here.
    const token = reservedAt(reader, reserved) ?? (startsWith(reader, ';;') ? ';;' : peek(reader))
    report(reader, 'unexpectedToken', token, reader.at, reader.at + token.length)
    reader.at += token.length
  }
  return {
    script: { chains, start: 0, end: text.length },
    problems: reader.problems,
    comments: reader.comments,
  }
}

/** Words that close a compound command where a command could begin. */
const reserved = ['then', 'else', 'elif', 'fi', 'do', 'done', 'esac', '}']

/** The reserved word that begins at the cursor, if one does. */
export function reservedAt(reader: Reader, words: readonly string[]): string | undefined {
  return words.find((word) => startsWith(reader, word) && isMeta(peek(reader, word.length)))
}

function readScript(reader: Reader): Script {
  const start = reader.at
  const chains: Chain[] = []
  for (;;) {
    skipLines(reader)
    if (peek(reader) === '' || peek(reader) === ')' || startsWith(reader, ';;') || startsWith(reader, ';&'))
      break
    if (reservedAt(reader, reserved) !== undefined) break
    const before = reader.at
    const chain = readChain(reader)
    if (chain.pipelines.length > 0) chains.push(chain)
    if (reader.at === before) {
      report(reader, 'unexpectedToken', peek(reader), before, before + 1)
      reader.at++
    }
  }
  return { chains, start, end: reader.at }
}

function readChain(reader: Reader): Chain {
  const start = reader.at
  const pipelines: Pipeline[] = []
  const joins: ('&&' | '||')[] = []
  for (;;) {
    const pipeline = readPipeline(reader)
    if (pipeline.commands.length > 0) pipelines.push(pipeline)
    skipBlanks(reader)
    const join = startsWith(reader, '&&') ? '&&' : startsWith(reader, '||') ? '||' : undefined
    if (!join) break
    if (pipeline.commands.length === 0) report(reader, 'missingCommand', join, reader.at, reader.at + 2)
    const at = reader.at
    reader.at += 2
    skipLines(reader)
    if (peek(reader) === '' || peek(reader) === ')') {
      report(reader, 'missingCommand', join, at, at + 2)
      break
    }
    if (pipeline.commands.length > 0) joins.push(join)
  }
  const end = reader.at
  let terminator: Chain['terminator'] = ''
  const character = peek(reader)
  if (character === '#') skipComment(reader)
  else if (
    (character === ';' && !startsWith(reader, ';;') && !startsWith(reader, ';&')) ||
    character === '&'
  ) {
    if (pipelines.length === 0) report(reader, 'unexpectedToken', character, reader.at, reader.at + 1)
    terminator = character
    reader.at++
  }
  if (terminator === '' && peek(reader) === '\n') {
    takeLineEnd(reader)
    terminator = '\n'
  }
  return { pipelines, joins: joins.slice(0, Math.max(0, pipelines.length - 1)), terminator, start, end }
}

function readPipeline(reader: Reader): Pipeline {
  const start = reader.at
  let negated = false
  const commands: Command[] = []
  const pipes: Span[] = []
  skipBlanks(reader)
  while (reservedAt(reader, ['!', 'time']) !== undefined) {
    if (peek(reader) === '!') negated = !negated
    reader.at += peek(reader) === '!' ? 1 : 4
    skipBlanks(reader)
    if (startsWith(reader, '-p') && isMeta(peek(reader, 2))) reader.at += 2
    skipBlanks(reader)
  }
  let end = reader.at
  for (;;) {
    skipBlanks(reader)
    const command = readCommand(reader)
    if (command) {
      commands.push(command)
      // A comment behind it is none of it.
      end = command.end
    }
    skipBlanks(reader)
    if (peek(reader) !== '|' || peek(reader, 1) === '|') break
    const pipe = { start: reader.at, end: reader.at + (peek(reader, 1) === '&' ? 2 : 1) }
    if (!command) report(reader, 'missingCommand', '|', pipe.start, pipe.end)
    reader.at = pipe.end
    skipLines(reader)
    if (peek(reader) === '' || peek(reader) === ')') {
      report(reader, 'missingCommand', '|', pipe.start, pipe.end)
      break
    }
    if (command) pipes.push(pipe)
  }
  return { negated, commands, pipes, start, end: Math.max(start, end) }
}

function readCommand(reader: Reader): Command | undefined {
  const compound = nested(
    reader,
    () => parseCompound(reader, { readScript, readRedirects, reservedAt, readCommand }),
    () => undefined,
  )
  return compound ?? readSimple(reader)
}

function readSimple(reader: Reader): SimpleCommand | undefined {
  const start = reader.at
  const assignments: Assignment[] = []
  const words: Word[] = []
  const redirects: Redirect[] = []
  let end = start
  for (;;) {
    skipBlanks(reader)
    if (peek(reader) === '#') skipComment(reader)
    const redirect = readRedirect(reader)
    if (redirect) redirects.push(redirect)
    else {
      const assignment = words.length === 0 ? readAssignment(reader) : undefined
      if (assignment) assignments.push(assignment)
      else {
        // `declare -a name=(…)`: an array as an argument.
        const word = readArrayArgument(reader) ?? readWord(reader)
        if (word.end === word.start) {
          if (!(peek(reader) === '(' && words.length > 0)) break
          // A stray parenthesis: read over it.
          report(reader, 'unexpectedToken', '(', reader.at, reader.at + 1)
          reader.at++
          continue
        }
        words.push(word)
      }
    }
    end = reader.at
  }
  reader.at = end > start ? Math.max(end, reader.at) : reader.at
  if (words.length + assignments.length + redirects.length === 0) return undefined
  return { kind: 'simple', assignments, words, redirects, start, end }
}

const assignmentStart = /[A-Za-z_]\w*(\[[^\]\s]*\])?(\+?)=/y

function readAssignment(reader: Reader): Assignment | undefined {
  assignmentStart.lastIndex = reader.at
  const match = assignmentStart.exec(reader.text)
  if (!match || assignmentStart.lastIndex > reader.end) return undefined
  const start = reader.at
  reader.at = assignmentStart.lastIndex
  const name = /^\w+/.exec(match[0])![0]
  const value = peek(reader) === '(' ? readArray(reader) : readWord(reader)
  return { name, append: match[2] === '+', value, start, end: reader.at }
}

function readArrayArgument(reader: Reader): Word | undefined {
  assignmentStart.lastIndex = reader.at
  const match = assignmentStart.exec(reader.text)
  if (!match || reader.text[assignmentStart.lastIndex] !== '(' || assignmentStart.lastIndex >= reader.end)
    return undefined
  const start = reader.at
  reader.at = assignmentStart.lastIndex
  const array = readArray(reader)
  const name = { kind: 'literal', quote: 'none', value: match[0], start, end: array.start } as const
  return { parts: [name, ...array.parts], start, end: reader.at }
}

function readArray(reader: Reader): Word {
  const start = reader.at
  const words: Word[] = []
  reader.at++
  for (;;) {
    skipLines(reader)
    const word = readWord(reader)
    if (word.end > word.start) words.push(word)
    else if (peek(reader) === '' || peek(reader) === ')') break
    else reader.at++
  }
  if (peek(reader) === ')') reader.at++
  else report(reader, 'unclosedExpansion', '(', start, start + 1)
  return { parts: [{ kind: 'array', words, start, end: reader.at }], start, end: reader.at }
}

const redirectStart = /(\d+|\{[A-Za-z_]\w*\})?(<<<|<<-|<<|<&|<>|<|>>|>&|>\||>|&>>|&>)/y

function readRedirect(reader: Reader): Redirect | undefined {
  redirectStart.lastIndex = reader.at
  const match = redirectStart.exec(reader.text)
  if (!match || redirectStart.lastIndex > reader.end) return undefined
  const operator = match[2]!
  if (operator.startsWith('&') && match[1] !== undefined) return undefined
  if ((operator === '<' || operator === '>') && reader.text[redirectStart.lastIndex] === '(') return undefined
  const start = reader.at
  reader.at = redirectStart.lastIndex
  skipBlanks(reader)
  const target = readWord(reader)
  if (target.end === target.start) report(reader, 'missingTarget', operator, start, start + match[0].length)
  const redirect = { operator, descriptor: match[1] ?? '', target, start, end: target.end }
  if (operator !== '<<' && operator !== '<<-') return redirect
  const raw = reader.text.slice(target.start, target.end)
  const heredoc: Heredoc = {
    delimiter: raw.replace(/['"\\]/g, ''),
    quoted: /['"\\]/.test(raw),
    stripTabs: operator === '<<-',
  }
  const withBody: Redirect & { heredoc: Heredoc } = { ...redirect, heredoc }
  pendHeredoc(reader, heredoc, (body) => Object.assign(withBody.heredoc, { body }))
  return withBody
}

function readRedirects(reader: Reader): Redirect[] {
  const redirects: Redirect[] = []
  for (;;) {
    const { at } = reader
    skipBlanks(reader)
    const redirect = readRedirect(reader)
    if (!redirect) {
      reader.at = at
      return redirects
    }
    redirects.push(redirect)
  }
}
