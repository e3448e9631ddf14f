import { t } from '../../../shared/l10n.ts'
import { activeProfiles, isStarted, projectName } from '../../../shared/compose-files.ts'
import { evaluateEnv } from '../../../shared/dotenv/evaluate.ts'
import { parseEnv } from '../../../shared/dotenv/parse.ts'
import { checkValues, entriesOf, itemsOf } from './checks.ts'
import { checkConsistency } from './consistency.ts'
import { checkKinds } from './decode.ts'
import { readEnvFiles, type ServiceFiles } from './env-files.ts'
import { extender } from './extends.ts'
import type { Files } from './files.ts'
import { includer } from './include.ts'
import { layFiles, readSource, type LoadState } from './layers.ts'
import type { Project, Service, Variable } from './model.ts'
import { folderOf, nameOf } from './paths.ts'
import { collectProblems, type Problem, type Problems } from './problem.ts'
import { substitute, type Lookup } from '../../../shared/dotenv/template.ts'
import { get, stringOf, type MapValue, type Source, type Value } from './value.ts'
import { checkContainerNames } from './container-names.ts'
import { lineStart } from '../yaml/characters.ts'

export interface LoadInput {
  /** The compose files, as they follow each other after `-f`. The first one gives the folder of the project. */
  readonly uris: readonly string[]
  readonly files: Files
  /** The folder that compose is run in, where that is another: variables of its `.env` count before those of the project's. */
  readonly from?: string | undefined
  /** Variables of the surroundings; they count before those of `.env`. */
  readonly environment: ReadonlyMap<string, string>
}

export interface LoadedProject extends Project {
  readonly serviceFiles: ReadonlyMap<string, ServiceFiles>
}

/** So many files one project may be made of. */
const fileBudget = 200

/** So many characters the files may have that are included or extended, all together. */
const includedLimit = 1_000_000

/**
 * Reads a project as `docker compose config` does: where that accepts it, no problem here is an error. Goes on after a
 * problem wherever the rest can still be judged. Never throws.
 */
export function loadProject(input: LoadInput): LoadedProject {
  const problems = collectProblems()
  const state: LoadState = {
    files: input.files,
    problems,
    sources: [],
    variables: [],
    references: [],
    environments: new Map(),
    envFiles: new Map(),
    envBudget: 5_000_000,
    textBudget: Infinity,
    mergeBudget: 100_000,
    incomplete: false,
    budget: fileBudget,
  }
  const folder = folderOf(input.uris[0] ?? '')
  const environment = new Map<string, Variable>()
  for (const [name, value] of input.environment) environment.set(name, { value })
  const from = input.from ?? folder
  const ownFault = addDotEnv(input.files, from, environment)
  const envFault = ownFault ?? (from === folder ? undefined : addDotEnv(input.files, folder, environment))
  const sources: Source[] = []
  for (const uri of input.uris) {
    const source = readSource(state, uri, folder)
    if (source === undefined) state.incomplete = true
    else sources.push(source)
  }
  state.textBudget = includedLimit
  nameProject(sources, folder, environment, problems)
  const lookup: Lookup = (name) => environment.get(name)?.value
  const { model } = layFiles(state, sources, {
    lookup,
    extend: extender(state, lookup),
    include: includer(state, environment, []),
    schema: true,
  })
  if (envFault !== undefined) reportAtTop(sources, problems, 'env-file-syntax', envFault)
  const services =
    model === undefined
      ? new Map<string, Service>()
      : servicesOf(model, activeProfiles(environment.get('COMPOSE_PROFILES')?.value ?? ''))
  const serviceFiles = new Map<string, ServiceFiles>()
  if (model === undefined || model.entries.size === 0) {
    if (sources.length > 0 && sources.every((source) => source.yaml.problems.length === 0))
      reportAtTop(sources, problems, 'empty-file', t('The file is empty.'))
  } else {
    checkValues(model, problems)
    checkKinds(model, problems)
    checkConsistency({ model, services, complete: !state.incomplete }, problems)
    checkContainerNames(services, problems)
    for (const service of services.values())
      serviceFiles.set(service.name, readEnvFiles(state, service, environment))
  }
  return {
    sources: state.sources,
    model,
    services,
    problems: soundProblems(state.sources, problems.list),
    variables: state.variables,
    environment,
    references: state.references,
    complete: !state.incomplete,
    serviceFiles,
  }
}

/** Adds the variables of the project's `.env`. Returns what is wrong with the file. */
function addDotEnv(files: Files, folder: string, environment: Map<string, Variable>): string | undefined {
  const uri = `${folder}/.env`
  const text = files.kind(uri) === 'file' ? files.text(uri) : undefined
  if (text === undefined) return undefined
  const { variables, faults } = evaluateEnv(parseEnv(text), (name) => environment.get(name)?.value)
  for (const [name, variable] of variables)
    if (!environment.has(name)) environment.set(name, { value: variable.value, from: { uri, variable } })
  const fault = faults[0]
  if (fault === undefined) return undefined
  return t('`.env`, line {0}: {1}', text.slice(0, fault.start).split('\n').length, fault.message)
}

function reportAtTop(sources: readonly Source[], problems: Problems, code: string, message: string): void {
  const source = sources[0]
  if (source === undefined) return
  const node = { kind: 'scalar' as const, text: '', style: 'plain' as const, start: 0, end: 0 }
  problems.add(code, message, { source, node })
}

/** Works out the name of the project, which is a variable too. */
function nameProject(
  sources: readonly Source[],
  folder: string,
  environment: Map<string, Variable>,
  problems: Problems,
): void {
  const given = environment.get('COMPOSE_PROJECT_NAME')?.value ?? ''
  if (given !== '') {
    if (projectName(given) !== given)
      reportAtTop(
        sources,
        problems,
        'project-name',
        t('`COMPOSE_PROJECT_NAME` must have small letters, digits, `-` and `_` only: {0}', given),
      )
    return
  }
  let written: { readonly source: Source; readonly node: Source['yaml']['documents'][number] } | undefined
  for (const source of sources)
    for (const document of source.yaml.documents)
      if (document.kind === 'map')
        for (const entry of document.entries)
          if (
            entry.key.kind === 'scalar' &&
            entry.key.text === 'name' &&
            entry.value.kind === 'scalar' &&
            entry.value.text !== ''
          )
            written = { source, node: entry.value }
  let name = projectName(nameOf(folder))
  if (written !== undefined && written.node.kind === 'scalar') {
    const result = substitute(written.node.text, (variable) => environment.get(variable)?.value)
    const own = projectName(result.value)
    if (own === '' && result.faults.length === 0)
      problems.add(
        'project-name',
        t('The name of the project is empty once only letters and digits are kept.'),
        written,
      )
    if (own !== '') name = own
  }
  environment.set('COMPOSE_PROJECT_NAME', { value: name })
}

function servicesOf(model: MapValue, active: ReadonlySet<string>): ReadonlyMap<string, Service> {
  const services = new Map<string, Service>()
  for (const [name, item] of entriesOf(get(model, 'services'))) {
    if (item.value.kind !== 'map') continue
    const profiles = itemsOf(get(item.value, 'profiles')).map((value: Value) => stringOf(value) ?? '')
    const enabled = isStarted(profiles, active)
    services.set(name, { name, item, value: item.value, enabled, profiles })
  }
  return services
}

/** What is true of a text even where its YAML is broken further on. */
const local = new Set([
  'unknown-key',
  'wrong-type',
  'not-one-of',
  'out-of-range',
  'bad-form',
  'bad-port',
  'bad-volume',
  'cast',
  'interpolation',
])

/** Where the line begins that the one at `offset` follows: what stands there may hold what is broken. */
function lineBefore(text: string, offset: number): number {
  const before = text.slice(0, lineStart(text, offset)).trimEnd()
  return lineStart(before, before.length)
}

/** Of a broken file only what stands before the break and depends on nothing else is kept. */
function soundProblems(sources: readonly Source[], all: readonly Problem[]): readonly Problem[] {
  const breaks = new Map<string, number>()
  for (const source of sources)
    for (const problem of source.yaml.problems) {
      breaks.set(
        source.uri,
        Math.min(breaks.get(source.uri) ?? Infinity, lineBefore(source.yaml.text, problem.start)),
      )
    }
  if (breaks.size === 0) return all
  const syntax = new Set(['yaml-syntax', 'too-deep', 'too-long'])
  return all.filter((problem) => {
    if (syntax.has(problem.code)) return true
    return local.has(problem.code) && problem.end < (breaks.get(problem.source.uri) ?? Infinity)
  })
}
