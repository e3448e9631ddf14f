import type { TextRange } from '../../shared/text-range.ts'
import { fieldsOf } from './mount.ts'
import type { DockerfileDoc, Instruction } from './model.ts'
import { instructionAt } from './target.ts'

/** The ranges around an offset, the innermost first: word, value, flag or pair, arguments, instruction, stage, file. */
export function selectionsAt(doc: DockerfileDoc, offset: number): TextRange[] {
  const around: TextRange[] = [{ start: 0, end: doc.text.length }]
  const instruction = instructionAt(doc, offset)
  const stage = doc.stages[instruction?.stage ?? -1]
  if (stage !== undefined) around.push(stage.range)
  if (instruction !== undefined) around.push(...rangesOf(doc, instruction))
  const word = wordAround(doc.text, offset)
  if (word !== undefined) around.push(word)
  const holding = around.filter(({ start, end }) => start <= offset && offset <= end)
  holding.sort((a, b) => a.end - a.start - (b.end - b.start) || b.start - a.start)
  const nested: TextRange[] = []
  for (const range of holding) {
    const inner = nested.at(-1)
    if (inner !== undefined && (inner.start < range.start || inner.end > range.end)) continue
    if (inner?.start === range.start && inner.end === range.end) continue
    nested.push(range)
  }
  return nested
}

function rangesOf(doc: DockerfileDoc, instruction: Instruction): TextRange[] {
  const { range, fullRange, args, keywordRange, flags, words, pairs, heredocs, variables, comments, index } =
    instruction
  const outer = doc.instructions[index]
  return [
    ...(outer === undefined ? [] : [outer.fullRange, outer.range]),
    fullRange,
    range,
    args.range,
    keywordRange,
    ...flags.flatMap((flag) => [
      flag.range,
      ...(flag.valueRange ? [flag.valueRange] : []),
      ...fieldsOf(instruction, flag).map((field) => field.range),
    ]),
    ...words.map((word) => word.range),
    ...pairs.flatMap((pair) => [pair.range, pair.keyRange, ...(pair.valueRange ? [pair.valueRange] : [])]),
    ...heredocs.map(({ body }) => body),
    ...variables.flatMap((variable) => [variable.range, variable.nameRange]),
    ...comments.map((comment) => comment.range),
  ]
}

function wordAround(text: string, offset: number): TextRange | undefined {
  let start = offset
  let end = offset
  while (start > 0 && /[\w.-]/.test(text[start - 1]!)) start--
  while (end < text.length && /[\w.-]/.test(text[end]!)) end++
  return end > start ? { start, end } : undefined
}
