import type { RuleSettings } from './rules/rule.ts'

/** The part of the configuration section `quayside` that the language server reads. */
export interface LanguageSettings {
  readonly lint: {
    readonly enabled: boolean
    /** Severity by rule id; what is not named keeps the rule's own. */
    readonly rules: RuleSettings
    /** Glob patterns of files to rules, over `rules`. */
    readonly overrides: readonly LintOverride[]
    /** Read `.hadolint.yaml` beside or above the Dockerfile. */
    readonly hadolintConfig: boolean
    readonly shellCheck: boolean
    /** Registries that FROM may name; empty allows all. */
    readonly trustedRegistries: readonly string[]
  }
  readonly format: FormatSettings
  readonly inlayHints: boolean
  readonly codeLens: boolean
  /** Whether completion may ask registries for tags. */
  readonly registryCompletion: boolean
}

export interface LintOverride {
  readonly files: string
  readonly rules: RuleSettings
}

export interface FormatSettings {
  readonly enabled: boolean
  /** How keywords are written; `keep` leaves them. */
  readonly keywordCase: 'upper' | 'lower' | 'keep'
  /** Put exactly one empty line between stages. */
  readonly stageSpacing: boolean
}

export const defaultSettings: LanguageSettings = {
  lint: {
    enabled: true,
    rules: {},
    overrides: [],
    hadolintConfig: true,
    shellCheck: true,
    trustedRegistries: [],
  },
  format: { enabled: true, keywordCase: 'upper', stageSpacing: true },
  inlayHints: true,
  codeLens: true,
  registryCompletion: false,
}
