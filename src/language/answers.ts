import type { TextEdit, TextRange } from '../shared/text-range.ts'
import type { Finding } from './rules/rule.ts'

/** What the language services answer, in offsets; `to-lsp.ts` turns it into the protocol's types. */

/** A finding of a rule, with what the editor shows beside it. */
export interface Diagnostic extends Finding {
  /** The page that explains the rule. */
  readonly url?: string
  /** True for what any YAML editor with the Compose schema finds too. */
  readonly inSchema?: boolean
}

export interface Hover {
  /** Markdown; texts of the document in it are already escaped. */
  readonly markdown: string
  readonly range: TextRange
}

export type CompletionKind =
  | 'keyword'
  | 'flag'
  | 'value'
  | 'variable'
  | 'stage'
  | 'image'
  | 'file'
  | 'folder'
  | 'property'
  | 'reference'
  | 'snippet'

export interface Completion {
  readonly label: string
  readonly kind: CompletionKind
  /** What it replaces and with what; `snippet` when the text has `$1` places. */
  readonly edit: TextEdit
  /** Where the word ends that the text is typed into, when that is behind the edit: an editor may replace all of it. */
  readonly wordEnd?: number
  readonly snippet?: boolean
  readonly detail?: string
  /** Markdown. */
  readonly documentation?: string
  /** What the typed text is compared with, when it is not the label. */
  readonly filter?: string
  readonly sort?: string
  readonly deprecated?: boolean
  /** Open the list of completions again after this one (a folder, a flag that wants a value). */
  readonly again?: boolean
}

export interface CompletionList {
  readonly items: readonly Completion[]
  /** More would come with more text. */
  readonly incomplete: boolean
}

export interface SignatureHelp {
  readonly signatures: readonly Signature[]
  readonly active: number
  readonly activeParameter: number
}

export interface Signature {
  readonly label: string
  readonly documentation?: string
  /** Each label is a stretch of the signature's label. */
  readonly parameters: readonly {
    readonly label: readonly [number, number]
    readonly documentation?: string
  }[]
}

/** A place in this document or in another. */
export interface Location {
  readonly uri: string
  readonly range: TextRange
  /** Lines and columns of `range` in the other document, counted from 0, when its text is not this document's. */
  readonly at?: { readonly start: Position; readonly end: Position }
}

export interface Position {
  readonly line: number
  readonly character: number
}

export interface Highlight {
  readonly range: TextRange
  readonly kind: 'read' | 'write'
}

export interface DocumentLink {
  readonly range: TextRange
  /** Absolute: `file:` or `https:`. */
  readonly target: string
  readonly tooltip?: string
}

export type SymbolKind =
  | 'file'
  | 'stage'
  | 'instruction'
  | 'variable'
  | 'label'
  | 'port'
  | 'heredoc'
  | 'object'
  | 'key'
  | 'string'

export interface Symbol {
  readonly name: string
  readonly detail?: string
  readonly kind: SymbolKind
  readonly range: TextRange
  readonly nameRange: TextRange
  readonly children: readonly Symbol[]
}

export interface Fold {
  /** Lines counted from 0, both included. */
  readonly startLine: number
  readonly endLine: number
  readonly kind: 'comment' | 'region' | undefined
}

export const tokenTypes = [
  'keyword',
  'comment',
  'string',
  'variable',
  'parameter',
  'property',
  'operator',
  'macro',
  'class',
  'namespace',
  'function',
  'number',
] as const
export type TokenType = (typeof tokenTypes)[number]

export const tokenModifiers = ['declaration', 'deprecated', 'readonly'] as const
export type TokenModifier = (typeof tokenModifiers)[number]

/** Tokens are in the order of the text, do not overlap and stay within a line. */
export interface Token {
  readonly range: TextRange
  readonly type: TokenType
  readonly modifiers?: readonly TokenModifier[]
}

export interface InlayHint {
  readonly at: number
  readonly label: string
  /** Markdown. */
  readonly tooltip?: string
  readonly kind: 'value' | 'parameter'
}

export interface CodeLens {
  readonly range: TextRange
  readonly title: string
  readonly command: string
  readonly argument: Readonly<Record<string, unknown>>
}

export type CodeActionKind =
  | 'quickfix'
  | 'refactor.extract'
  | 'refactor.inline'
  | 'refactor.rewrite'
  | 'source.fixAll.quayside'

export interface CodeAction {
  readonly title: string
  readonly kind: CodeActionKind
  readonly edits: readonly TextEdit[]
  /** The finding it mends. */
  readonly diagnostic?: Diagnostic
  readonly preferred?: boolean
}

export type Rename =
  | { readonly edits: Readonly<Record<string, readonly TextEdit[]>> }
  /** Why the new name cannot be taken, in the user's language. */
  | { readonly refused: string }
