import type * as lsp from 'vscode-languageserver-types'
import { t } from '../../shared/l10n.ts'
import type { CodeAction, Diagnostic } from '../answers.ts'
import type { Context, FormatOptions, LanguageProvider, SourceDocument } from '../provider.ts'
import { diagnose, quickFixes } from '../service.ts'
import type { OpenDocument } from './open-document.ts'
import type { Positions } from './positions.ts'
import * as convert from './to-lsp.ts'

/** Answers one request about an open document. */
export type Ask<T> = (document: OpenDocument, provider: LanguageProvider, context: Context) => Promise<T>

interface At {
  readonly position: lsp.Position
}

export const hover =
  ({ position }: At): Ask<lsp.Hover | null> =>
  async ({ source, positions }, provider, context) => {
    const found = await provider.hover?.(source, positions.offsetAt(position), context)
    return found ? convert.toHover(found, positions) : null
  }

export const completion =
  (
    { position, context: asked }: At & { readonly context?: { readonly triggerCharacter?: string } },
    canReplace: boolean,
  ): Ask<lsp.CompletionList | null> =>
  async ({ source, positions }, provider, context) => {
    const found = await provider.completion?.(
      source,
      positions.offsetAt(position),
      context,
      asked?.triggerCharacter,
    )
    return found ? convert.toCompletion(found, positions, canReplace) : null
  }

export const signatureHelp =
  ({ position }: At): Ask<lsp.SignatureHelp | null> =>
  async ({ source, positions }, provider, context) => {
    const found = await provider.signatureHelp?.(source, positions.offsetAt(position), context)
    return found ? convert.toSignatureHelp(found) : null
  }

export const definition =
  ({ position }: At): Ask<lsp.Location[]> =>
  async ({ source, positions }, provider, context) => {
    const found = await provider.definition?.(source, positions.offsetAt(position), context)
    return (found ?? []).map((each) => convert.toLocation(each, positions))
  }

export const references =
  ({
    position,
    context: { includeDeclaration },
  }: At & { readonly context: { readonly includeDeclaration: boolean } }): Ask<lsp.Location[]> =>
  async ({ source, positions }, provider, context) => {
    const found = await provider.references?.(
      source,
      positions.offsetAt(position),
      includeDeclaration,
      context,
    )
    return (found ?? []).map((each) => convert.toLocation(each, positions))
  }

export const highlights =
  ({ position }: At): Ask<lsp.DocumentHighlight[]> =>
  async ({ source, positions }, provider, context) => {
    const found = await provider.highlights?.(source, positions.offsetAt(position), context)
    return (found ?? []).map((each) => convert.toHighlight(each, positions))
  }

export const prepareRename =
  ({ position }: At): Ask<lsp.Range | null> =>
  async ({ source, positions }, provider, context) => {
    const found = await provider.prepareRename?.(source, positions.offsetAt(position), context)
    return found ? positions.rangeOf(found) : null
  }

/** A name that cannot be taken gives the reason, in the user's language. */
export const rename =
  (
    { position, newName }: At & { readonly newName: string },
    positionsIn: (uri: string) => Positions | undefined,
  ): Ask<lsp.WorkspaceEdit | { readonly refused: string } | null> =>
  async ({ source, positions }, provider, context) => {
    const found = await provider.rename?.(source, positions.offsetAt(position), newName, context)
    if (found === undefined || 'refused' in found) return found ?? null
    const changes: Record<string, lsp.TextEdit[]> = {}
    for (const [uri, edits] of Object.entries(found.edits)) {
      const places = uri === source.uri ? positions : positionsIn(uri)
      if (places === undefined) return null
      changes[uri] = edits.map((edit) => convert.toTextEdit(edit, places))
    }
    return { changes }
  }

export const links =
  (): Ask<lsp.DocumentLink[]> =>
  async ({ source, positions }, provider, context) =>
    ((await provider.links?.(source, context)) ?? []).map((each) => convert.toLink(each, positions))

export const symbols =
  (): Ask<lsp.DocumentSymbol[]> =>
  async ({ source, positions }, provider, context) =>
    ((await provider.symbols?.(source, context)) ?? []).map((each) => convert.toSymbol(each, positions))

export const folds =
  (): Ask<lsp.FoldingRange[]> =>
  async ({ source }, provider, context) =>
    ((await provider.folds?.(source, context)) ?? []).map((each) => convert.toFold(each))

export const selections =
  ({ positions: asked }: { readonly positions: readonly lsp.Position[] }): Ask<lsp.SelectionRange[]> =>
  async ({ source, positions }, provider, context) => {
    const offsets = asked.map((position) => positions.offsetAt(position))
    const found = (await provider.selections?.(source, offsets, context)) ?? offsets.map(() => [])
    return found.map((each) => convert.toSelection(each, positions))
  }

export const tokens =
  (): Ask<lsp.SemanticTokens> =>
  async ({ source, positions }, provider, context) =>
    convert.toTokens((await provider.tokens?.(source, context)) ?? [], positions)

export const inlayHints =
  ({ range }: { readonly range: lsp.Range }): Ask<lsp.InlayHint[]> =>
  async ({ source, positions }, provider, context) => {
    const found = await provider.inlayHints?.(source, positions.textRangeOf(range), context)
    return (found ?? []).map((each) => convert.toInlayHint(each, positions))
  }

export const codeLenses =
  (): Ask<lsp.CodeLens[]> =>
  async ({ source, positions }, provider, context) =>
    ((await provider.codeLenses?.(source, context)) ?? []).map((each) => convert.toCodeLens(each, positions))

async function firstFindings(
  source: SourceDocument,
  context: Context,
  pages: string | undefined,
): Promise<readonly Diagnostic[]> {
  for await (const found of diagnose(source, context, pages)) return found
  return []
}

interface ActionParams {
  readonly range: lsp.Range
  readonly context: { readonly only?: readonly string[] }
}

/** Fixes for the findings at the range, refactorings, and when they are asked for all safe fixes at once. */
export const codeActions =
  (
    { range, context: { only } }: ActionParams,
    known: readonly Diagnostic[] | undefined,
    pages: string | undefined,
  ): Ask<lsp.CodeAction[]> =>
  async ({ source, positions }, provider, context) => {
    const wanted = (kind: string): boolean =>
      only === undefined || only.some((each) => each === '' || kind === each || kind.startsWith(`${each}.`))
    const place = positions.textRangeOf(range)
    const actions: CodeAction[] = []
    if (wanted('quickfix'))
      actions.push(
        ...quickFixes(source, provider, place, known ?? (await firstFindings(source, context, pages))),
      )
    if (wanted('refactor.rewrite') || wanted('refactor.extract'))
      actions.push(
        ...((await provider.codeActions?.(source, place, context)) ?? []).filter(({ kind }) => wanted(kind)),
      )
    // Editors ask for it by name when a file is saved; it has no place in the list of a light bulb.
    if (only !== undefined && wanted('source.fixAll.quayside')) {
      const edits = (await provider.fixAll?.(source, context)) ?? []
      if (edits.length > 0) actions.push({ title: t('Fix all'), kind: 'source.fixAll.quayside', edits })
    }
    return actions.map((action) => convert.toCodeAction(action, source.uri, positions))
  }

/** Clients have sent strange sizes. */
const sound = ({ tabSize, insertSpaces }: FormatOptions): FormatOptions => ({
  tabSize: Number.isInteger(tabSize) ? Math.min(16, Math.max(1, tabSize)) : 4,
  insertSpaces,
})

export const format =
  ({
    options,
    range,
  }: {
    readonly options: FormatOptions
    readonly range?: lsp.Range
  }): Ask<lsp.TextEdit[]> =>
  async ({ source, positions }, provider, context) => {
    const found = await provider.format?.(
      source,
      range && positions.textRangeOf(range),
      sound(options),
      context,
    )
    return (found ?? []).map((each) => convert.toTextEdit(each, positions))
  }

export const formatOnType =
  ({
    position,
    ch,
    options,
  }: At & { readonly ch: string; readonly options: FormatOptions }): Ask<lsp.TextEdit[]> =>
  async ({ source, positions }, provider, context) => {
    const found = await provider.formatOnType?.(
      source,
      positions.offsetAt(position),
      ch,
      sound(options),
      context,
    )
    return (found ?? []).map((each) => convert.toTextEdit(each, positions))
  }
