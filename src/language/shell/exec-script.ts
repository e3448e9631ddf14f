import { shellArgument } from '../dockerfile/instruction.ts'
import type { Instruction, Piece, Word } from '../dockerfile/model.ts'
import { cutPieces, parsedShell, type ShellScript } from './script.ts'

/** What the exec form of an instruction runs, read as shell code. */
export interface ExecScript extends ShellScript {
  /** The JSON strings are the words of one command, or one of them is what `sh -c` runs. */
  readonly kind: 'words' | 'script'
}

const scripts = new WeakMap<Instruction, ExecScript>()

/** The command of a RUN in exec form: no shell reads it, so what a shell would replace stands in quotes; undefined for the shell form. */
export function execScriptOf(instruction: Instruction): ExecScript | undefined {
  const { command } = instruction
  if (command?.form !== 'exec' || command.items.length === 0) return undefined
  let script = scripts.get(instruction)
  if (!script) scripts.set(instruction, (script = readExecScript(instruction, command.items)))
  return script
}

function readExecScript(instruction: Instruction, items: readonly Word[]): ExecScript {
  const argument = shellArgument(items)
  const { text, pieces } = argument ? inside(instruction, argument) : joined(instruction, items)
  return { ...parsedShell(text), text, pieces, shebang: undefined, kind: argument ? 'script' : 'words' }
}

interface Text {
  readonly text: string
  readonly pieces: readonly Piece[]
}

function joined(instruction: Instruction, items: readonly Word[]): Text {
  let text = ''
  const pieces: Piece[] = []
  for (const item of items) {
    const written = instruction.logical.text.slice(item.at + 1, item.end - 1)
    // `A=b` in front would set a variable.
    const plain = (text === '' ? /^[\w./:@%+,^-]+$/ : /^[\w./:=@%+,^-]+$/).test(item.text)
    if (text !== '') text += ' '
    const at = text.length
    text += plain ? item.text : `'${item.text.replaceAll("'", "'\\''")}'`
    const isSame = written === item.text && !item.text.includes("'")
    if (plain && isSame)
      pieces.push(...shifted(at, cutPieces(instruction.logical.pieces, item.at + 1, item.end - 1)))
    // The quotes of the one stand for those of the other.
    else if (isSame) pieces.push(...shifted(at, cutPieces(instruction.logical.pieces, item.at, item.end)))
    else pieces.push({ at, start: item.range.start, length: item.range.end - item.range.start })
  }
  return { text, pieces }
}

/** What stands in one JSON string. */
function inside(instruction: Instruction, { at, end }: Word): Text {
  const { text: source, pieces: places } = instruction.logical
  let text = ''
  const pieces: Piece[] = []
  for (const { 0: written, index } of source
    .slice(at + 1, end - 1)
    .matchAll(/\\u[\da-f]{4}|\\[^u]|[^\\]+/gi)) {
    const start = at + 1 + index
    // Of an escape its last character, so that its end is the end.
    const from = written.startsWith('\\') ? start + written.length - 1 : start
    pieces.push(...shifted(text.length, cutPieces(places, from, start + written.length)))
    text += JSON.parse(`"${written}"`) as string
  }
  return { text, pieces }
}

const shifted = (at: number, pieces: readonly Piece[]): Piece[] =>
  pieces.map((piece) => ({ ...piece, at: piece.at + at }))
