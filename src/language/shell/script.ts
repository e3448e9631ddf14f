import type { TextRange } from '../../shared/text-range.ts'
import type { DockerfileDoc, Instruction, Piece } from '../dockerfile/model.ts'
import { roughText, simpleCommands, staticText } from './commands.ts'
import { parseShell } from './parse.ts'
import type { Script, ShellProblem, SimpleCommand, Span, Word } from './syntax.ts'

/** The shell code of an instruction, with the way back to the document. */
export interface ShellScript {
  /** Continuations and Dockerfile comments taken out; heredocs follow the line that opens them. */
  readonly text: string
  /** How the pieces of `text` lie in the document; `at` counts in `text`. */
  readonly pieces: readonly Piece[]
  readonly script: Script
  readonly problems: readonly ShellProblem[]
  readonly comments: readonly Span[]
  /** Every simple command with a name, in the order of the text. */
  readonly commands: readonly ShellCommand[]
  /** The script is a heredoc that begins with `#!`. */
  readonly shebang: string | undefined
}

/** A simple command as its rules see it. */
export interface ShellCommand {
  readonly node: SimpleCommand
  /** The first word, or empty where only the run knows it. */
  readonly name: string
  readonly args: readonly ShellArgument[]
}

export interface ShellArgument {
  /** Quotes resolved; an expansion is written as `${NAME}`. */
  readonly text: string
  /** Whether `text` is all there is to it. */
  readonly known: boolean
  readonly word: Word
}

/** The index of the piece that holds an offset; of two that meet there the first one, if it is an end. */
function pieceAt(pieces: readonly Piece[], offset: number, isEnd: boolean): number {
  let low = 0
  let high = pieces.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    const { at } = pieces[middle]!
    if (isEnd ? at < offset : at <= offset) low = middle
    else high = middle - 1
  }
  return low
}

/** The place in the document of an offset in the script. Of the end of a piece: the end there, not the start of the next. */
export function documentOffset(pieces: readonly Piece[], offset: number, isEnd: boolean): number {
  const piece = pieces[pieceAt(pieces, offset, isEnd)]
  return piece ? piece.start + Math.min(offset - piece.at, piece.length) : 0
}

/** The place of a part of the script in the document. */
export function documentRange(script: { readonly pieces: readonly Piece[] }, span: Span): TextRange {
  const start = documentOffset(script.pieces, span.start, false)
  return { start, end: span.end > span.start ? documentOffset(script.pieces, span.end, true) : start }
}

/** The shell code of a RUN (or a shell-form CMD, ENTRYPOINT, HEALTHCHECK); undefined for the exec form. */
export function shellScriptOf(doc: DockerfileDoc, instruction: Instruction): ShellScript | undefined {
  if (instruction.command?.form !== 'shell') return undefined
  let script = scripts.get(instruction)
  if (!script) scripts.set(instruction, (script = readScriptOf(doc, instruction)))
  return script
}

/** An instruction is the same object in all versions of a text in which it and what is above are the same. */
const scripts = new WeakMap<Instruction, ShellScript>()

function readScriptOf(doc: DockerfileDoc, instruction: Instruction): ShellScript {
  const source = sourceOf(doc, instruction)
  const shebang = source.bodyOnly ? /^#!([^\r\n]*)/.exec(source.text)?.[1]?.trim() : undefined
  return { ...parsedShell(source.text), text: source.text, pieces: source.pieces, shebang }
}

type Parsed = Pick<ShellScript, 'script' | 'problems' | 'comments' | 'commands'>

// An edit changes one script of a file; the trees of the others are still good. Two generations bound the memory.
const generationSize = 1_000_000
let young = new Map<string, Parsed>()
let old = new Map<string, Parsed>()
let youngSize = 0

/** The parse of shell code; that of one text is the same object. */
export function parsedShell(text: string): Parsed {
  const known = young.get(text) ?? old.get(text)
  const parsed = known ?? parse(text)
  if (!young.has(text)) {
    if (youngSize + text.length > generationSize) {
      old = young
      young = new Map()
      youngSize = 0
    }
    young.set(text, parsed)
    youngSize += text.length
  }
  return parsed
}

function parse(text: string): Parsed {
  const { script, problems, comments } = parseShell(text)
  const commands: ShellCommand[] = []
  for (const node of simpleCommands(script)) {
    const [first, ...rest] = node.words
    if (first) commands.push({ node, name: staticText(first) ?? '', args: rest.map(argumentOf) })
  }
  return { script, problems, comments, commands }
}

function argumentOf(word: Word): ShellArgument {
  const text = staticText(word)
  return { text: text ?? roughText(word), known: text !== undefined, word }
}

interface Source {
  readonly text: string
  readonly pieces: readonly Piece[]
  readonly bodyOnly: boolean
}

/** The text that the shell gets, and where it comes from. */
function sourceOf(doc: DockerfileDoc, instruction: Instruction): Source {
  const command = instruction.command!
  const { heredocs } = instruction
  const first = heredocs[0]
  if (first && heredocs.length === 1 && isOnlyHeredoc(command.range, first.range)) {
    const { start, end } = first.body
    return {
      text: doc.text.slice(start, end),
      pieces: [{ at: 0, start, length: end - start }],
      bodyOnly: true,
    }
  }
  const pieces: Piece[] = cutPieces(instruction.logical.pieces, command.at, command.at + command.text.length)
  let text = command.text
  for (const heredoc of heredocs) {
    if (!text.endsWith('\n')) text += '\n'
    const end = heredoc.end?.end ?? heredoc.body.end
    const { start } = heredoc.body
    pieces.push({ at: text.length, start, length: end - start })
    text += doc.text.slice(start, end)
  }
  return { text, pieces, bodyOnly: false }
}

const isOnlyHeredoc = (command: TextRange, heredoc: TextRange): boolean =>
  command.start === heredoc.start && command.end === heredoc.end

/** The pieces of `[from, to)` of a logical text, counted from `from`. */
export function cutPieces(pieces: readonly Piece[], from: number, to: number): Piece[] {
  const result: Piece[] = []
  for (let index = pieceAt(pieces, from, false); index < pieces.length; index++) {
    const piece = pieces[index]!
    if (piece.at >= to) break
    const start = Math.max(piece.at, from)
    const end = Math.min(piece.at + piece.length, to)
    if (start < end)
      result.push({ at: start - from, start: piece.start + start - piece.at, length: end - start })
  }
  return result
}
