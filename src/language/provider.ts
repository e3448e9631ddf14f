import type { TextEdit, TextRange } from '../shared/text-range.ts'
import type {
  CodeAction,
  CodeLens,
  CompletionList,
  Diagnostic,
  DocumentLink,
  Fold,
  Highlight,
  Hover,
  InlayHint,
  Location,
  Rename,
  SignatureHelp,
  Symbol,
  Token,
} from './answers.ts'
import type { Host } from './host.ts'
import type { Fix } from './rules/rule.ts'
import type { LanguageSettings } from './settings.ts'

export type LanguageId = 'dockerfile' | 'compose' | 'dockerignore' | 'dotenv'

/** One version of a document. Providers keep what they parsed of it in a WeakMap with this object as the key. */
export interface SourceDocument {
  readonly uri: string
  readonly languageId: LanguageId
  readonly version: number
  readonly text: string
}

export interface Context {
  readonly host: Host
  readonly settings: LanguageSettings
  /** Fires when the answer is no longer wanted. */
  readonly signal: AbortSignal
  /** Another open document, for what reaches across files; undefined when it is not open. */
  readonly openDocument: (uri: string) => SourceDocument | undefined
  /** Tells the commands that the client can run; empty when it can run none. */
  readonly commands: readonly string[]
}

export interface FormatOptions {
  readonly tabSize: number
  readonly insertSpaces: boolean
}

type Answer<T> = T | Promise<T>

/** What a language serves. An absent member is not offered for it; no member throws for any text. */
export interface LanguageProvider {
  diagnostics?(doc: SourceDocument, context: Context): Answer<readonly Diagnostic[]>
  /** Changes that write a comment which turns a finding off. */
  silences?(doc: SourceDocument, finding: Diagnostic): readonly Fix[]
  /** All safe fixes of the findings, and those which they make possible. */
  fixAll?(doc: SourceDocument, context: Context): Answer<readonly TextEdit[]>
  /** The findings once more with those that take longer (another program is asked); undefined when there are none to add. */
  moreDiagnostics?(
    doc: SourceDocument,
    found: readonly Diagnostic[],
    context: Context,
  ): Answer<readonly Diagnostic[] | undefined>
  hover?(doc: SourceDocument, offset: number, context: Context): Answer<Hover | undefined>
  /** `typed` is the character that opened the list by itself; undefined when it was asked for. */
  completion?(doc: SourceDocument, offset: number, context: Context, typed?: string): Answer<CompletionList>
  signatureHelp?(doc: SourceDocument, offset: number, context: Context): Answer<SignatureHelp | undefined>
  definition?(doc: SourceDocument, offset: number, context: Context): Answer<readonly Location[]>
  references?(
    doc: SourceDocument,
    offset: number,
    includeDeclaration: boolean,
    context: Context,
  ): Answer<readonly Location[]>
  highlights?(doc: SourceDocument, offset: number, context: Context): Answer<readonly Highlight[]>
  prepareRename?(doc: SourceDocument, offset: number, context: Context): Answer<TextRange | undefined>
  rename?(doc: SourceDocument, offset: number, newName: string, context: Context): Answer<Rename | undefined>
  links?(doc: SourceDocument, context: Context): Answer<readonly DocumentLink[]>
  symbols?(doc: SourceDocument, context: Context): Answer<readonly Symbol[]>
  folds?(doc: SourceDocument, context: Context): Answer<readonly Fold[]>
  /** For each offset the ranges around it, the innermost first. */
  selections?(
    doc: SourceDocument,
    offsets: readonly number[],
    context: Context,
  ): Answer<readonly (readonly TextRange[])[]>
  tokens?(doc: SourceDocument, context: Context): Answer<readonly Token[]>
  inlayHints?(doc: SourceDocument, range: TextRange, context: Context): Answer<readonly InlayHint[]>
  codeLenses?(doc: SourceDocument, context: Context): Answer<readonly CodeLens[]>
  /** Refactorings; the fixes of diagnostics are added by the service. */
  codeActions?(doc: SourceDocument, range: TextRange, context: Context): Answer<readonly CodeAction[]>
  format?(
    doc: SourceDocument,
    range: TextRange | undefined,
    options: FormatOptions,
    context: Context,
  ): Answer<readonly TextEdit[]>
  formatOnType?(
    doc: SourceDocument,
    offset: number,
    character: string,
    options: FormatOptions,
    context: Context,
  ): Answer<readonly TextEdit[]>
}
