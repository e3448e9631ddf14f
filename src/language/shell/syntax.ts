/** The syntax tree of a shell script. All offsets are in the script's own text; `ShellScript` maps them to the document. */
export interface Span {
  readonly start: number
  readonly end: number
}

export interface LiteralPart extends Span {
  readonly kind: 'literal'
  /** With backslashes resolved. */
  readonly value: string
  /** `none`: bare characters; the others: in that kind of quotes. */
  readonly quote: 'none' | 'single' | 'double' | 'ansi'
}

export interface DoubleQuotedPart extends Span {
  readonly kind: 'double'
  readonly parts: readonly WordPart[]
}

/** `$name`, `${name}`, `${name:-word}`, `${#name}`. */
export interface ParameterPart extends Span {
  readonly kind: 'parameter'
  readonly name: string
  readonly braced: boolean
  /** `${#name}`. */
  readonly length: boolean
  /** `[…]` after the name of an array, with its brackets. */
  readonly subscript: string
  /** `:-`, `##`, `/` …; empty where there is none. */
  readonly operator: string
  readonly word?: Word
}

/** `$(…)` and `` `…` ``. */
export interface CommandPart extends Span {
  readonly kind: 'command'
  readonly script: Script
  readonly backquoted: boolean
}

/** `$((…))`. */
export interface ArithmeticPart extends Span {
  readonly kind: 'arithmetic'
  readonly parts: readonly WordPart[]
}

/** `<(…)` and `>(…)`. */
export interface ProcessPart extends Span {
  readonly kind: 'process'
  readonly script: Script
}

/** `(a b c)` as the value of an assignment. */
export interface ArrayPart extends Span {
  readonly kind: 'array'
  readonly words: readonly Word[]
}

export type WordPart =
  | LiteralPart
  | DoubleQuotedPart
  | ParameterPart
  | CommandPart
  | ArithmeticPart
  | ProcessPart
  | ArrayPart

export interface Word extends Span {
  readonly parts: readonly WordPart[]
}

export interface Assignment extends Span {
  readonly name: string
  readonly append: boolean
  readonly value: Word
}

export interface Heredoc {
  readonly delimiter: string
  /** A quoted delimiter: nothing in the body is expanded. */
  readonly quoted: boolean
  readonly stripTabs: boolean
  /** The body's place; absent where the script ends before it. */
  readonly body?: Span
}

export interface Redirect extends Span {
  /** `>`, `>>`, `<`, `<<`, `<<-`, `<<<`, `>&`, `<&`, `&>`, `&>>`, `>|`, `<>`. */
  readonly operator: string
  /** The descriptor before the operator, as written; empty where there is none. */
  readonly descriptor: string
  readonly target: Word
  readonly heredoc?: Heredoc
}

export interface SimpleCommand extends Span {
  readonly kind: 'simple'
  readonly assignments: readonly Assignment[]
  /** The name and its arguments. */
  readonly words: readonly Word[]
  readonly redirects: readonly Redirect[]
}

export interface CompoundCommand extends Span {
  readonly kind: 'subshell' | 'group' | 'function'
  readonly name?: string
  readonly body: Script
  readonly redirects: readonly Redirect[]
}

export interface IfCommand extends Span {
  readonly kind: 'if'
  readonly branches: readonly { readonly condition: Script; readonly body: Script }[]
  readonly otherwise?: Script
  readonly redirects: readonly Redirect[]
}

export interface LoopCommand extends Span {
  readonly kind: 'while' | 'until'
  readonly condition: Script
  readonly body: Script
  readonly redirects: readonly Redirect[]
}

export interface ForCommand extends Span {
  readonly kind: 'for' | 'select'
  readonly variable: string
  /** Absent: over the positional parameters, or an arithmetic `for`. */
  readonly words?: readonly Word[]
  readonly body: Script
  readonly redirects: readonly Redirect[]
}

export interface CaseCommand extends Span {
  readonly kind: 'case'
  readonly word: Word
  readonly items: readonly { readonly patterns: readonly Word[]; readonly body: Script }[]
  readonly redirects: readonly Redirect[]
}

/** `[[ … ]]` and `(( … ))`. */
export interface ConditionCommand extends Span {
  readonly kind: 'test' | 'arithmetic'
  readonly words: readonly Word[]
  readonly redirects: readonly Redirect[]
}

export type Command =
  | SimpleCommand
  | CompoundCommand
  | IfCommand
  | LoopCommand
  | ForCommand
  | CaseCommand
  | ConditionCommand

export interface Pipeline extends Span {
  readonly negated: boolean
  readonly commands: readonly Command[]
  /** Where each `|` stands, between the commands. */
  readonly pipes: readonly Span[]
}

/** Pipelines joined by `&&` and `||`, and what ends them. */
export interface Chain extends Span {
  readonly pipelines: readonly Pipeline[]
  readonly joins: readonly ('&&' | '||')[]
  readonly terminator: ';' | '&' | '\n' | ''
}

export interface Script extends Span {
  readonly chains: readonly Chain[]
}

export type ShellProblemCode =
  | 'unclosedQuote'
  | 'unclosedExpansion'
  | 'unclosedCompound'
  | 'unexpectedToken'
  | 'missingCommand'
  | 'missingTarget'
  | 'tooDeep'

/** What stops a shell from reading the script. */
export interface ShellProblem extends Span {
  readonly code: ShellProblemCode
  /** The token that is open, missing or unexpected: `if`, `"`, `)`. */
  readonly token: string
}
