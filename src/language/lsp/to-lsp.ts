import * as lsp from 'vscode-languageserver-types'
import { verbatim } from '../../shared/sinks.ts'
import type { TextEdit } from '../../shared/text-range.ts'
import type * as answers from '../answers.ts'
import { tokenModifiers, tokenTypes } from '../answers.ts'
import type { Positions } from './positions.ts'

/** The answers of the language services in the protocol's types. */

const severities = {
  error: lsp.DiagnosticSeverity.Error,
  warning: lsp.DiagnosticSeverity.Warning,
  information: lsp.DiagnosticSeverity.Information,
  hint: lsp.DiagnosticSeverity.Hint,
} as const

export function toDiagnostic(found: answers.Diagnostic, uri: string, positions: Positions): lsp.Diagnostic {
  const { range, severity, rule, message, url, aliases, tag, related, inSchema } = found
  return {
    range: positions.rangeOf(range),
    severity: severities[severity],
    source: 'quayside',
    code: rule,
    message,
    ...(url !== undefined && { codeDescription: { href: url } }),
    ...(tag !== undefined && {
      tags: [tag === 'unnecessary' ? lsp.DiagnosticTag.Unnecessary : lsp.DiagnosticTag.Deprecated],
    }),
    ...(related !== undefined && {
      relatedInformation: related.map((each) => ({
        location: { uri, range: positions.rangeOf(each.range) },
        message: each.message,
      })),
    }),
    ...((aliases.length > 0 || inSchema === true) && {
      data: { ...(aliases.length > 0 && { aliases }), ...(inSchema === true && { inSchema }) },
    }),
  }
}

export function toTextEdit({ range, newText }: TextEdit, positions: Positions): lsp.TextEdit {
  return { range: positions.rangeOf(range), newText }
}

export function toHover({ markdown, range }: answers.Hover, positions: Positions): lsp.Hover {
  return { contents: { kind: 'markdown', value: markdown }, range: positions.rangeOf(range) }
}

const completionKinds: Readonly<Record<answers.CompletionKind, lsp.CompletionItemKind>> = {
  keyword: lsp.CompletionItemKind.Keyword,
  flag: lsp.CompletionItemKind.Field,
  value: lsp.CompletionItemKind.Value,
  variable: lsp.CompletionItemKind.Variable,
  stage: lsp.CompletionItemKind.Class,
  image: lsp.CompletionItemKind.Module,
  file: lsp.CompletionItemKind.File,
  folder: lsp.CompletionItemKind.Folder,
  property: lsp.CompletionItemKind.Property,
  reference: lsp.CompletionItemKind.Reference,
  snippet: lsp.CompletionItemKind.Snippet,
}

/** `canReplace`: the client knows edits that leave it the choice to insert or to replace. */
export function toCompletion(
  list: answers.CompletionList,
  positions: Positions,
  canReplace: boolean,
): lsp.CompletionList {
  return {
    isIncomplete: list.incomplete,
    items: list.items.map((item) => ({
      label: item.label,
      kind: completionKinds[item.kind],
      textEdit: canReplace ? toChoice(item, positions) : toTextEdit(item.edit, positions),
      insertTextFormat: item.snippet === true ? lsp.InsertTextFormat.Snippet : lsp.InsertTextFormat.PlainText,
      ...(item.detail !== undefined && { detail: item.detail }),
      ...(item.documentation !== undefined && {
        documentation: { kind: 'markdown', value: item.documentation } as const,
      }),
      ...(item.filter !== undefined && { filterText: item.filter }),
      ...(item.sort !== undefined && { sortText: item.sort }),
      ...(item.deprecated === true && { tags: [lsp.CompletionItemTag.Deprecated] }),
      ...(item.again === true && {
        command: { title: '', command: 'editor.action.triggerSuggest' },
      }),
    })),
  }
}

function toChoice(
  { edit, wordEnd }: answers.Completion,
  positions: Positions,
): lsp.TextEdit | lsp.InsertReplaceEdit {
  if (wordEnd === undefined) return toTextEdit(edit, positions)
  const insert = positions.rangeOf(edit.range)
  return {
    newText: edit.newText,
    insert,
    replace: { start: insert.start, end: positions.positionAt(wordEnd) },
  }
}

export function toSignatureHelp({
  signatures,
  active,
  activeParameter,
}: answers.SignatureHelp): lsp.SignatureHelp {
  return {
    activeSignature: active,
    activeParameter,
    signatures: signatures.map(({ label, documentation, parameters }) => ({
      label,
      ...(documentation !== undefined && {
        documentation: { kind: 'markdown', value: documentation } as const,
      }),
      parameters: parameters.map((parameter) => ({
        label: [parameter.label[0], parameter.label[1]],
        ...(parameter.documentation !== undefined && {
          documentation: { kind: 'markdown', value: parameter.documentation } as const,
        }),
      })),
    })),
  }
}

export function toLocation({ uri, range, at }: answers.Location, positions: Positions): lsp.Location {
  return { uri, range: at ?? positions.rangeOf(range) }
}

export function toHighlight({ range, kind }: answers.Highlight, positions: Positions): lsp.DocumentHighlight {
  return {
    range: positions.rangeOf(range),
    kind: kind === 'write' ? lsp.DocumentHighlightKind.Write : lsp.DocumentHighlightKind.Read,
  }
}

export function toLink(
  { range, target, tooltip }: answers.DocumentLink,
  positions: Positions,
): lsp.DocumentLink {
  return { range: positions.rangeOf(range), target, ...(tooltip !== undefined && { tooltip }) }
}

const symbolKinds: Readonly<Record<answers.SymbolKind, lsp.SymbolKind>> = {
  file: lsp.SymbolKind.File,
  stage: lsp.SymbolKind.Class,
  instruction: lsp.SymbolKind.Function,
  variable: lsp.SymbolKind.Variable,
  label: lsp.SymbolKind.Property,
  port: lsp.SymbolKind.Interface,
  heredoc: lsp.SymbolKind.String,
  object: lsp.SymbolKind.Object,
  key: lsp.SymbolKind.Key,
  string: lsp.SymbolKind.String,
}

export function toSymbol(symbol: answers.Symbol, positions: Positions): lsp.DocumentSymbol {
  return {
    name: symbol.name,
    kind: symbolKinds[symbol.kind],
    range: positions.rangeOf(symbol.range),
    selectionRange: positions.rangeOf(symbol.nameRange),
    ...(symbol.detail !== undefined && { detail: symbol.detail }),
    children: symbol.children.map((child) => toSymbol(child, positions)),
  }
}

export function toFold({ startLine, endLine, kind }: answers.Fold): lsp.FoldingRange {
  return { startLine, endLine, ...(kind !== undefined && { kind }) }
}

/** Ranges of which each holds the one before, as the protocol's chain. */
export function toSelection(
  ranges: readonly answers.Hover['range'][],
  positions: Positions,
): lsp.SelectionRange {
  let outer: lsp.SelectionRange | undefined
  for (const range of ranges.toReversed())
    outer = { range: positions.rangeOf(range), ...(outer !== undefined && { parent: outer }) }
  return outer ?? { range: positions.rangeOf({ start: 0, end: 0 }) }
}

export const tokenLegend: lsp.SemanticTokensLegend = {
  tokenTypes: [...tokenTypes],
  tokenModifiers: [...tokenModifiers],
}

/** Tokens as the protocol's numbers, each relative to the one before. */
export function toTokens(tokens: readonly answers.Token[], { lineStarts }: Positions): lsp.SemanticTokens {
  const data: number[] = []
  let line = 0
  let lastLine = 0
  let lastColumn = 0
  for (const { range, type, modifiers } of tokens) {
    while ((lineStarts[line + 1] ?? Infinity) <= range.start) line++
    const column = range.start - lineStarts[line]!
    const bits = (modifiers ?? []).reduce((sum, modifier) => sum | (1 << tokenModifiers.indexOf(modifier)), 0)
    data.push(
      line - lastLine,
      line === lastLine ? column - lastColumn : column,
      range.end - range.start,
      tokenTypes.indexOf(type),
      bits,
    )
    lastLine = line
    lastColumn = column
  }
  return { data }
}

export function toInlayHint(
  { at, label, tooltip, kind }: answers.InlayHint,
  positions: Positions,
): lsp.InlayHint {
  return {
    position: positions.positionAt(at),
    label,
    kind: kind === 'parameter' ? lsp.InlayHintKind.Parameter : lsp.InlayHintKind.Type,
    paddingLeft: true,
    ...(tooltip !== undefined && { tooltip: { kind: 'markdown', value: tooltip } as const }),
  }
}

export function toCodeLens(
  { range, title, command, argument }: answers.CodeLens,
  positions: Positions,
): lsp.CodeLens {
  return {
    range: positions.rangeOf(range),
    command: { title: verbatim(title), command, arguments: [argument] },
  }
}

export function toCodeAction(action: answers.CodeAction, uri: string, positions: Positions): lsp.CodeAction {
  const { title, kind, edits, diagnostic, preferred } = action
  return {
    title,
    kind,
    edit: { changes: { [uri]: edits.map((edit) => toTextEdit(edit, positions)) } },
    ...(diagnostic !== undefined && { diagnostics: [toDiagnostic(diagnostic, uri, positions)] }),
    ...(preferred === true && { isPreferred: true }),
  }
}
