import { t } from '../../shared/l10n.ts'
import type { TextEdit, TextRange } from '../../shared/text-range.ts'
import type { Rename } from '../answers.ts'
import { builtinArg } from './builtin-args.ts'
import type { DockerfileDoc } from './model.ts'
import { nameAt, type Name } from './names.ts'
import { scopesOf } from './scope.ts'
import { isStageName, stageReferences } from './stage-names.ts'

/** The range of the name that can be renamed here. */
export function prepareRename(doc: DockerfileDoc, offset: number): TextRange | undefined {
  const name = nameAt(doc, offset)
  if (name === undefined || name.kind === 'undefined' || name.occurrences.length === 0) return undefined
  if (name.kind === 'stage' && doc.stages[name.stage ?? -1]?.name === undefined) return undefined
  // An ARG that BuildKit fills by its name.
  if (name.kind === 'variable' && isBuiltin(name)) return undefined
  return name.at
}

const isBuiltin = ({ text, variable }: Name): boolean =>
  builtinArg(text) !== undefined &&
  (variable?.definitions.some(({ kind, pair }) => kind === 'arg' && pair.value === undefined) ?? false)

export function rename(doc: DockerfileDoc, uri: string, offset: number, newName: string): Rename | undefined {
  if (prepareRename(doc, offset) === undefined) return undefined
  const name = nameAt(doc, offset)!
  if (newName === name.text) return { edits: {} }
  const refused = refusal(doc, name, newName)
  if (refused !== undefined) return { refused }
  return { edits: { [uri]: editsFor(doc, name, newName) } }
}

function editsFor(doc: DockerfileDoc, name: Name, newName: string): TextEdit[] {
  const places =
    name.kind === 'stage'
      ? // A stage that is referred to by its number keeps the number.
        name.occurrences.filter(({ range }) => !/^\d+$/.test(doc.text.slice(range.start, range.end)))
      : name.occurrences
  return places.map(({ range }) => ({ range, newText: newName }))
}

function refusal(doc: DockerfileDoc, name: Name, newName: string): string | undefined {
  switch (name.kind) {
    case 'stage':
      return stageRefusal(doc, name, newName)
    case 'variable':
      return variableRefusal(doc, name, newName)
    case 'heredoc': {
      if (!/^[\w.-]+$/.test(newName))
        return t('The word of a heredoc has letters, digits, `.`, `-` and `_` only.')
      return lineInBody(doc, name, newName)
        ? t('A line of the heredoc reads {0}: it would end there.', newName)
        : undefined
    }
    case 'undefined':
      return undefined
  }
}

function stageRefusal(doc: DockerfileDoc, { stage: index }: Name, newName: string): string | undefined {
  if (!isStageName(newName))
    return t('The name of a stage starts with a letter and has letters, digits, `-`, `_` and `.` only.')
  const wanted = newName.toLowerCase()
  if (wanted === 'scratch' || wanted === 'context') return t('{0} is a reserved name.', newName)
  const other = doc.stages.find((stage) => stage.index !== index && stage.name?.toLowerCase() === wanted)
  if (other !== undefined) return t('Stage {0} is already called {1}.', other.index, newName)
  const captured = stageReferences(doc).some(
    ({ text, stage, instruction }) =>
      stage === undefined &&
      text.toLowerCase() === wanted &&
      instruction.index > doc.stages[index ?? 0]!.from.index,
  )
  return captured
    ? t('{0} is an image that a later line uses: it would become this stage.', newName)
    : undefined
}

function variableRefusal(doc: DockerfileDoc, { variable }: Name, newName: string): string | undefined {
  if (!/^[A-Za-z_]\w*$/.test(newName))
    return t('The name of a variable has letters, digits and `_` only and does not start with a digit.')
  const scopes = scopesOf(doc)
  const { definitions, uses } = variable!
  const mine = new Set(definitions)
  const seen = [...definitions, ...uses].map(({ instruction }) => scopes.find(newName, instruction))
  const clash = seen.some((found) => found !== undefined && !mine.has(found))
  // What already uses the new name below would get this value.
  const shadows = doc.instructions.some((outer) => {
    const instruction = outer.trigger ?? outer
    return (
      instruction.variables.some((reference) => reference.name === newName) &&
      definitions.some(
        (definition) =>
          definition.stage === instruction.stage && definition.instruction.index <= instruction.index,
      )
    )
  })
  const declared = scopes.definitions.some(
    (other) => other.name === newName && definitions.some((definition) => definition.stage === other.stage),
  )
  return clash || shadows || declared ? t('{0} is already used there.', newName) : undefined
}

function lineInBody(doc: DockerfileDoc, { occurrences }: Name, newName: string): boolean {
  const [opening, closing] = occurrences
  const end = closing?.range.start ?? doc.text.length
  const lines = doc.text.slice(opening!.range.end, end).split(/\r?\n/).slice(1)
  return lines.some((line) => line.replace(/^\t+/, '') === newName)
}
