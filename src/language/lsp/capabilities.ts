import { CodeActionKind } from 'vscode-languageserver-types'
import { tokenLegend } from './to-lsp.ts'

/** What the server can do, as the protocol says it; how texts are synchronized is the connection's to say. */
export const capabilities = {
  hoverProvider: true,
  completionProvider: { triggerCharacters: ['$', '{', '=', '/', ':', ',', '-', ' ', '.', '"', '!', '*'] },
  signatureHelpProvider: { triggerCharacters: [' ', '=', ','], retriggerCharacters: [' ', ',', '='] },
  definitionProvider: true,
  referencesProvider: true,
  documentHighlightProvider: true,
  renameProvider: { prepareProvider: true },
  documentLinkProvider: {},
  documentSymbolProvider: true,
  foldingRangeProvider: true,
  selectionRangeProvider: true,
  semanticTokensProvider: { legend: tokenLegend, full: true },
  inlayHintProvider: true,
  codeLensProvider: {},
  codeActionProvider: {
    codeActionKinds: [
      CodeActionKind.QuickFix,
      CodeActionKind.RefactorRewrite,
      CodeActionKind.RefactorExtract,
      'source.fixAll.quayside',
    ],
  },
  documentFormattingProvider: true,
  documentRangeFormattingProvider: true,
  documentOnTypeFormattingProvider: { firstTriggerCharacter: '\n' },
}
