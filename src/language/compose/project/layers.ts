import { t } from '../../../shared/l10n.ts'
import { validateSchema } from '../schema/validate.ts'
import { build } from './build.ts'
import { canonical } from './canonical.ts'
import type { Files } from './files.ts'
import { interpolate, type VariablePlace } from './interpolate.ts'
import { clear, clearedOf, merge, type Cleared } from './merge.ts'
import type { FileReference, KnownEnvFile, Variable } from './model.ts'
import type { Problems } from './problem.ts'
import type { Lookup } from '../../../shared/dotenv/template.ts'
import { keepLast } from './unique.ts'
import { isUnknown, map, type MapValue, type Origin, type Source } from './value.ts'

/** What is gathered while a project is read. */
export interface LoadState {
  readonly files: Files
  readonly problems: Problems
  readonly sources: Source[]
  readonly variables: VariablePlace[]
  readonly references: FileReference[]
  /** The variables of the files of included projects, which have their own. */
  readonly environments: Map<Source, ReadonlyMap<string, Variable>>
  /** Files of variables by address, so that each is read once however many services name it. */
  readonly envFiles: Map<string, KnownEnvFile>
  /** How many characters of them may still be read. */
  envBudget: number
  /** How many characters of files that are included or extended may still be read. */
  textBudget: number
  /** How many entries may still come of laying services and documents over each other. */
  mergeBudget: number
  /** Set once a part of the project cannot be read. */
  incomplete: boolean
  /** How many files may still be read: a project that includes without end stops there. */
  budget: number
}

/** Replaces the extended services of one document; `cleared` is what its `!reset` and `!override` clear. */
export type Extender = (document: MapValue, source: Source, cleared: Cleared) => MapValue

/** Takes in what a document includes. */
export type Includer = (document: MapValue, source: Source) => MapValue

export interface LayerOptions {
  readonly lookup: Lookup
  readonly extend?: Extender
  readonly include?: Includer
  readonly schema: boolean
}

/** What stands between a project and a model: all documents of all its files, laid over each other. */
export interface Layers {
  readonly model: MapValue | undefined
  /** What the last document cleared. */
  readonly cleared: Cleared
}

/** Reads a compose file, which another one names at `named`; undefined where it cannot be read. */
export function readSource(
  state: LoadState,
  uri: string,
  folder: string,
  { scope = 'project', named }: { readonly scope?: string; readonly named?: Origin } = {},
): Source | undefined {
  if (state.budget < 0 || state.textBudget < 0) return undefined
  const yaml = --state.budget < 0 ? undefined : state.files.yaml(uri)
  if (yaml !== undefined) state.textBudget -= yaml.text.length
  if (state.budget < 0 || state.textBudget < 0) {
    state.incomplete = true
    if (named !== undefined) notAll(state, t('So many files, or so long ones, are not all read.'), named)
    return undefined
  }
  if (yaml === undefined) return undefined
  const source = { uri, yaml, folder, scope }
  state.sources.push(source)
  for (const problem of yaml.problems) {
    const root = yaml.documents[0]
    const node = root ?? { kind: 'scalar' as const, text: '', style: 'plain' as const, start: 0, end: 0 }
    const severity = problem.code === 'yaml-syntax' ? 'error' : 'information'
    const data = problem.fix === undefined ? {} : { data: { fixes: [problem.fix] } }
    state.problems.add(problem.code, problem.message, { source, node }, { range: problem, severity, ...data })
    if (problem.code !== 'yaml-syntax') state.incomplete = true
  }
  return source
}

/** What a mapping and those in it hold: how much work it is to lay something over it. */
export function sizeOf(model: MapValue): number {
  let size = model.entries.size
  for (const { value } of model.entries.values())
    if (value.kind === 'map') size += value.entries.size
    else if (value.kind === 'list') size += value.items.length
  return size
}

/** A part of the project is left alone, for it would take too long. */
export function notAll(state: LoadState, message: string, origin: Origin): void {
  state.problems.add('too-long', message, origin, { severity: 'information' })
  state.incomplete = true
}

/** Lays all documents of the files over each other, in their order. */
export function layFiles(state: LoadState, sources: readonly Source[], options: LayerOptions): Layers {
  let model: MapValue | undefined
  let cleared = clearedOf([])
  for (const source of sources)
    for (const root of source.yaml.documents) {
      const built = build(source, root, state.problems)
      cleared = clearedOf(built.cleared)
      if (model !== undefined && (state.mergeBudget -= sizeOf(model)) < 0) {
        notAll(state, t('So many documents are not all read.'), { source, node: root })
        return { model, cleared }
      }
      if (built.value.kind !== 'map') {
        if (!isUnknown(built.value))
          state.problems.add('not-a-mapping', t('A compose file must be a mapping.'), built.value.origin)
        continue
      }
      model = layDocument(
        state,
        model ?? map(new Map(), built.value.origin),
        built.value,
        source,
        cleared,
        options,
      )
    }
  return { model, cleared }
}

function layDocument(
  state: LoadState,
  below: MapValue,
  document: MapValue,
  source: Source,
  cleared: Cleared,
  options: LayerOptions,
): MapValue {
  const { problems } = state
  const interpolated = interpolate(document, options.lookup, problems, (place) => state.variables.push(place))
  if (interpolated.kind !== 'map') return below
  let layer: MapValue = interpolated
  if (options.extend !== undefined) layer = options.extend(layer, source, cleared)
  const base = clear(below, cleared)
  if (options.include !== undefined) layer = options.include(layer, source)
  let model = keepLast(merge(base, layer, problems), problems)
  if (options.schema) validateSchema(model, problems)
  if (model.entries.has('version')) {
    const entries = new Map(model.entries)
    entries.delete('version')
    model = { ...model, entries }
  }
  return keepLast(canonical(model, problems), problems)
}
