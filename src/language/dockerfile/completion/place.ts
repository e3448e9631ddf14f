import type { TextRange } from '../../../shared/text-range.ts'
import { isSpace } from '../characters.ts'
import { lineStartBefore } from '../lines.ts'
import { logicalAt, rangeAt } from '../logical.ts'
import type { DockerfileDoc, Instruction } from '../model.ts'

/** Where somebody types in a Dockerfile. */
export type Place =
  | { readonly kind: 'directive'; readonly typed: string; readonly range: TextRange }
  | {
      readonly kind: 'keyword'
      readonly typed: string
      readonly range: TextRange
      readonly inTrigger: boolean
    }
  | ArgumentPlace
  /** In the body of a heredoc, in a comment: nothing but variables. */
  | {
      readonly kind: 'body'
      readonly instruction: Instruction
      readonly typed: string
      readonly range: TextRange
    }

export interface ArgumentPlace {
  readonly kind: 'argument'
  /** The instruction; for one under ONBUILD the trigger. */
  readonly instruction: Instruction
  /** What is typed of the current word. */
  readonly typed: string
  readonly range: TextRange
  /** How many words are before it, flags not counted. */
  readonly index: number
  /** Flags may stand here. */
  readonly flagsAllowed: boolean
  /** What stands before the word, without flags. */
  readonly before: readonly string[]
}

export function placeAt(doc: DockerfileDoc, offset: number): Place | undefined {
  const { text, lineStarts } = doc
  const lineStart = lineStarts.findLast((start) => start <= offset) ?? 0
  const line = text.slice(lineStart, offset)
  const instruction = typedInto(doc, offset)
  if (instruction === undefined) {
    const comment = /^\s*#\s*(.*)$/s.exec(line)
    if (comment !== null)
      return directivesMayStand(doc, offset)
        ? {
            kind: 'directive',
            typed: comment[1]!,
            range: { start: offset - comment[1]!.length, end: offset },
          }
        : undefined
    const typed = line.trimStart()
    return /\s/.test(typed)
      ? undefined
      : { kind: 'keyword', typed, range: { start: offset - typed.length, end: offset }, inTrigger: false }
  }
  if (instruction.comments.some(({ range }) => range.start < offset && offset <= range.end)) return undefined
  for (const { body } of instruction.heredocs)
    if (body.start <= offset && offset <= body.end) {
      const typed = /\S*$/.exec(text.slice(Math.max(lineStart, body.start), offset))![0]
      return {
        kind: 'body',
        instruction: instruction.trigger ?? instruction,
        typed,
        range: { start: offset - typed.length, end: offset },
      }
    }
  const nested = instruction.trigger
  return nested !== undefined && offset >= nested.keywordRange.start
    ? inInstruction(nested, offset, true)
    : inInstruction(instruction, offset, false)
}

/** The instruction whose line is typed at: inside it, behind it on its last line, or on an empty line that it continues to. */
function typedInto(doc: DockerfileDoc, offset: number): Instruction | undefined {
  const found = doc.instructions.findLast(({ range }) => range.start <= offset)
  if (found === undefined) return undefined
  if (offset <= found.fullRange.end) return found
  const between = doc.text.slice(found.range.end, offset)
  const continued = doc.escape === '`' ? /^(?:[ \t]|`[ \t]*\r?\n)*$/ : /^(?:[ \t]|\\[ \t]*\r?\n)*$/
  return found.heredocs.length === 0 && between.length < 1000 && continued.test(between) ? found : undefined
}

function inInstruction(instruction: Instruction, offset: number, inTrigger: boolean): Place {
  const { logical, keywordRange } = instruction
  if (offset <= keywordRange.end)
    return {
      kind: 'keyword',
      typed: instruction.keyword.slice(0, Math.max(0, offset - keywordRange.start)),
      range: { start: keywordRange.start, end: offset },
      inTrigger,
    }
  const at = logicalAt(logical, offset)
  const from = logicalAt(logical, keywordRange.end)
  if (instruction.name === 'ONBUILD') {
    const typed = /\S*$/.exec(logical.text.slice(from, at))![0]
    return { kind: 'keyword', typed, range: { start: offset - typed.length, end: offset }, inTrigger: true }
  }
  let start = at
  while (start > from && !isSpace(logical.text[start - 1]!)) start--
  const words = logical.text
    .slice(from, start)
    .split(/\s+/)
    .filter((word) => word !== '')
  const flags = words.findIndex((word) => !word.startsWith('--'))
  const before = flags < 0 ? [] : words.slice(flags)
  const typed = logical.text.slice(start, at)
  return {
    kind: 'argument',
    instruction,
    typed,
    range:
      typed === ''
        ? { start: offset, end: offset }
        : { start: rangeAt(logical, start, at).start, end: offset },
    index: before.length,
    flagsAllowed: before.length === 0,
    before,
  }
}

/** Above the place there is nothing but directives. */
function directivesMayStand(
  { text, instructions, comments, directives }: DockerfileDoc,
  offset: number,
): boolean {
  const first = Math.min(instructions[0]?.range.start ?? Infinity, comments[0]?.range.start ?? Infinity)
  const start = lineStartBefore(text, offset)
  if (first < start) return false
  const head = text.slice(0, start)
  return head.trim() === '' ? head === '' : directives.some(({ range }) => range.start < offset)
}
