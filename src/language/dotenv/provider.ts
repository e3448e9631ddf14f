import { plural, t } from '../../shared/l10n.ts'
import { looksSecret, masked, maskText } from '../../shared/masking.ts'
import { markdown, markdownCode, plain } from '../../shared/sinks.ts'
import type { Completion, CompletionList, Highlight, Hover, Location, Rename, Token } from '../answers.ts'
import { locationOf } from '../compose/locations.ts'
import type { Context, LanguageProvider, SourceDocument } from '../provider.ts'
import { RenameEdits } from '../rename-edits.ts'
import { composeVariables, diagnostics } from './diagnostics.ts'
import { envOf, type OpenEnv } from './open.ts'
import { parseEnv } from '../../shared/dotenv/parse.ts'

/** The name at an offset: of a line, or of a variable used in a value. */
function nameAt(open: OpenEnv, offset: number): { name: string; start: number; end: number } | undefined {
  for (const { name, nameStart, nameEnd } of open.file.entries)
    if (nameStart <= offset && offset <= nameEnd && name !== '')
      return { name, start: nameStart, end: nameEnd }
  for (const { name, nameStart } of open.evaluated.uses)
    if (nameStart <= offset && offset <= nameStart + name.length)
      return { name, start: nameStart, end: nameStart + name.length }
  return undefined
}

async function hover(doc: SourceDocument, offset: number, context: Context): Promise<Hover | undefined> {
  const open = await envOf(doc, context)
  const at = nameAt(open, offset)
  if (at === undefined) return undefined
  const lines = [`**${markdown(at.name)}**`]
  const own = composeVariables.get(at.name)
  if (own !== undefined) lines.push(own())
  const value = open.evaluated.variables.get(at.name)?.value
  if (value !== undefined)
    lines.push(t('Value: {0}', markdownCode(looksSecret(at.name) ? masked : maskText(value), 300)))
  const count = usesOf(open, at.name).length
  if (open.project !== undefined && open.isProjectFile)
    lines.push(
      count === 0
        ? t('No compose file uses it.')
        : plural(count, 'Used once in compose files.', 'Used {0} times in compose files.'),
    )
  return { markdown: lines.join('\n\n'), range: { start: at.start, end: at.end } }
}

function usesOf(open: OpenEnv, name: string): readonly Location[] {
  if (!open.isProjectFile) return []
  return (open.project?.variables ?? [])
    .filter((place) => place.name === name)
    .map(({ origin, nameStart }) =>
      locationOf(open.doc.uri, origin.source.uri, origin.source.yaml.text, {
        start: nameStart,
        end: nameStart + name.length,
      }),
    )
}

function linesOf(open: OpenEnv, name: string): readonly Location[] {
  return open.file.entries
    .filter((entry) => entry.name === name)
    .map(({ nameStart, nameEnd }) => ({ uri: open.doc.uri, range: { start: nameStart, end: nameEnd } }))
}

function innerUses(open: OpenEnv, name: string): readonly Location[] {
  return open.evaluated.uses
    .filter((use) => use.name === name)
    .map(({ nameStart }) => ({
      uri: open.doc.uri,
      range: { start: nameStart, end: nameStart + name.length },
    }))
}

async function completion(doc: SourceDocument, offset: number, context: Context): Promise<CompletionList> {
  const open = await envOf(doc, context)
  const lineStart = doc.text.lastIndexOf('\n', offset - 1) + 1
  const before = doc.text.slice(lineStart, offset)
  const use = /\$\{?([A-Za-z_]\w*)?$/.exec(before)
  if (use !== null) {
    const range = { start: offset - (use[1]?.length ?? 0), end: offset }
    const names = new Set(open.file.entries.filter(({ start }) => start < lineStart).map(({ name }) => name))
    return {
      items: [...names].map((name) => ({ label: name, kind: 'variable', edit: { range, newText: name } })),
      incomplete: false,
    }
  }
  const typed = /^\s*(?:export\s+)?([A-Za-z_]\w*)?$/.exec(before)
  if (typed === null) return { items: [], incomplete: false }
  const range = { start: offset - (typed[1]?.length ?? 0), end: offset }
  const present = new Set(open.file.entries.map(({ name }) => name))
  if (typed[1] !== undefined) present.delete(typed[1])
  const items = new Map<string, Completion>()
  const add = (name: string, detail: string, sort: string): void => {
    if (present.has(name) || items.has(name)) return
    items.set(name, {
      label: name,
      kind: 'variable',
      edit: { range, newText: `${name}=` },
      detail,
      sort: `${sort}${name}`,
    })
  }
  if (open.isProjectFile) {
    for (const { name, argument } of open.project?.variables ?? [])
      add(
        name,
        argument === undefined || argument === '' ? t('used in a compose file') : plain(argument, 60),
        '0',
      )
    for (const [name, words] of composeVariables) add(name, words(), '1')
  }
  return { items: [...items.values()], incomplete: false }
}

async function rename(
  doc: SourceDocument,
  offset: number,
  newName: string,
  context: Context,
): Promise<Rename | undefined> {
  const open = await envOf(doc, context)
  const at = nameAt(open, offset)
  if (at === undefined) return undefined
  if (at.name === newName) return { edits: {} }
  if (!/^[A-Za-z_]\w*$/.test(newName))
    return { refused: t('A variable has letters, digits and `_` in its name.') }
  if (open.evaluated.variables.has(newName))
    return { refused: t('The variable `{0}` exists already.', newName) }
  const found = new RenameEdits(newName)
  for (const { uri, range } of [
    ...linesOf(open, at.name),
    ...innerUses(open, at.name),
    ...usesOf(open, at.name),
  ])
    found.add(uri, range)
  return { edits: found.edits }
}

async function highlights(
  doc: SourceDocument,
  offset: number,
  context: Context,
): Promise<readonly Highlight[]> {
  const open = await envOf(doc, context)
  const at = nameAt(open, offset)
  if (at === undefined) return []
  return [
    ...linesOf(open, at.name).map(({ range }) => ({ range, kind: 'write' as const })),
    ...innerUses(open, at.name).map(({ range }) => ({ range, kind: 'read' as const })),
  ]
}

async function tokens(doc: SourceDocument, context: Context): Promise<readonly Token[]> {
  const { file, evaluated } = await envOf(doc, context)
  const found: Token[] = [
    ...file.comments.map((range) => ({ range, type: 'comment' as const })),
    ...file.entries
      .filter(({ name }) => name !== '')
      .map(({ nameStart, nameEnd }) => ({
        range: { start: nameStart, end: nameEnd },
        type: 'property' as const,
        modifiers: ['declaration' as const],
      })),
    ...evaluated.uses.map(({ nameStart, name }) => ({
      range: { start: nameStart, end: nameStart + name.length },
      type: 'variable' as const,
    })),
  ]
  found.sort((a, b) => a.range.start - b.range.start)
  let end = 0
  return found.filter(({ range }) => {
    if (
      range.start < end ||
      range.end <= range.start ||
      /[\r\n]/.test(doc.text.slice(range.start, range.end))
    )
      return false
    end = range.end
    return true
  })
}

/** What the language server offers for `.env` and other files of variables. */
export const dotenvProvider: LanguageProvider = {
  diagnostics,
  hover,
  completion,
  definition: async (doc, offset, context) => {
    const open = await envOf(doc, context)
    const at = nameAt(open, offset)
    if (at === undefined) return []
    const isLine = open.file.entries.some(({ nameStart }) => nameStart === at.start)
    return isLine ? usesOf(open, at.name) : linesOf(open, at.name)
  },
  references: async (doc, offset, includeDeclaration, context) => {
    const open = await envOf(doc, context)
    const at = nameAt(open, offset)
    if (at === undefined) return []
    return [
      ...(includeDeclaration ? linesOf(open, at.name) : []),
      ...innerUses(open, at.name),
      ...usesOf(open, at.name),
    ]
  },
  highlights,
  prepareRename: async (doc, offset, context) => {
    const at = nameAt(await envOf(doc, context), offset)
    return at === undefined ? undefined : { start: at.start, end: at.end }
  },
  rename,
  symbols: (doc) =>
    parseEnv(doc.text)
      .entries.slice(0, 5000)
      .filter(({ name }) => name !== '')
      .map((entry) => ({
        name: entry.name,
        kind: 'variable' as const,
        range: { start: entry.start, end: Math.max(entry.end, entry.nameEnd) },
        nameRange: { start: entry.nameStart, end: entry.nameEnd },
        children: [],
      })),
  tokens,
}
