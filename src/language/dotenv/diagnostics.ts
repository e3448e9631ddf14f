import { t } from '../../shared/l10n.ts'
import type { Diagnostic } from '../answers.ts'
import { nearest } from '../rules/facts/near.ts'
import type { Level } from '../rules/rule.ts'
import type { Context, SourceDocument } from '../provider.ts'
import { rulesFor } from '../settings.ts'
import { readEnv, type OpenEnv } from './open.ts'
import type { EnvEntry } from '../../shared/dotenv/parse.ts'

const page = 'https://docs.docker.com/compose/how-tos/environment-variables/variable-interpolation/'

/** Variables that Compose itself takes from `.env`. */
export const composeVariables: ReadonlyMap<string, () => string> = new Map([
  ['COMPOSE_PROJECT_NAME', () => t('The name of the project.')],
  ['COMPOSE_FILE', () => t('The compose files, separated by `:` (`;` on Windows).')],
  ['COMPOSE_PROFILES', () => t('The profiles that are on, separated by commas.')],
  ['COMPOSE_PATH_SEPARATOR', () => t('What separates the paths in `COMPOSE_FILE`.')],
  ['COMPOSE_ENV_FILES', () => t('Files of variables to read in place of `.env`.')],
  ['COMPOSE_CONVERT_WINDOWS_PATHS', () => t('Whether paths of Windows become those of Linux.')],
  ['COMPOSE_IGNORE_ORPHANS', () => t('Whether containers of removed services are passed over.')],
  ['COMPOSE_REMOVE_ORPHANS', () => t('Whether containers of removed services are removed.')],
  ['COMPOSE_PARALLEL_LIMIT', () => t('How many calls to the engine run at once.')],
  ['COMPOSE_ANSI', () => t('When colours are printed: never, always or auto.')],
  ['COMPOSE_STATUS_STDOUT', () => t('Whether progress goes to the standard output.')],
  ['COMPOSE_MENU', () => t('Whether `up` shows a menu.')],
  ['COMPOSE_PROGRESS', () => t('How progress is shown: auto, tty, plain, json or quiet.')],
  ['COMPOSE_EXPERIMENTAL', () => t('Whether experimental features are on.')],
  ['COMPOSE_BAKE', () => t('Whether builds go through Bake.')],
  ['COMPOSE_DISABLE_ENV_FILE', () => t('Whether `.env` is passed over.')],
  ['DOCKER_HOST', () => t('The address of the engine.')],
  ['DOCKER_CONTEXT', () => t('The context of the docker program.')],
  ['DOCKER_CERT_PATH', () => t('The folder of the certificates for TLS.')],
  ['DOCKER_TLS_VERIFY', () => t('Whether TLS is checked.')],
  ['DOCKER_DEFAULT_PLATFORM', () => t('The platform that is taken where none is named.')],
  ['DOCKER_BUILDKIT', () => t('Whether BuildKit builds.')],
  ['BUILDKIT_PROGRESS', () => t('How the progress of a build is shown.')],
])

/** What the engine refuses in a file of variables, and what is written in vain. */
export async function diagnostics(doc: SourceDocument, context: Context): Promise<readonly Diagnostic[]> {
  const open = await readEnv(doc, context)
  const { enabled } = context.settings.lint
  const rules = rulesFor(context.settings, doc.uri)
  const result: Diagnostic[] = []
  const add = (
    rule: string,
    level: Level,
    found: Omit<Diagnostic, 'rule' | 'aliases' | 'severity'>,
  ): void => {
    const severity = Object.hasOwn(rules, rule) ? (rules[rule] ?? level) : level
    if (severity === 'off' || (severity !== 'error' && !enabled)) return
    result.push({ rule, aliases: [], severity, url: page, ...found })
  }
  for (const { message, start, end } of open.evaluated.faults)
    add('env-syntax', 'error', { message, range: { start, end } })
  for (const entry of overwritten(open))
    add('env-duplicate', 'warning', {
      message: t('`{0}` is set again below, and that one counts.', entry.name),
      range: nameRange(entry),
      tag: 'unnecessary',
    })
  const used = open.isProjectFile && !open.isServiceFile ? usedNames(open) : undefined
  if (used !== undefined)
    for (const entry of open.file.entries)
      if (!used.has(entry.name) && entry.name !== '')
        add('env-unused', 'hint', {
          message: t('No compose file beside it uses `{0}`.', entry.name),
          range: nameRange(entry),
          tag: 'unnecessary',
          ...suggestion(entry, open),
        })
  for (const use of open.evaluated.uses)
    if (!use.set && use.operator === undefined)
      add('env-undefined', 'warning', {
        message: t('The variable `{0}` is not set before this line: an empty text is used.', use.name),
        range: { start: use.nameStart, end: use.nameStart + use.name.length },
      })
  return result.sort((a, b) => a.range.start - b.range.start)
}

function nameRange(entry: EnvEntry): { start: number; end: number } {
  return { start: entry.nameStart, end: entry.nameEnd }
}

function overwritten({ file }: OpenEnv): readonly EnvEntry[] {
  const last = new Map<string, EnvEntry>()
  for (const entry of file.entries) last.set(entry.name, entry)
  return file.entries.filter((entry) => last.get(entry.name) !== entry)
}

/** The names that the compose files, and this file itself, ask for; undefined where that is not known. */
function usedNames(open: OpenEnv): ReadonlySet<string> | undefined {
  const { project } = open
  if (project === undefined || !project.complete || project.model === undefined) return undefined
  const used = new Set<string>(composeVariables.keys())
  for (const { name } of project.variables) used.add(name)
  for (const { name } of open.evaluated.uses) used.add(name)
  for (const { environment } of project.serviceFiles.values())
    for (const [name, variable] of environment) if (variable.from?.uri === open.doc.uri) used.add(name)
  for (const source of project.sources)
    // A name alone in `environment` or `args` takes its value from here; so does `environment:` of a secret.
    for (const match of source.yaml.text.matchAll(
      /(?:^|[\s"'[,])(?:-\s*|environment:\s*)["']?([A-Za-z_]\w*)["']?\s*(?=[\r\n,\]#]|$)|^\s+([A-Za-z_]\w*):\s*(?:#[^\r\n]*)?$/gm,
    ))
      used.add(match[1] ?? match[2] ?? '')
  return used
}

function suggestion(entry: EnvEntry, open: OpenEnv): Partial<Diagnostic> {
  const wanted = (open.project?.variables ?? []).filter(({ set }) => !set).map(({ name }) => name)
  const meant = nearest(entry.name, wanted)
  if (meant === undefined) return {}
  return {
    suggestions: [
      { title: t('Rename it to `{0}`', meant), edits: [{ range: nameRange(entry), newText: meant }] },
    ],
  }
}
