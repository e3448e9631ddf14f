import type { Level, Severity } from './rule.ts'

/** What the value of a label must look like, in hadolint's words. */
export type LabelType = 'text' | 'rawtext' | 'url' | 'rfc3339' | 'spdx' | 'hash' | 'semver' | 'email'

/** What `.hadolint.yaml` says, as far as an editor is concerned. */
export interface HadolintConfig {
  /** Codes that are off. */
  readonly ignored: readonly string[]
  /** Levels by code. */
  readonly override: Readonly<Record<string, Severity>>
  /** Empty: every registry is trusted. */
  readonly trustedRegistries: readonly string[]
  readonly labelSchema: Readonly<Record<string, LabelType>>
  readonly strictLabels: boolean
  /** Comments `# hadolint ignore=` count for nothing. */
  readonly disableIgnorePragma: boolean
}

export const defaultHadolintConfig: HadolintConfig = {
  ignored: [],
  override: {},
  trustedRegistries: [],
  labelSchema: {},
  strictLabels: false,
  disableIgnorePragma: false,
}

/** The names under which hadolint looks for its configuration beside a Dockerfile, the first found counts. */
export const hadolintConfigNames: readonly string[] = ['.hadolint.yaml', '.hadolint.yml']

/** The level that the configuration gives to a rule, by any of its codes. */
export function hadolintLevel(config: HadolintConfig, names: readonly string[]): Level | undefined {
  for (const name of names) if (config.ignored.includes(name)) return 'off'
  for (const name of names) if (config.override[name] !== undefined) return config.override[name]
  return undefined
}
