import type { ComposeDoc } from '../../compose/doc.ts'
import { findingOf, levelOf, type Finding, type RuleSettings } from '../rule.ts'
import { composeRules } from './index.ts'
import { composePragmas } from './pragmas.ts'

/** More than anyone reads. */
const maximalFindings = 500

/** The findings of all rules in a compose file, in the order of the text. A file that does not parse is left alone. */
export function lintCompose(doc: ComposeDoc, settings: RuleSettings = {}): readonly Finding[] {
  if (doc.yaml.problems.length > 0) return []
  const pragmas = composePragmas(doc)
  const findings: Finding[] = []
  for (const rule of composeRules) {
    const severity = levelOf(rule, settings)
    if (severity === 'off') continue
    // What an anchor holds belongs to each service that takes it, and is still one text.
    const seen = new Set<string>()
    for (const report of rule.check(doc, undefined)) {
      const { start, end } = report.range
      const same = `${start} ${end} ${report.message}`
      if (seen.has(same) || pragmas.silences(rule, start)) continue
      seen.add(same)
      findings.push(findingOf(rule, severity, report))
      if (seen.size === maximalFindings) break
    }
  }
  findings.sort((a, b) => a.range.start - b.range.start || a.range.end - b.range.end)
  return findings.slice(0, maximalFindings)
}
