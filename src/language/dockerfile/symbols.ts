import { t } from '../../shared/l10n.ts'
import type { Symbol, SymbolKind } from '../answers.ts'
import type { DockerfileDoc, Instruction, Stage } from './model.ts'

const longest = 80

/** The outline: stages with their instructions, and what is before the first one. */
export function symbols(doc: DockerfileDoc): Symbol[] {
  return [
    ...doc.preamble.map((instruction) => instructionSymbol(instruction)),
    ...doc.stages.map((stage) => stageSymbol(stage)),
  ]
}

function stageSymbol(stage: Stage): Symbol {
  const { from, name, base, index, range } = stage
  return {
    name: name === undefined || name === '' ? t('stage {0}', index) : name.slice(0, longest),
    detail: cut(base),
    kind: 'stage',
    range,
    nameRange: stage.nameRange ?? stage.baseRange ?? from.keywordRange,
    children: stage.instructions.slice(1).map((instruction) => instructionSymbol(instruction)),
  }
}

function instructionSymbol(instruction: Instruction): Symbol {
  const { name, keyword, args, fullRange, keywordRange, pairs, heredocs } = instruction
  const children =
    pairs.length > 1 || name === 'LABEL'
      ? pairs.map(({ key, value, range, keyRange }): Symbol => ({
          name: key === '' ? '=' : cut(key),
          ...(value !== undefined && { detail: cut(value) }),
          kind: kindOf(name),
          range,
          nameRange: keyRange,
          children: [],
        }))
      : heredocs.map((heredoc): Symbol => ({
          name: cut(heredoc.name) || '<<',
          kind: 'heredoc',
          range: {
            start: heredoc.range.start,
            end: Math.max(heredoc.range.end, (heredoc.end ?? heredoc.body).end),
          },
          nameRange: heredoc.range,
          children: [],
        }))
  // The bodies of heredocs are below the line, not in the range of their opening word alone.
  const inside = children.filter((child) => child.range.end <= fullRange.end)
  return {
    name: keyword.slice(0, longest),
    detail: cut(args.text),
    kind: kindOf(name),
    range: fullRange,
    nameRange: keywordRange,
    children: inside,
  }
}

function kindOf(name: string): SymbolKind {
  switch (name) {
    case 'ARG':
    case 'ENV':
      return 'variable'
    case 'LABEL':
      return 'label'
    case 'EXPOSE':
      return 'port'
    case 'COPY':
    case 'ADD':
    case 'VOLUME':
    case 'WORKDIR':
      return 'file'
    default:
      return 'instruction'
  }
}

function cut(text: string): string {
  const line = text.slice(0, 300).replace(/\s+/g, ' ').trim()
  return line.length > longest ? `${line.slice(0, longest)}…` : line
}
