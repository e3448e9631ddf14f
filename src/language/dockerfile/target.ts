import type { TextRange } from '../../shared/text-range.ts'
import { fieldsOf, type MountField } from './mount.ts'
import type {
  Comment,
  Directive,
  DockerfileDoc,
  Flag,
  Heredoc,
  Instruction,
  KeyValue,
  Stage,
  VariableRef,
  Word,
} from './model.ts'
import { stageReferences, type StageReference } from './stage-names.ts'
import { scopesOf, type Definition } from './scope.ts'

/** What stands at a place of a Dockerfile. `instruction` is the trigger where the place is in one. */
export type Target =
  | {
      readonly kind: 'directive'
      readonly directive: Directive
      readonly part: 'name' | 'value'
      readonly range: TextRange
    }
  | { readonly kind: 'comment'; readonly comment: Comment; readonly range: TextRange }
  | { readonly kind: 'keyword'; readonly instruction: Instruction; readonly range: TextRange }
  | {
      readonly kind: 'flag'
      readonly instruction: Instruction
      readonly flag: Flag
      readonly part: 'name' | 'value'
      readonly range: TextRange
    }
  | {
      readonly kind: 'field'
      readonly instruction: Instruction
      readonly flag: Flag
      readonly field: MountField
      readonly fields: readonly MountField[]
      readonly part: 'key' | 'value'
      readonly range: TextRange
    }
  | {
      readonly kind: 'variable'
      readonly instruction: Instruction
      readonly reference: VariableRef
      readonly range: TextRange
    }
  | {
      readonly kind: 'definition'
      readonly instruction: Instruction
      readonly definition: Definition
      readonly pair: KeyValue
      readonly range: TextRange
    }
  | {
      readonly kind: 'label'
      readonly instruction: Instruction
      readonly pair: KeyValue
      readonly range: TextRange
    }
  | {
      readonly kind: 'stageName'
      readonly instruction: Instruction
      readonly stage: Stage
      readonly range: TextRange
    }
  | {
      readonly kind: 'stage'
      readonly instruction: Instruction
      readonly reference: StageReference
      readonly stage: Stage
      readonly range: TextRange
    }
  | {
      readonly kind: 'image'
      readonly instruction: Instruction
      readonly reference: StageReference
      readonly range: TextRange
    }
  | {
      readonly kind: 'heredoc'
      readonly instruction: Instruction
      readonly heredoc: Heredoc
      readonly range: TextRange
    }
  | {
      readonly kind: 'word'
      readonly instruction: Instruction
      readonly word: Word
      readonly index: number
      readonly range: TextRange
    }
  | { readonly kind: 'command'; readonly instruction: Instruction; readonly range: TextRange }

const holds = ({ start, end }: TextRange, offset: number): boolean => start <= offset && offset <= end

/** The instruction whose lines hold the offset, heredocs included; the trigger of an ONBUILD where the offset is in it. */
export function instructionAt(doc: DockerfileDoc, offset: number): Instruction | undefined {
  const { instructions } = doc
  let low = 0
  let high = instructions.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (instructions[middle]!.range.start <= offset) low = middle + 1
    else high = middle
  }
  const found = instructions[low - 1]
  if (found === undefined || offset > found.fullRange.end) return undefined
  const { trigger } = found
  return trigger !== undefined && offset >= trigger.range.start ? trigger : found
}

export function targetAt(doc: DockerfileDoc, offset: number): Target | undefined {
  for (const directive of doc.directives)
    if (holds(directive.range, offset)) {
      const part = offset < directive.valueRange.start ? 'name' : 'value'
      return {
        kind: 'directive',
        directive,
        part,
        range: part === 'name' ? directive.nameRange : directive.valueRange,
      }
    }
  const instruction = instructionAt(doc, offset)
  if (instruction === undefined) return undefined
  const comment = instruction.comments.find(({ range }) => holds(range, offset))
  if (comment !== undefined) return { kind: 'comment', comment, range: comment.range }
  if (holds(instruction.keywordRange, offset))
    return { kind: 'keyword', instruction, range: instruction.keywordRange }
  return inNames(doc, instruction, offset) ?? inFlags(instruction, offset) ?? inArguments(instruction, offset)
}

function inNames(doc: DockerfileDoc, instruction: Instruction, offset: number): Target | undefined {
  // The innermost of nested substitutions is the last that starts before the offset.
  const reference = instruction.variables.findLast(({ range }) => holds(range, offset))
  if (reference !== undefined) {
    const onName = offset <= reference.nameRange.end || reference.wordRange === undefined
    const range = onName ? reference.range : reference.nameRange
    return { kind: 'variable', instruction, reference, range }
  }
  for (const heredoc of instruction.heredocs)
    for (const range of [heredoc.range, heredoc.end])
      if (range !== undefined && holds(range, offset)) return { kind: 'heredoc', instruction, heredoc, range }
  const pair = instruction.pairs.find(({ keyRange }) => holds(keyRange, offset))
  if (pair !== undefined) {
    if (instruction.name === 'LABEL') return { kind: 'label', instruction, pair, range: pair.keyRange }
    const definition = scopesOf(doc).definitions.find((each) => each.pair === pair)
    if (definition !== undefined)
      return { kind: 'definition', instruction, definition, pair, range: pair.keyRange }
  }
  const stage = doc.stages[instruction.stage]
  if (
    instruction.name === 'FROM' &&
    stage?.from === instruction &&
    stage.nameRange &&
    holds(stage.nameRange, offset)
  )
    return { kind: 'stageName', instruction, stage, range: stage.nameRange }
  if (!['FROM', 'COPY', 'RUN'].includes(instruction.name)) return undefined
  const named = stageReferences(doc).find(({ range }) => holds(range, offset))
  if (named === undefined) return undefined
  return named.stage === undefined
    ? { kind: 'image', instruction, reference: named, range: named.range }
    : { kind: 'stage', instruction, reference: named, stage: named.stage, range: named.range }
}

function inFlags(instruction: Instruction, offset: number): Target | undefined {
  const flag = instruction.flags.find(({ range }) => holds(range, offset))
  if (flag === undefined) return undefined
  if (flag.valueRange === undefined || offset < flag.valueRange.start)
    return {
      kind: 'flag',
      instruction,
      flag,
      part: 'name',
      range: { start: flag.range.start, end: flag.nameRange.end },
    }
  if (instruction.name === 'RUN' && (flag.name === 'mount' || flag.name === 'device')) {
    const fields = fieldsOf(instruction, flag)
    const field = fields.find(({ range }) => holds(range, offset))
    if (field !== undefined) {
      const onKey = field.valueRange === undefined || offset < field.valueRange.start
      const range = onKey ? field.keyRange : field.valueRange
      return { kind: 'field', instruction, flag, field, fields, part: onKey ? 'key' : 'value', range }
    }
  }
  return { kind: 'flag', instruction, flag, part: 'value', range: flag.valueRange }
}

function inArguments(instruction: Instruction, offset: number): Target | undefined {
  const index = instruction.words.findIndex(({ range }) => holds(range, offset))
  const word = instruction.words[index]
  if (word !== undefined) return { kind: 'word', instruction, word, index, range: word.range }
  const { command } = instruction
  if (command !== undefined && holds(command.range, offset))
    return { kind: 'command', instruction, range: command.range }
  return undefined
}
