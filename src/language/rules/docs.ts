import { dockerfileRules } from './dockerfile/index.ts'
import { isBuildKitName } from './pragmas.ts'
import type { AnyRule } from './rule.ts'

/** What rules are about; each kind has its own way to be silenced. */
export type RuleKind = 'dockerfile' | 'compose'

export interface RuleEntry {
  readonly kind: RuleKind
  readonly rule: AnyRule
}

/** Files under `docs/rules/`, by name: a page for each rule, a table of all, and `rules.json`. */
export function rulePages(entries: readonly RuleEntry[]): ReadonlyMap<string, string> {
  const sorted = [...entries].sort((a, b) => (a.rule.id < b.rule.id ? -1 : 1))
  const pages = new Map<string, string>()
  for (const entry of sorted) pages.set(`${entry.rule.id}.md`, pageOf(entry))
  pages.set('README.md', tableOf(sorted))
  pages.set('rules.json', `${JSON.stringify(sorted.map(jsonOf), undefined, 2)}\n`)
  return pages
}

/** The rules of Dockerfiles, for `rulePages` together with those of Compose files. */
export const dockerfileEntries: readonly RuleEntry[] = dockerfileRules.map((rule) => ({
  kind: 'dockerfile',
  rule,
}))

/** Addresses worth reading about a rule: its own and those that follow from its aliases. */
export function referencesOf({ aliases, references = [] }: AnyRule): readonly string[] {
  const derived = aliases.flatMap((alias) => {
    if (/^DL\d+$/.test(alias)) return [`https://github.com/hadolint/hadolint/wiki/${alias}`]
    if (/^SC\d+$/.test(alias)) return [`https://www.shellcheck.net/wiki/${alias}`]
    return isBuildKitName(alias) ? [`https://docs.docker.com/reference/build-checks/${kebab(alias)}/`] : []
  })
  return [...new Set([...references, ...derived])]
}

/** `JSONArgsRecommended` is `json-args-recommended` in addresses. */
const kebab = (name: string): string =>
  name.replace(/([a-z])([A-Z])|([A-Z])(?=[A-Z][a-z])/g, '$1$3-$2').toLowerCase()

interface RuleJson {
  readonly id: string
  readonly kind: RuleKind
  readonly aliases: readonly string[]
  readonly severity: string
  readonly fixable: string | false
  readonly summary: string
}

const jsonOf = ({ kind, rule }: RuleEntry): RuleJson => ({
  id: rule.id,
  kind,
  aliases: rule.aliases,
  severity: rule.severity,
  fixable: rule.fixable ?? false,
  summary: rule.summary,
})

const fixWords = {
  safe: 'fixed automatically',
  suggestion: 'a change is suggested',
  none: 'not fixable',
} as const

function tableOf(entries: readonly RuleEntry[]): string {
  const part = (kind: RuleKind, title: string): string => {
    const rows = entries
      .filter((entry) => entry.kind === kind)
      .map(
        ({ rule }) =>
          `| [${rule.id}](${rule.id}.md) | ${rule.aliases.join(', ')} | ${rule.severity} | ${rule.fixable ?? ''} | ${cell(rule.summary)} |`,
      )
    if (rows.length === 0) return ''
    return `## ${title}\n\n| rule | also known as | default | fix | finds |\n| --- | --- | --- | --- | --- |\n${rows.join('\n')}\n`
  }
  const parts = [part('dockerfile', 'Dockerfile'), part('compose', 'Compose')].filter((text) => text !== '')
  return `${notice}# Rules\n\n${parts.join('\n')}`
}

const notice =
  '<!-- This page and those of the rules are written by `npm run gen` from `src/language/rules`; change the rules. -->\n\n'

const cell = (text: string): string => text.replaceAll('|', '\\|')

function pageOf({ kind, rule }: RuleEntry): string {
  const language = kind === 'dockerfile' ? 'dockerfile' : 'yaml'
  const [example] = rule.examples
  const code = (text: string): string =>
    `${fenceFor(text)}${language}\n${shorten(text.trimEnd())}\n${fenceFor(text)}\n`
  const parts = [
    `# ${rule.id}\n\n${rule.summary.replace(/\.$/, '')}.\n`,
    [
      `- Default severity: ${rule.severity}`,
      `- Fix: ${fixWords[rule.fixable ?? 'none']}`,
      ...(rule.aliases.length > 0 ? [`- Also known as: ${rule.aliases.join(', ')}`] : []),
    ].join('\n') + '\n',
    `## Why\n\n${rule.why}\n`,
    ...(example
      ? [
          `## Example\n\nFound:\n\n${code(example.bad.replace(/[«»]/g, ''))}`,
          `Better:\n\n${code(example.good)}`,
        ]
      : []),
    `## Silence\n\n${silenceOf(kind, rule)}\n`,
  ]
  const references = referencesOf(rule)
  if (references.length > 0)
    parts.push(`## References\n\n${references.map((address) => `- <${address}>`).join('\n')}\n`)
  return parts.join('\n')
}

const fenceFor = (text: string): string => (text.includes('```') ? '````' : '```')

/** Examples with very long lines are cut. */
const shorten = (text: string): string => text.replace(/^(.{200}).+$/gm, '$1…')

function silenceOf(kind: RuleKind, { id, aliases }: AnyRule): string {
  const ways = [
    `- Set \`quayside.lint.rules\` to \`{ "${id}": "off" }\`.`,
    `- Write \`# quayside ignore=${id}\` above the ${kind === 'dockerfile' ? 'instruction' : 'line'}, or \`# quayside ignore-file=${id}\` anywhere in the file.`,
  ]
  const hadolint = aliases.filter((alias) => /^(DL|SC)\d+$/.test(alias))
  if (hadolint.length > 0)
    ways.push(`- \`# hadolint ignore=${hadolint[0]}\` and \`ignored\` in \`.hadolint.yaml\` count as well.`)
  const buildKit = aliases.find(isBuildKitName)
  if (buildKit !== undefined)
    ways.push(`- \`# check=skip=${buildKit}\` at the top of the file counts as well.`)
  const other = aliases.find((alias) => /^[a-z]+(-[a-z]+)+$/.test(alias))
  if (kind === 'compose' && other !== undefined)
    ways.push(`- \`# dclint disable-line ${other}\` at the end of the line counts as well.`)
  return ways.join('\n')
}
