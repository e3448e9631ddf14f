import type { TextEdit } from '../../shared/text-range.ts'
import { applyEdits } from '../../shared/text-range.ts'
import type { DockerfileDoc } from '../dockerfile/model.ts'
import { parseDockerfile } from '../dockerfile/parse.ts'
import type { DockerfileRule } from './define-rule.ts'
import { dockerfileRules } from './dockerfile/index.ts'
import { contextOf, type DockerfileContext, type IgnoreFile } from './facts/context.ts'
import { inJson } from './facts/exec-edits.ts'
import { keepingComments } from './facts/kept-comments.ts'
import { defaultHadolintConfig, type HadolintConfig } from './hadolint-config.ts'
import { levelIn, levelsIn } from './levels-in.ts'
import { pragmasOf } from './pragmas.ts'
import {
  type Finding,
  findingOf,
  type Fix,
  type Level,
  type Report,
  type RuleSettings,
  type Severity,
} from './rule.ts'

export interface LintSettings {
  /** By rule id or alias. */
  readonly rules?: RuleSettings
  /** Registries that FROM may name, beside those of `.hadolint.yaml`; empty allows all. */
  readonly trustedRegistries?: readonly string[]
  /** What `.dockerignore` leaves out, where it is known. */
  readonly ignoreFile?: IgnoreFile
  /** Platforms of the images on the user's engine by `name:tag`. */
  readonly images?: ReadonlyMap<string, string>
}

const noRules: RuleSettings = {}
/** More than anyone reads; a generated file could have a hundred thousand. */
const maximalFindings = 500

/** All findings of a Dockerfile in the order of the text. Linear in its length. */
export function lint(
  doc: DockerfileDoc,
  settings: LintSettings = {},
  hadolint: HadolintConfig = defaultHadolintConfig,
): Finding[] {
  const steps = lintSteps(doc, settings, hadolint)
  for (;;) {
    const step = steps.next()
    if (step.done === true) return step.value
  }
}

/** The same in steps of one rule, so that others have their turn in between. */
export function* lintSteps(
  doc: DockerfileDoc,
  settings: LintSettings = {},
  hadolint: HadolintConfig = defaultHadolintConfig,
): Generator<undefined, Finding[]> {
  const trustedRegistries = [...hadolint.trustedRegistries, ...(settings.trustedRegistries ?? [])]
  const config = { ...hadolint, trustedRegistries }
  const { ignoreFile, images } = settings
  const context = contextOf(doc, { config, ...(ignoreFile && { ignoreFile }), ...(images && { images }) })
  const pragmas = pragmasOf(doc, !hadolint.disableIgnorePragma)
  const findings: Finding[] = []
  const rules = settings.rules ?? noRules
  const levels = levelsIn(rules, hadolint, pragmas)
  const judge = (rule: DockerfileRule, level: Level): void => {
    let count = 0
    for (const report of rule.check(doc, context)) {
      const meant = report.aliases === undefined ? rule : { ...rule, aliases: report.aliases }
      const severity = meant === rule ? level : levelIn(meant, rules, hadolint, pragmas)
      if (severity === 'off' || pragmas.silences(meant, report.range.start)) continue
      findings.push(findingOf(rule, severity, fitting(report, doc, context)))
      if (++count === maximalFindings) break
    }
  }
  for (let index = 0; index < dockerfileRules.length; index++) {
    const rule = dockerfileRules[index]!
    const level = levels[index]!
    if (level === 'off' && rule.aliasesDiffer !== true) continue
    judge(rule, level)
    yield
  }
  return inOrder(findings).slice(0, maximalFindings)
}

/** A report with its changes as they can be made where it stands. */
function fitting(report: Report, doc: DockerfileDoc, context: DockerfileContext): Report {
  const { fix, suggestions, ...rest } = report
  if (fix === undefined && suggestions === undefined) return report
  const fit = (each: Fix): Fix | undefined => {
    const written = inJson(each, doc, context)
    return written && keepingComments(written, doc)
  }
  const safe = fix && fit(fix)
  const others = suggestions?.flatMap((each) => fit(each) ?? []) ?? []
  return { ...rest, ...(safe && { fix: safe }), ...(others.length > 0 && { suggestions: others }) }
}

/** By place, and at one place the louder first. */
export function inOrder(findings: readonly Finding[]): Finding[] {
  const rank: Record<Severity, number> = { error: 0, warning: 1, information: 2, hint: 3 }
  return [...findings].sort(
    (a, b) =>
      a.range.start - b.range.start || rank[a.severity] - rank[b.severity] || a.range.end - b.range.end,
  )
}

/** The edits of as many fixes as go together; the first of two that touch the same text wins. */
export function fixEdits(findings: readonly Pick<Finding, 'fix'>[]): TextEdit[] {
  return joinFixes(findings.flatMap(({ fix }) => (fix ? [fix] : [])))
}

export function joinFixes(fixes: readonly Fix[]): TextEdit[] {
  const chosen: TextEdit[] = []
  const seen = new Set<string>()
  const key = (edit: TextEdit): string => `${edit.range.start},${edit.range.end},${edit.newText}`
  // In the order of their first edits, so that a look at the last chosen ones is enough in the usual case.
  for (const fix of fixes) {
    const fresh = fix.edits.filter((edit) => !seen.has(key(edit)))
    if (fresh.some((edit) => chosen.some((other) => touches(edit, other)))) continue
    for (const edit of fresh) {
      seen.add(key(edit))
      chosen.push(edit)
    }
  }
  return chosen
}

function touches(a: TextEdit, b: TextEdit): boolean {
  const [first, second] = a.range.start <= b.range.start ? [a.range, b.range] : [b.range, a.range]
  if (second.start < first.end) return true
  // Two insertions at one place go together; an insertion inside a replacement does not.
  return first.start === second.start && first.end !== second.end
}

/** The text after all safe fixes, and those which they make possible. */
export function fixAllText(
  text: string,
  settings: LintSettings = {},
  hadolint: HadolintConfig = defaultHadolintConfig,
): string {
  let current = text
  // A long text is not read ten times over: the next call goes on where this one ends.
  const passes = Math.min(10, Math.max(1, Math.floor(300_000 / text.length)))
  for (let pass = 0; pass < passes; pass++) {
    const edits = fixEdits(lint(parseDockerfile(current), settings, hadolint))
    const next = applyEdits(current, edits)
    if (next === current) break
    current = next
  }
  return current
}

/** All safe fixes as one edit of the part of the text that changes; none when nothing does. */
export function fixAll(
  doc: DockerfileDoc,
  settings: LintSettings = {},
  hadolint: HadolintConfig = defaultHadolintConfig,
): TextEdit[] {
  const { text } = doc
  const fixed = fixAllText(text, settings, hadolint)
  if (fixed === text) return []
  const limit = Math.min(text.length, fixed.length)
  let start = 0
  while (start < limit && text[start] === fixed[start]) start++
  let same = 0
  while (same < limit - start && text[text.length - 1 - same] === fixed[fixed.length - 1 - same]) same++
  return [
    {
      range: { start, end: text.length - same },
      newText: fixed.slice(start, fixed.length - same),
    },
  ]
}
