import type { TextRange } from '../../shared/text-range.ts'
import type { Highlight, Location } from '../answers.ts'
import type { Context } from '../provider.ts'
import { join } from '../uri.ts'
import { contextFolder } from './build-context.ts'
import type { DockerfileDoc } from './model.ts'
import { nameAt } from './names.ts'
import { copiesFromContext, isRemote } from './paths.ts'
import { scopesOf } from './scope.ts'
import { targetAt, type Target } from './target.ts'

/** Where the thing at an offset is made: the FROM of a stage, the ARG or ENV of a variable, the copied file. */
export async function definition(
  doc: DockerfileDoc,
  uri: string,
  offset: number,
  context: Context,
): Promise<Location[]> {
  const target = targetAt(doc, offset)
  switch (target?.kind) {
    case 'stage':
    case 'stageName':
      return [{ uri, range: target.stage.nameRange ?? target.stage.from.keywordRange }]
    case 'definition': {
      const { global } = target.definition
      return [{ uri, range: (global ?? target.definition).pair.keyRange }]
    }
    case 'variable': {
      const name = nameAt(doc, offset)
      const found =
        name?.kind === 'variable' ? scopesOf(doc).find(target.reference.name, target.instruction) : undefined
      return found === undefined ? [] : [{ uri, range: found.pair.keyRange }]
    }
    case 'heredoc':
      return [{ uri, range: unquoted(doc, target.heredoc.nameRange) }]
    case 'word':
      return copiedFile(doc, uri, target, context)
    default:
      return []
  }
}

function unquoted({ text }: DockerfileDoc, { start, end }: TextRange): TextRange {
  const isQuoted = end - start > 2 && /["']/.test(text[start]!) && text[end - 1] === text[start]
  return isQuoted ? { start: start + 1, end: end - 1 } : { start, end }
}

async function copiedFile(
  doc: DockerfileDoc,
  uri: string,
  { instruction, word, index }: Extract<Target, { kind: 'word' }>,
  { host, signal }: Context,
): Promise<Location[]> {
  if (instruction.name !== 'COPY' && instruction.name !== 'ADD') return []
  if (!copiesFromContext(instruction) || index === instruction.words.length - 1) return []
  const text =
    instruction.json?.state === 'valid' ? word.text : scopesOf(doc).expand(instruction, word.at, word.end)
  if (text === undefined || isRemote(text) || /[*?[]|^\d*<</.test(text)) return []
  const file = join(await contextFolder(doc, uri, host, signal), text.replace(/^\/+/, ''))
  if (file === undefined || (await host.stat(file, signal))?.kind !== 'file') return []
  const start = { line: 0, character: 0 }
  return [{ uri: file, range: { start: 0, end: 0 }, at: { start, end: start } }]
}

export function references(
  doc: DockerfileDoc,
  uri: string,
  offset: number,
  includeDeclaration: boolean,
): Location[] {
  return (nameAt(doc, offset)?.occurrences ?? [])
    .filter(({ role }) => includeDeclaration || role === 'use')
    .map(({ range }) => ({ uri, range }))
}

export function highlights(doc: DockerfileDoc, offset: number): Highlight[] {
  return (nameAt(doc, offset)?.occurrences ?? []).map(({ range, role }) => ({
    range,
    kind: role === 'declaration' ? 'write' : 'read',
  }))
}
