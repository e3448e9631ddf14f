import type { TextRange } from '../../shared/text-range.ts'
import type { DockerfileDoc } from './model.ts'
import { stageOccurrences } from './stage-names.ts'
import { targetAt } from './target.ts'
import { variablesOf, type Variable } from './variable-names.ts'

/** One place of a name; `inWord` where the name is only the middle of what stands there (`${NAME}`, quotes). */
export interface Occurrence {
  readonly range: TextRange
  readonly role: 'declaration' | 'use'
}

/** A name of the file that the editor can follow: of a stage, a variable or a heredoc. */
export interface Name {
  readonly kind: 'stage' | 'variable' | 'undefined' | 'heredoc'
  readonly text: string
  /** The place that was asked about. */
  readonly at: TextRange
  readonly occurrences: readonly Occurrence[]
  readonly variable?: Variable
  readonly stage?: number
}

export function nameAt(doc: DockerfileDoc, offset: number): Name | undefined {
  const target = targetAt(doc, offset)
  switch (target?.kind) {
    case 'stage':
    case 'stageName': {
      const { declaration, references } = stageOccurrences(doc, target.stage)
      const occurrences: Occurrence[] = references.map(({ range }) => ({ range, role: 'use' }))
      if (declaration !== undefined) occurrences.unshift({ range: declaration, role: 'declaration' })
      return {
        kind: 'stage',
        text: target.stage.name ?? String(target.stage.index),
        at: target.range,
        occurrences,
        stage: target.stage.index,
      }
    }
    case 'definition':
      return variableName(variablesOf(doc).ofDefinition(target.definition), target.range)
    case 'variable': {
      const { reference, instruction } = target
      if (offset > reference.nameRange.end && reference.wordRange !== undefined) return undefined
      const variable = variablesOf(doc).ofReference(reference, instruction)
      if (variable !== undefined) return variableName(variable, reference.nameRange)
      const uses = variablesOf(doc).undefinedUses(reference.name, instruction.stage)
      const occurrences = uses.map((use): Occurrence => ({ range: use.reference.nameRange, role: 'use' }))
      return { kind: 'undefined', text: reference.name, at: reference.nameRange, occurrences }
    }
    case 'heredoc': {
      const { heredoc } = target
      const occurrences: Occurrence[] = [
        { range: bareName(doc, heredoc.nameRange, heredoc.name), role: 'declaration' },
      ]
      if (heredoc.end !== undefined) occurrences.push({ range: heredoc.end, role: 'use' })
      const at = target.range === heredoc.end ? heredoc.end : occurrences[0]!.range
      return { kind: 'heredoc', text: heredoc.name, at, occurrences }
    }
    default:
      return undefined
  }
}

function variableName(variable: Variable, at: TextRange): Name {
  const occurrences: Occurrence[] = [
    ...variable.definitions.map(({ pair }): Occurrence => ({ range: pair.keyRange, role: 'declaration' })),
    ...variable.uses.map(({ reference }): Occurrence => ({ range: reference.nameRange, role: 'use' })),
  ]
  occurrences.sort((a, b) => a.range.start - b.range.start)
  return { kind: 'variable', text: variable.name, at, occurrences, variable }
}

/** The name without quotes around it; the whole word where quotes are inside. */
function bareName({ text }: DockerfileDoc, range: TextRange, name: string): TextRange {
  const at = text.slice(range.start, range.end).indexOf(name)
  return at < 0 ? range : { start: range.start + at, end: range.start + at + name.length }
}
