import type { TextEdit, TextRange } from '../../shared/text-range.ts'

/** How loud a finding is, in the words of the Language Server Protocol. */
export type Severity = 'error' | 'warning' | 'information' | 'hint'

/** What a rule can be set to. */
export type Level = Severity | 'off'

export const levels: readonly Level[] = ['off', 'hint', 'information', 'warning', 'error']

/** A change of the text that mends a finding. Edits are in offsets of the whole document and do not overlap. */
export interface Fix {
  /** What the change does, as an order: "Use `apt-get`". */
  readonly title: string
  readonly edits: readonly TextEdit[]
}

/** What a rule yields: one place and what is wrong there. */
export interface Report {
  readonly range: TextRange
  /** One sentence for the user, through `t()`. */
  readonly message: string
  /** A change that is safe to make unasked: the text means the same afterwards, or what was plainly meant. */
  readonly fix?: Fix
  /** Changes the user must choose, best first. */
  readonly suggestions?: readonly Fix[]
  /** Other places that belong to it ("first defined here"). */
  readonly related?: readonly { readonly range: TextRange; readonly message: string }[]
  readonly tag?: 'unnecessary' | 'deprecated'
  /** Which of the rule's aliases mean this place; all of them without it. Only of rules with `aliasesDiffer`. */
  readonly aliases?: readonly string[]
}

/** A report with the rule it came from and the severity it has here. */
export interface Finding extends Report {
  /** The id of the rule; a finding of ShellCheck's has its `SC…` code. */
  readonly rule: string
  readonly aliases: readonly string[]
  readonly severity: Severity
}

/** What a rule looks like when it strikes, and how to write it instead: documentation and test at once. */
export interface Example<Options> {
  /** The text with «marks» around each range that must be found. */
  readonly bad: string
  /**
   * The text about which the rule is silent. Of a rule with a fix: what the fixes of `bad` make of it. Of a rule with
   * suggestions: what the first suggestion of every finding makes of it. It may go on with more that the rule lets pass.
   */
  readonly good: string
  /** False where this example's findings carry no fix or suggestion although the rule has one. */
  readonly fixed?: false
  /** What the rule must know beside the text (configuration, `.dockerignore`, …), in the words of its kind. */
  readonly options?: Options
}

/**
 * One rule: one object in one file, `<id>.ts`, as its default export, listed in the index of its kind. The doc page,
 * the setting, `docs/rules/rules.json` and the tests are derived from it.
 */
export interface Rule<Doc, Context, Options = object> {
  /** kebab-case, the same as the file's name. */
  readonly id: string
  /** What others call it: BuildKit's name, hadolint's `DL…`, ShellCheck's `SC…`, dclint's name. Any of them silences it. */
  readonly aliases: readonly string[]
  /** The aliases mean different places: each report says its own, and is set and silenced by those. */
  readonly aliasesDiffer?: true
  /** The default; chosen so that a good file is silent. */
  readonly severity: Level
  /** `safe`: some findings carry a fix. `suggestion`: some carry a change to choose. */
  readonly fixable?: 'safe' | 'suggestion'
  /** One line: what is caught. English; also the setting's description. */
  readonly summary: string
  /** Why it matters, in Markdown. */
  readonly why: string
  /** Addresses worth reading, beside the pages of BuildKit, hadolint and ShellCheck, which follow from `aliases`. */
  readonly references?: readonly string[]
  readonly examples: readonly Example<Options>[]
  /** Finds the places. Must be linear in the size of the document and must not throw, whatever the text. */
  readonly check: (doc: Doc, context: Context) => Iterable<Report>
}

/**
 * Makes the `define…Rule` function of one kind of document, so that `check(doc, context)` is typed without annotation:
 * `export const defineComposeRule = ruleKind<ComposeDoc, ComposeContext, ComposeOptions>()`.
 */
export function ruleKind<Doc, Context, Options = object>(): (
  rule: Rule<Doc, Context, Options>,
) => Rule<Doc, Context, Options> {
  return (rule) => rule
}

/** A rule of any kind, where only its description matters (docs, settings). */
export type AnyRule = Omit<Rule<never, never>, 'check'>

/** The levels the user set, by rule id or any alias; what is absent keeps its default. */
export type RuleSettings = Readonly<Record<string, Level>>

/** The level of a rule under the user's settings: its id counts before its aliases. */
export function levelOf(rule: AnyRule, settings: RuleSettings): Level {
  for (const name of [rule.id, ...rule.aliases])
    if (Object.hasOwn(settings, name) && settings[name] !== undefined) return settings[name]
  return rule.severity
}

/** The finding a report becomes. */
export function findingOf(rule: AnyRule, severity: Severity, report: Report): Finding {
  return { ...report, rule: rule.id, aliases: report.aliases ?? rule.aliases, severity }
}
