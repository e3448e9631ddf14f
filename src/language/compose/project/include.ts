import { t } from '../../../shared/l10n.ts'
import { evaluateEnv } from '../../../shared/dotenv/evaluate.ts'
import { parseEnv } from '../../../shared/dotenv/parse.ts'
import { checkValues, itemsOf } from './checks.ts'
import { extender } from './extends.ts'
import { layFiles, readSource, type Includer, type LoadState } from './layers.ts'
import type { Variable } from './model.ts'
import { folderOf, isRemote, resolveFile } from './paths.ts'
import {
  get,
  isNull,
  isUnknown,
  sameValue,
  stringOf,
  type Item,
  type MapValue,
  type Source,
  type Value,
} from './value.ts'

const sections = ['services', 'volumes', 'networks', 'secrets', 'configs', 'models'] as const

export type Environment = ReadonlyMap<string, Variable>

/** What one entry of `include` asks for. */
interface Include {
  readonly paths: readonly Value[]
  readonly folder: Value | undefined
  readonly envFiles: readonly Value[]
}

/** Makes the function that takes included projects into a document. `trail` are the files that led here. */
export function includer(state: LoadState, environment: Environment, trail: readonly string[]): Includer {
  const { problems } = state

  return (document, source) => {
    const item = document.entries.get('include')
    if (item === undefined) return document
    let result = without(document, 'include')
    if (isNull(item.value) || isUnknown(item.value)) return result
    if (item.value.kind !== 'list') {
      problems.add('include', t('`include` must be a list of files.'), item.value.origin)
      return result
    }
    for (const entry of item.value.items) {
      const include = readEntry(entry)
      const model = include === undefined ? undefined : load(include, [...trail, source.uri])
      if (model !== undefined) result = take(result, model, entry)
    }
    return result
  }

  function readEntry(entry: Value): Include | undefined {
    if (isNull(entry)) return undefined
    if (isUnknown(entry) || (entry.kind === 'scalar' && entry.type === 'timestamp')) {
      state.incomplete = true
      return undefined
    }
    if (stringOf(entry) !== undefined) return { paths: [entry], folder: undefined, envFiles: [] }
    if (entry.kind !== 'map') {
      problems.add(
        'include',
        t('An entry of `include` must be a path or a mapping with `path`.'),
        entry.origin,
      )
      return undefined
    }
    for (const [key, { key: origin }] of entry.entries)
      if (!['path', 'project_directory', 'env_file'].includes(key))
        problems.add('unknown-key', t('`{0}` is not allowed here.', key), origin, { severity: 'warning' })
    const folder = get(entry, 'project_directory')
    if (
      folder !== undefined &&
      !(folder.kind === 'scalar' && ['string', 'int', 'null', 'unknown'].includes(folder.type))
    )
      problems.add('include', t('This must be a path.'), folder.origin)
    const texts = (key: string): readonly Value[] => {
      const value = get(entry, key)
      if (value === undefined || isNull(value)) return []
      const list = value.kind === 'list' ? itemsOf(value) : [value]
      for (const one of list)
        if (stringOf(one) === undefined && !isUnknown(one))
          problems.add('include', t('This must be a path.'), one.origin)
      return list.filter((one) => stringOf(one) !== undefined || isUnknown(one))
    }
    return { paths: texts('path'), folder, envFiles: texts('env_file') }
  }

  function load(include: Include, seen: readonly string[]): MapValue | undefined {
    const uris: { readonly uri: string; readonly path: Value }[] = []
    for (const path of include.paths) {
      const uri = resolve(path)
      if (uri === undefined) {
        state.incomplete = true
        return undefined
      }
      state.references.push({ kind: 'include', uri, origin: path.origin })
      const kind = state.files.kind(uri)
      if (kind === 'unknown') {
        state.incomplete = true
        return undefined
      }
      if (kind !== 'file') {
        const word = stringOf(path) ?? ''
        const message = kind === 'folder' ? t('`{0}` is a folder.', word) : t('There is no file `{0}`.', word)
        problems.add('include', message, path.origin)
        return undefined
      }
      uris.push({ uri, path })
    }
    const main = uris[0]
    if (main === undefined) {
      environmentOf(include, '')
      return undefined
    }
    if (seen.includes(main.uri)) {
      problems.add('include-cycle', t('The files include each other.'), main.path.origin)
      return undefined
    }
    const folder = (include.folder === undefined ? undefined : resolve(include.folder)) ?? folderOf(main.uri)
    const inner = environmentOf(include, folder)
    const sources: Source[] = []
    for (const { uri, path } of uris) {
      const source = readSource(state, uri, folder, { named: path.origin })
      if (source === undefined) state.incomplete = true
      else {
        sources.push(source)
        state.environments.set(source, inner)
      }
    }
    const lookup = (name: string): string | undefined => inner.get(name)?.value
    const { model } = layFiles(state, sources, {
      lookup,
      extend: extender(state, lookup),
      include: includer(state, inner, seen),
      schema: true,
    })
    if (model !== undefined) checkValues(model, problems)
    return model
  }

  function resolve(path: Value): string | undefined {
    const word = stringOf(path)
    return word === undefined || isRemote(word) ? undefined : resolveFile(path.origin, word)
  }

  /** The variables of an included project: those of the including one, then those of its own files. */
  function environmentOf(include: Include, folder: string): Environment {
    const uris: { readonly uri: string; readonly from?: Value }[] = []
    if (include.envFiles.length === 0) {
      const standard = `${folder}/.env`
      if (folder !== '' && state.files.kind(standard) === 'file') uris.push({ uri: standard })
    }
    for (const path of include.envFiles) {
      const uri = resolve(path)
      const word = stringOf(path) ?? ''
      const kind = uri === undefined ? 'unknown' : state.files.kind(uri)
      if (uri === undefined || kind === 'unknown') continue
      if (kind === 'file') uris.push({ uri, from: path })
      else problems.add('include', t('There is no file `{0}`.', word), path.origin)
    }
    const merged = new Map(environment)
    for (const { uri, from } of uris) {
      const text = state.files.text(uri)
      if (text === undefined) continue
      if (from !== undefined) state.references.push({ kind: 'env_file', uri, origin: from.origin })
      const evaluated = evaluateEnv(
        parseEnv(text),
        (name) => environment.get(name)?.value ?? merged.get(name)?.value,
      )
      const fault = evaluated.faults[0]
      if (fault !== undefined && from !== undefined)
        problems.add('env-file-syntax', fault.message, from.origin)
      for (const [name, variable] of evaluated.variables)
        if (!environment.has(name)) merged.set(name, { value: variable.value, from: { uri, variable } })
    }
    return merged
  }

  function take(document: MapValue, model: MapValue, entry: Value): MapValue {
    const entries = new Map(document.entries)
    for (const section of sections) {
      const from = get(model, section)
      if (from?.kind !== 'map') continue
      const item = entries.get(section)
      const into = new Map<string, Item>(item?.value.kind === 'map' ? item.value.entries : [])
      for (const [name, resource] of from.entries) {
        const mine = into.get(name)
        if (mine === undefined) into.set(name, resource)
        else if (!sameValue(mine.value, resource.value))
          problems.add(
            'include-conflict',
            t(
              '`{0}` is declared in an included file too. Change it there, or in an override file of the include.',
              name,
            ),
            mine.key.source === entry.origin.source ? mine.key : entry.origin,
          )
      }
      const origin = item?.value.origin ?? from.origin
      entries.set(section, { key: item?.key ?? entry.origin, value: { kind: 'map', entries: into, origin } })
    }
    return { ...document, entries }
  }
}

function without(document: MapValue, key: string): MapValue {
  const entries = new Map(document.entries)
  entries.delete(key)
  return { ...document, entries }
}
