import type { TextRange } from '../../shared/text-range.ts'
import type { Token, TokenModifier, TokenType } from '../answers.ts'
import { builtinArg } from './builtin-args.ts'
import { lineAt } from './lines.ts'
import type { DockerfileDoc, Instruction } from './model.ts'
import { fieldsOf } from './mount.ts'
import { stageReferences } from './stage-names.ts'

/** What the grammar cannot know or does not see: stages, variables, flags, the parts of mounts. One pass, whatever the text. */
export function tokens(doc: DockerfileDoc): Token[] {
  const below: Token[] = []
  const above: Token[] = []
  const put = (
    list: Token[],
    range: TextRange | undefined,
    type: TokenType,
    ...modifiers: TokenModifier[]
  ): void => {
    if (range !== undefined && range.end > range.start)
      list.push(modifiers.length > 0 ? { range, type, modifiers } : { range, type })
  }
  for (const { nameRange, valueRange } of doc.directives) {
    put(below, nameRange, 'macro')
    put(below, valueRange, 'string')
  }
  for (const { range } of doc.comments) put(above, range, 'comment')
  for (const outer of doc.instructions) {
    instructionTokens(outer, (...token) => put(below, ...token))
    if (outer.trigger !== undefined) instructionTokens(outer.trigger, (...token) => put(below, ...token))
    for (const { name, nameRange } of (outer.trigger ?? outer).variables)
      put(above, nameRange, 'variable', ...(builtinArg(name) === undefined ? [] : (['readonly'] as const)))
  }
  for (const stage of doc.stages) {
    const as = stage.from.words[1]
    if (as?.text.toLowerCase() === 'as') put(below, as.range, 'keyword')
    put(below, stage.nameRange, 'class', 'declaration')
  }
  for (const { range, stage, from } of stageReferences(doc)) {
    const type = stage === undefined ? 'namespace' : 'class'
    // In a flag the whole value is already there as a string.
    put(from === 'base' ? below : above, range, type)
  }
  return within(doc, merge(ordered(below), ordered(above)))
}

type Put = (range: TextRange | undefined, type: TokenType, ...modifiers: TokenModifier[]) => void

function instructionTokens(instruction: Instruction, put: Put): void {
  const { name, keywordRange, known, flags, pairs, words, json, heredocs } = instruction
  if (known) put(keywordRange, 'keyword', ...(name === 'MAINTAINER' ? (['deprecated'] as const) : []))
  for (const flag of flags) {
    put({ start: flag.range.start, end: flag.nameRange.end }, 'parameter')
    if (flag.name !== 'mount') put(flag.valueRange, 'string')
    else
      for (const field of fieldsOf(instruction, flag)) {
        put(field.keyRange, 'property')
        put(field.valueRange, 'string')
      }
  }
  for (const { keyRange, valueRange } of pairs) {
    if (name === 'LABEL') put(keyRange, 'property')
    else put(keyRange, 'variable', 'declaration')
    put(valueRange, 'string')
  }
  if (json?.state === 'valid') for (const { range } of words) put(range, 'string')
  else if (name === 'EXPOSE') for (const { range } of words) put(range, 'number')
  if (name === 'HEALTHCHECK') put(words[0]?.range, 'keyword')
  for (const { range, end } of heredocs) {
    put(range, 'macro')
    put(end, 'macro')
  }
}

/** In the order of the text; of two that overlap the first stays. */
function ordered(tokens: Token[]): Token[] {
  tokens.sort((a, b) => a.range.start - b.range.start || b.range.end - a.range.end)
  let end = -1
  return tokens.filter(({ range }) => {
    if (range.start < end) return false
    end = range.end
    return true
  })
}

/** Lays one list over another; what is below shows between. */
function merge(below: readonly Token[], above: readonly Token[]): Token[] {
  const result: Token[] = []
  let next = 0
  for (const token of below) {
    let { start } = token.range
    const { end } = token.range
    while (next < above.length && above[next]!.range.start < end) {
      const top = above[next]!
      if (top.range.start > start) result.push({ ...token, range: { start, end: top.range.start } })
      result.push(top)
      start = Math.max(start, top.range.end)
      next++
    }
    if (start < end) result.push({ ...token, range: { start, end } })
  }
  for (; next < above.length; next++) result.push(above[next]!)
  return result
}

/** Cuts tokens at line breaks, and the white space at the cuts away. */
function within(doc: DockerfileDoc, tokens: readonly Token[]): Token[] {
  const result: Token[] = []
  for (const token of tokens) {
    const { start, end } = token.range
    let line = lineAt(doc.lineStarts, start)
    if ((doc.lineStarts[line + 1] ?? Infinity) >= end && !/[\r\n]$/.test(doc.text.slice(end - 1, end))) {
      result.push(token)
      continue
    }
    for (let from = start; from < end; line++) {
      const to = Math.min(end, doc.lineStarts[line + 1] ?? Infinity)
      const part = doc.text.slice(from, to)
      const at = from + part.length - part.trimStart().length
      const stop = from + part.trimEnd().length
      if (stop > at) result.push({ ...token, range: { start: at, end: stop } })
      from = to
    }
  }
  return result
}
