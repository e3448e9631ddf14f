import { t } from '../../../shared/l10n.ts'
import type { TextRange } from '../../../shared/text-range.ts'
import type { Rename } from '../../answers.ts'
import type { Context, SourceDocument } from '../../provider.ts'
import { RenameEdits } from '../../rename-edits.ts'
import { projectOf, type OpenProject } from '../open.ts'
import { namesIn } from '../names.ts'
import { around } from './around.ts'
import { variableAt } from './hover.ts'
import { nameAt, placesOf, sourcesFor } from './targets.ts'

export async function prepareRename(
  doc: SourceDocument,
  offset: number,
  context: Context,
): Promise<TextRange | undefined> {
  const open = await projectOf(doc, context)
  const variable = variableAt(open, offset)
  if (variable !== undefined)
    return { start: variable.nameStart, end: variable.nameStart + variable.name.length }
  return nameAt(open, offset)?.range
}

/**
 * Renames what a name means wherever it stands: in this file, in the others of its project or of the one that reads it, and variables
 * in `.env` too.
 */
export async function rename(
  doc: SourceDocument,
  offset: number,
  newName: string,
  context: Context,
): Promise<Rename | undefined> {
  const own = await projectOf(doc, context)
  const variable = variableAt(own, offset)
  if (variable !== undefined) return renameVariable(own, variable.name, newName)
  const place = nameAt(own, offset)
  if (place === undefined) return undefined
  const open = await around(own, context)
  if (place.name === newName) return { edits: {} }
  const allowed = place.kind === 'anchor' ? /^[\w-]+$/ : /^[a-zA-Z0-9._-]+$/
  if (!allowed.test(newName))
    return { refused: t('Only letters, digits, `.`, `_` and `-` are allowed in a name.') }
  const taken = sourcesFor(open, place).some((source) =>
    namesIn(source.yaml).some(
      (other) => other.kind === place.kind && other.name === newName && other.role === 'declaration',
    ),
  )
  if (taken) return { refused: t('`{0}` is the name of something else.', newName) }
  const found = new RenameEdits(newName)
  for (const { source, place: one } of placesOf(open, place)) found.add(source.uri, one.range)
  return { edits: found.edits }
}

function renameVariable(open: OpenProject, name: string, newName: string): Rename {
  if (name === newName) return { edits: {} }
  if (!/^[A-Za-z_]\w*$/.test(newName))
    return { refused: t('A variable has letters, digits and `_` in its name.') }
  if (open.project.environment.has(newName))
    return { refused: t('The variable `{0}` exists already.', newName) }
  const found = new RenameEdits(newName)
  for (const place of open.project.variables) {
    if (place.name !== name) continue
    const range = { start: place.nameStart, end: place.nameStart + name.length }
    const { uri, yaml } = place.origin.source
    if (yaml.text.slice(range.start, range.end) === name) found.add(uri, range)
  }
  const from = open.project.environment.get(name)?.from
  if (from !== undefined) {
    const { nameStart, nameEnd } = from.variable.entry
    found.add(from.uri, { start: nameStart, end: nameEnd })
  }
  return { edits: found.edits }
}
