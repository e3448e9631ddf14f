import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { commands } from '../src/commands/index.ts'
import { contributes as languageContributes } from '../src/language/contributes.ts'
import { composeRules } from '../src/language/rules/compose/index.ts'
import { dockerfileEntries, rulePages, type RuleEntry } from '../src/language/rules/docs.ts'
import { manifestOf } from '../src/manifest/contributes.ts'
import { settingsPage } from '../src/manifest/settings-page.ts'
import { schemaModule } from './gen-schema.ts'
import { textsOfSources } from './l10n-texts.ts'
import { kept, languages, readBundle, translationFiles, type Bundle } from './translations.ts'

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`

/** The rules of every kind of document. */
const ruleEntries: readonly RuleEntry[] = [
  ...dockerfileEntries,
  ...composeRules.map((rule): RuleEntry => ({ kind: 'compose', rule })),
]
const rulesFolder = 'docs/rules'

/** Every derived file, by its path from the root, as it must be. */
export function generated(): ReadonlyMap<string, string> {
  const rules = ruleEntries.map(({ rule }) => rule)
  const manifest = manifestOf({ commands, rules, language: languageContributes })
  const english: Readonly<Record<string, Bundle>> = {
    'package.nls.json': manifest.texts,
    'l10n/bundle.l10n.json': bundle(),
  }
  return new Map([
    ['package.json', packageJson(manifest.fields)],
    ...Object.entries(english).map(([path, texts]) => [path, json(texts)] as const),
    ...languages
      .flatMap(translationFiles)
      .map(([from, to]) => [to, json(kept(english[from] ?? {}, readBundle(to), readBundle(from)))] as const),
    ['src/language/compose/schema-data.ts', schemaModule()],
    ['docs/settings.md', settingsPage(rules)],
    ...[...rulePages(ruleEntries)].map(([name, text]) => [`${rulesFolder}/${name}`, text] as const),
  ])
}

/** Files that were derived once and are no more: pages of rules that are gone. */
export function obsolete(current: ReadonlyMap<string, string>): readonly string[] {
  if (!existsSync(rulesFolder)) return []
  return readdirSync(rulesFolder)
    .map((name) => `${rulesFolder}/${name}`)
    .filter((path) => !current.has(path))
}

/** The bundle of `vscode.l10n`: each English text is its own key. Titles of commands are shown by the palette's questions too. */
function bundle(): Readonly<Record<string, string>> {
  const titles = commands.map((command) => command.title.replace(/…$/, ''))
  const texts = new Set([...textsOfSources().texts, ...titles])
  return Object.fromEntries([...texts].sort().map((text) => [text, text]))
}

/** The package.json there is, with the computed keys replaced; what else is in it stays as it is. */
function packageJson(fields: Readonly<Record<string, unknown>>): string {
  const present = JSON.parse(readFileSync('package.json', 'utf8')) as Record<string, unknown>
  const { devDependencies, scripts, ...rest } = present
  return json({ ...rest, ...fields, scripts, devDependencies })
}
