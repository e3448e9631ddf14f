import { t } from '../../../shared/l10n.ts'
import { evaluateEnv, type EnvVariable } from '../../../shared/dotenv/evaluate.ts'
import { parseEnv, type EnvFault } from '../../../shared/dotenv/parse.ts'
import { readRaw } from '../../dotenv/raw.ts'
import { isTrue, itemsOf } from './checks.ts'
import type { LoadState } from './layers.ts'
import type { EvaluatedFile, Service, Variable } from './model.ts'
import { isRemote, resolvePath } from './paths.ts'
import { get, isUnknown, printScalar, stringOf, type Value } from './value.ts'

/** What a service passes to its containers, by name, and where each value comes from. */
export type ServiceEnvironment = ReadonlyMap<string, ServiceVariable>

export interface ServiceVariable {
  /** Undefined where it is taken from the surroundings and is not set there. */
  readonly value: string | undefined
  /** Where it is written in a compose file. */
  readonly written?: Value
  readonly from?: Variable['from']
}

/** What a service gets from its files and says itself. */
export interface ServiceFiles {
  readonly environment: ServiceEnvironment
  /** What `label_file` gives, and `labels` over it; nothing where no file gives any. A label without a value is empty. */
  readonly labels: ServiceEnvironment
}

const noVariables: ReadonlyMap<string, Variable> = new Map()

function joined(
  files: readonly { readonly uri: string; readonly variables: ReadonlyMap<string, EnvVariable> }[],
): Map<string, ServiceVariable> {
  const result = new Map<string, ServiceVariable>()
  for (const { uri, variables } of files)
    for (const [name, variable] of variables)
      result.set(name, { value: variable.value, from: { uri, variable } })
  return result
}

/** What the service says itself, as a mapping or as a list. */
function ownEntries(service: Service, key: 'environment' | 'labels'): Map<string, ServiceVariable> {
  const own = new Map<string, ServiceVariable>()
  const value = get(service.value, key)
  if (value?.kind === 'map')
    for (const [name, item] of value.entries) {
      const empty = item.value.kind !== 'scalar' || item.value.type === 'null' || isUnknown(item.value)
      own.set(name, { value: empty ? undefined : printScalar(item.value), written: item.value })
    }
  for (const item of itemsOf(value)) {
    const word = stringOf(item)
    if (word === undefined) continue
    const equals = word.indexOf('=')
    own.set(equals < 0 ? word : word.slice(0, equals), {
      value: equals < 0 ? undefined : word.slice(equals + 1),
      written: item,
    })
  }
  return own
}

/** Reads the files of `env_file` and `label_file`; says which are missing and which the engine cannot read. */
export function readEnvFiles(
  state: LoadState,
  service: Service,
  environment: ReadonlyMap<string, Variable>,
): ServiceFiles {
  let known: Map<string, ServiceVariable> | undefined
  const own = (): ReadonlyMap<string, ServiceVariable> => (known ??= ownVariables())
  const given: { readonly uri: string; readonly variables: ReadonlyMap<string, EnvVariable> }[] = []
  for (const entry of itemsOf(get(service.value, 'env_file'))) {
    const path = get(entry, 'path')
    const required = get(entry, 'required')
    const format = stringOf(get(entry, 'format')) ?? ''
    if (path === undefined) continue
    const optional =
      required?.kind === 'scalar' && !isTrue(required) && !/^(?:true|y|yes|on)$/i.test(String(required.value))
    const uri = fileAt(service, path, 'env_file', !optional)
    if (format !== '' && format !== 'raw' && format !== '.env') {
      const message = t('There is no format `{0}`.', format)
      // A file that is not there is not read: then the format does not matter.
      const severity = service.enabled && (uri !== undefined || !optional) ? 'error' : 'warning'
      state.problems.add('env-file-format', message, (get(entry, 'format') ?? path).origin, { severity })
    }
    const text = uri === undefined ? undefined : state.files.text(uri)
    if (uri === undefined || text === undefined) continue
    const read = format === 'raw' ? rawFile(uri, text) : envFile(uri, path, text, variablesAt(path), own())
    reportFault(service, path, text, read.faults[0])
    given.push({ uri, variables: read.variables })
  }
  const labelled: typeof given = []
  const labelFiles = get(service.value, 'label_file')
  for (const path of labelFiles?.kind === 'list'
    ? labelFiles.items
    : labelFiles === undefined
      ? []
      : [labelFiles]) {
    const uri = fileAt(service, path, 'label_file', true)
    const text = uri === undefined ? undefined : state.files.text(uri)
    if (uri === undefined || text === undefined) continue
    const read = envFile(uri, path, text, noVariables, noVariables)
    reportFault(service, path, text, read.faults[0])
    labelled.push({ uri, variables: read.variables })
  }
  let environmentOf: ServiceEnvironment | undefined
  let labelsOf: ServiceEnvironment | undefined
  return {
    // Many services read the same long files, and few are ever asked what they pass on.
    get environment() {
      return (environmentOf ??= new Map([...joined(given), ...own()]))
    },
    get labels() {
      return (labelsOf ??= labels())
    },
  }

  function labels(): ServiceEnvironment {
    const result = joined(labelled)
    for (const [name, label] of result.size === 0 ? [] : ownEntries(service, 'labels'))
      result.set(name, { ...label, value: label.value ?? '' })
    return result
  }

  function ownVariables(): Map<string, ServiceVariable> {
    const own = ownEntries(service, 'environment')
    for (const [name, variable] of own) {
      const outer = (variable.written && variablesAt(variable.written))?.get(name)
      if (variable.value === undefined && outer !== undefined)
        own.set(name, {
          ...variable,
          value: outer.value,
          ...(outer.from === undefined ? {} : { from: outer.from }),
        })
    }
    return own
  }

  function variablesAt(value: Value): ReadonlyMap<string, Variable> {
    return state.environments.get(value.origin.source) ?? environment
  }

  function problem(of: Service, code: string, message: string, at: Value): void {
    state.problems.add(code, message, at.origin, of.enabled ? {} : { severity: 'warning' })
  }

  function reportFault(of: Service, path: Value, text: string, fault: EnvFault | undefined): void {
    if (fault === undefined) return
    const line = text.slice(0, fault.start).split('\n').length
    problem(of, 'env-file-syntax', t('`{0}`, line {1}: {2}', stringOf(path) ?? '', line, fault.message), path)
  }

  function rawFile(uri: string, text: string): EvaluatedFile {
    const key = `raw ${uri}`
    const read = state.envFiles.get(key)?.read ?? readRaw(text)
    state.envFiles.set(key, { environment: noVariables, read, asked: new Set() })
    return read
  }

  /** A file's variables; worked out once for all services that set none of the names it asks them for. */
  function envFile(
    uri: string,
    path: Value,
    text: string,
    outer: ReadonlyMap<string, Variable>,
    mine: ReadonlyMap<string, { readonly value: string | undefined }>,
  ): EvaluatedFile {
    const key = outer === noVariables ? `labels ${uri}` : uri
    const before = state.envFiles.get(key)
    if (before?.environment === outer) {
      let same = true
      for (const [name, { value }] of before.asked.size === 0 ? [] : mine)
        if (value !== undefined && before.asked.has(name)) same = false
      if (same) return before.read
    }
    const none = { variables: new Map(), faults: [] }
    if (state.envBudget < 0) return none
    if ((state.envBudget -= text.length) < 0) {
      const message = t('So many files of variables, or so long ones, are not all read.')
      state.problems.add('too-long', message, path.origin, { severity: 'information' })
      return none
    }
    const asked = new Set<string>()
    let alone = true
    const read = evaluateEnv(parseEnv(text), (name) => {
      const value = outer.get(name)?.value
      if (value !== undefined) return value
      const own = mine.get(name)?.value
      if (own === undefined) asked.add(name)
      else alone = false
      return own
    })
    if (alone) state.envFiles.set(key, { environment: outer, read, asked })
    return read
  }

  function fileAt(
    of: Service,
    path: Value,
    kind: 'env_file' | 'label_file',
    required: boolean,
  ): string | undefined {
    const word = stringOf(path)
    if (word === undefined) return undefined
    if (word === '' && required)
      problem(of, `${kind.replace('_', '-')}-missing`, t('The path is empty.'), path)
    const uri = word === '' || isRemote(word) ? undefined : resolvePath(path.origin.source.folder, word)
    if (uri === undefined) return undefined
    state.references.push({ kind, uri, origin: path.origin })
    const found = state.files.kind(uri)
    if (found === 'absent' && required)
      problem(
        of,
        kind === 'env_file' ? 'env-file-missing' : 'label-file-missing',
        t('There is no file `{0}`.', word),
        path,
      )
    if (found === 'folder') problem(of, 'env-file-missing', t('`{0}` is a folder.', word), path)
    return found === 'file' ? uri : undefined
  }
}
