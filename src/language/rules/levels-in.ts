import type { DockerfileRule } from './define-rule.ts'
import { dockerfileRules } from './dockerfile/index.ts'
import { type HadolintConfig, hadolintLevel } from './hadolint-config.ts'
import { isBuildKitName, type Pragmas } from './pragmas.ts'
import type { Level, RuleSettings } from './rule.ts'

/** The level that a rule has in one file. */
export function levelIn(
  rule: Pick<DockerfileRule, 'id' | 'aliases' | 'severity'>,
  rules: RuleSettings,
  hadolint: HadolintConfig,
  pragmas: Pragmas,
): Level {
  if (pragmas.skips(rule)) return 'off'
  // The user's own word counts first, then `.hadolint.yaml`, then the file's `# check=`, then the rule's default.
  const names = [rule.id, ...rule.aliases]
  const own = names.find((name) => Object.hasOwn(rules, name))
  if (own !== undefined) return rules[own]!
  const theirs = hadolintLevel(hadolint, names)
  if (theirs !== undefined) return theirs
  if (rule.severity === 'off' && !pragmas.wants(rule)) return 'off'
  if (pragmas.errors && rule.aliases.some(isBuildKitName)) return 'error'
  return rule.severity === 'off' ? 'warning' : rule.severity
}

/** What most files have: the settings stay as they are from one key to the next. */
const kept = new WeakMap<
  RuleSettings,
  { readonly hadolint: HadolintConfig; readonly levels: readonly Level[] }
>()

/** The levels of all rules in one file, in the order of `dockerfileRules`. */
export function levelsIn(rules: RuleSettings, hadolint: HadolintConfig, pragmas: Pragmas): readonly Level[] {
  const find = (): readonly Level[] => dockerfileRules.map((rule) => levelIn(rule, rules, hadolint, pragmas))
  if (pragmas.speakOfFile) return find()
  let known = kept.get(rules)
  if (known?.hadolint !== hadolint) kept.set(rules, (known = { hadolint, levels: find() }))
  return known.levels
}
