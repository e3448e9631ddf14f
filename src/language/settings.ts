import { compilePattern } from '../shared/dockerignore/pattern.ts'
import { levels, type Level, type RuleSettings } from './rules/rule.ts'
import { decodePath } from './uri.ts'

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

/** The levels of the rules for one file: the general ones, under those of the overrides that fit, the last one counting most. */
export function rulesFor({ lint }: LanguageSettings, uri: string): RuleSettings {
  const fitting = lint.overrides.filter(({ files }) => fits(files, decodePath(uri)))
  return fitting.length === 0
    ? lint.rules
    : (Object.assign({}, lint.rules, ...fitting.map(({ rules }) => rules)) as RuleSettings)
}

/** A pattern without a slash is about the name of a file, one with a slash about the end of its path. */
function fits(pattern: string, path: string): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1)
  const bare = pattern.replace(/^\/+/, '')
  const compiled = compilePattern(bare.includes('/') && !bare.startsWith('**') ? `**/${bare}` : bare)
  return compiled?.matches(bare.includes('/') ? path.replace(/^\/+/, '') : name) ?? false
}

/** The settings in what a client sends; what is absent or of the wrong type keeps its default. */
export function readSettings(section: unknown): LanguageSettings {
  const { lint, format } = defaultSettings
  const from = record(section)
  const [ofLint, ofFormat] = [record(from['lint']), record(from['format'])]
  const flag = (value: unknown, standard: boolean): boolean => (typeof value === 'boolean' ? value : standard)
  return {
    lint: {
      enabled: flag(ofLint['enabled'], lint.enabled),
      rules: readRules(ofLint['rules']),
      overrides: array(ofLint['overrides']).flatMap((entry) => {
        const { files, rules } = record(entry)
        return typeof files === 'string' ? [{ files, rules: readRules(rules) }] : []
      }),
      hadolintConfig: flag(ofLint['hadolintConfig'], lint.hadolintConfig),
      shellCheck: flag(ofLint['shellCheck'], lint.shellCheck),
      trustedRegistries: array(ofLint['trustedRegistries']).filter((entry) => typeof entry === 'string'),
    },
    format: {
      enabled: flag(ofFormat['enabled'], format.enabled),
      keywordCase:
        ofFormat['keywordCase'] === 'lower' || ofFormat['keywordCase'] === 'keep'
          ? ofFormat['keywordCase']
          : format.keywordCase,
      stageSpacing: flag(ofFormat['stageSpacing'], format.stageSpacing),
    },
    inlayHints: flag(from['inlayHints'], defaultSettings.inlayHints),
    codeLens: flag(from['codeLens'], defaultSettings.codeLens),
    registryCompletion: flag(from['registryCompletion'], defaultSettings.registryCompletion),
  }
}

function readRules(value: unknown): RuleSettings {
  const rules: [string, Level][] = []
  for (const [name, level] of Object.entries(record(value)))
    if (levels.includes(level as Level)) rules.push([name, level as Level])
  return Object.fromEntries(rules)
}

const record = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {}
const array = (value: unknown): readonly unknown[] => (Array.isArray(value) ? (value as unknown[]) : [])
