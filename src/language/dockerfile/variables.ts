import type { TextRange } from '../../shared/text-range.ts'
import type { ParseProblemCode, VariableRef } from './model.ts'
import { shellVariables } from './shell-variables.ts'
import type { Part, Template } from './template.ts'

/** Turns places of some text into ranges of the document. */
export type ToRange = (at: number, end: number) => TextRange

export interface Problem {
  readonly code: ParseProblemCode
  readonly range: TextRange
  readonly subject: string
}

/** The variables of a template in the order of the text, those in the words of others after the one they stand in. */
export function builderReferences(text: string, template: Template, toRange: ToRange): VariableRef[] {
  const found: VariableRef[] = []
  const collect = (parts: readonly Part[]): void => {
    for (const part of parts) {
      if (part.kind === 'quote') collect(part.parts)
      if (part.kind !== 'variable') continue
      found.push({
        name: part.name,
        nameRange: toRange(part.nameAt, part.nameAt + part.name.length),
        range: toRange(part.at, part.end),
        braced: part.braced,
        modifier: part.modifier === '' ? undefined : part.modifier,
        word: part.word === undefined ? undefined : text.slice(part.wordAt, part.wordEnd),
        wordRange: part.word === undefined ? undefined : toRange(part.wordAt, part.wordEnd),
        by: 'builder',
      })
      if (part.word !== undefined) collect(part.word)
      if (part.replacement !== undefined) collect(part.replacement)
    }
  }
  collect(template.parts)
  return found
}

export function templateProblems(template: Template, toRange: ToRange): Problem[] {
  return template.faults.map(({ code, at, end, subject }) => ({ code, range: toRange(at, end), subject }))
}

/** The variables of a shell script. `plain` is for the bodies of heredocs that the shell expands. */
export function shellReferences(
  text: string,
  from: number,
  to: number,
  plain: boolean,
  toRange: ToRange,
): VariableRef[] {
  if (!text.includes('$', from)) return []
  return shellVariables(text, from, to, plain).map((found) => ({
    name: found.name,
    nameRange: toRange(found.nameAt, found.nameAt + found.name.length),
    range: toRange(found.at, found.end),
    braced: found.braced,
    modifier: found.modifier,
    word: found.modifier === undefined ? undefined : text.slice(found.wordAt, found.wordEnd),
    wordRange: found.modifier === undefined ? undefined : toRange(found.wordAt, found.wordEnd),
    by: 'shell',
  }))
}
