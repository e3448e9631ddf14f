import { t } from '../../../shared/l10n.ts'
import { layFiles, notAll, readSource, sizeOf, type Extender, type LoadState } from './layers.ts'
import { clear, mergeService, type Cleared } from './merge.ts'
import { decode, folderOf, isRemote, resolveFile } from './paths.ts'
import type { Lookup } from '../../../shared/dotenv/template.ts'
import {
  get,
  isNull,
  isUnknown,
  stringOf,
  type Item,
  type MapValue,
  type Source,
  type Value,
} from './value.ts'

interface Services {
  readonly entries: Map<string, Item>
  readonly source: Source
  readonly cleared: Cleared
  /** Services whose base is merged in already. */
  readonly done: Set<string>
}

/** Makes the function that merges extended services into a document, from this file or from others. */
export function extender(state: LoadState, lookup: Lookup): Extender {
  const { problems } = state
  const loaded = new Map<string, Services | undefined>()

  return (document, source, cleared) => {
    const item = document.entries.get('services')
    if (item === undefined || isUnknown(item.value)) return document
    if (item.value.kind !== 'map') {
      problems.add(
        'wrong-type',
        t('This must be a mapping.'),
        isNull(item.value) ? item.key : item.value.origin,
      )
      return document
    }
    const services: Services = { entries: new Map(item.value.entries), source, cleared, done: new Set() }
    for (const name of item.value.entries.keys()) extend(name, services)
    const entries = new Map(document.entries)
    entries.set('services', { ...item, value: { ...item.value, entries: services.entries } })
    return { ...document, entries }
  }

  /** The service with its base merged in; undefined where there is none. Chains of any length, so without recursion. */
  function extend(first: string, among: Services): Value | undefined {
    const chain: { name: string; item: Item; service: MapValue; services: Services }[] = []
    const seen = new Set<string>()
    let [name, services] = [first, among]
    let base: Value | undefined
    for (;;) {
      const item = services.entries.get(name)
      base = item?.value
      if (item === undefined || item.value.kind !== 'map') break
      const service = item.value
      const extended = service.entries.get('extends')
      if (extended === undefined || services.done.has(name)) break
      const step = `${services.source.uri}\n${name}`
      const target = seen.has(step)
        ? 'cycle'
        : state.mergeBudget < 0
          ? 'incomplete'
          : baseOf(extended, services)
      if (target === 'cycle')
        problems.add('extends-cycle', t('The services extend each other.'), extended.key)
      if (target === 'incomplete') {
        state.incomplete = true
        services.done.add(name)
        break
      }
      if (target === undefined || target === 'cycle') {
        base = withoutBase(name, item, service, services)
        break
      }
      seen.add(step)
      chain.push({ name, item, service, services })
      ;({ name, services } = target)
    }
    for (let step = chain.pop(); step !== undefined; step = chain.pop()) {
      const { name, item, service, services } = step
      if (state.mergeBudget < 0) state.incomplete = true
      base =
        base?.kind === 'map' && state.mergeBudget >= 0
          ? mergeBase(name, item, base, service, services)
          : service
      services.done.add(name)
    }
    return base
  }

  function withoutBase(name: string, item: Item, service: MapValue, services: Services): MapValue {
    const entries = new Map(service.entries)
    entries.delete('extends')
    const value = { ...service, entries }
    services.entries.set(name, { ...item, value })
    services.done.add(name)
    return value
  }

  function mergeBase(name: string, item: Item, base: MapValue, service: MapValue, services: Services): Value {
    const cleared = services.cleared.below.get('services')?.below.get(name)
    const below = cleared === undefined ? base : clear(base, cleared)
    const own = new Map(service.entries)
    own.delete('extends')
    // An `extends` that could not be followed stays in what takes it over: a part is missing there too.
    const value = {
      ...mergeService(below, { ...service, entries: own }, problems),
      origin: service.origin,
    }
    if (state.mergeBudget >= 0 && (state.mergeBudget -= sizeOf(value)) < 0)
      notAll(state, t('So many services that extend others are not all read.'), item.key)
    services.entries.set(name, { ...item, value })
    return value
  }

  function baseOf(
    extended: Item,
    services: Services,
  ): { readonly name: string; readonly services: Services } | 'incomplete' | undefined {
    const { value } = extended
    if (isUnknown(value)) return 'incomplete'
    const reference = value.kind === 'map' ? value.entries.get('service')?.value : value
    if (isUnknown(reference)) return 'incomplete'
    const name = stringOf(reference)
    if (name === undefined) {
      problems.add('extends', t('The name of the service to extend is missing.'), extended.key)
      return undefined
    }
    const file = value.kind === 'map' ? value.entries.get('file')?.value : undefined
    if (isUnknown(file)) return 'incomplete'
    const place = reference?.origin ?? extended.key
    if (file === undefined || (file.kind === 'scalar' && file.type === 'null')) {
      if (services.entries.has(name)) return { name, services }
      missing(name, services, place)
      return undefined
    }
    const path = stringOf(file)
    if (path === undefined) {
      problems.add('extends', t('`file` must be a path.'), file.origin)
      return undefined
    }
    const others = servicesIn(path, file)
    if (others === undefined || others === 'incomplete') return others
    if (others.entries.has(name)) return { name, services: others }
    missing(name, others, place)
    return undefined
  }

  function missing(name: string, services: Services, place: Value['origin']): void {
    const meant = problems.closest(name, services.entries.keys())
    const data = meant === undefined ? {} : { data: { candidates: [meant] } }
    const file = services.source.uri === place.source.uri ? undefined : services.source.uri.split('/').pop()
    const message =
      file === undefined
        ? t('There is no service `{0}` to extend.', name)
        : t('There is no service `{0}` in `{1}`.', name, decode(file))
    problems.add('extends', message, place, data)
  }

  function servicesIn(path: string, file: Value): Services | 'incomplete' | undefined {
    const uri = isRemote(path) ? undefined : resolveFile(file.origin, path)
    if (uri === undefined) return 'incomplete'
    state.references.push({ kind: 'extends', uri, origin: file.origin })
    const kind = state.files.kind(uri)
    if (kind === 'unknown') return 'incomplete'
    if (kind !== 'file') {
      const message = kind === 'folder' ? t('`{0}` is a folder.', path) : t('There is no file `{0}`.', path)
      problems.add('extends', message, file.origin)
      return undefined
    }
    if (loaded.has(uri)) return loaded.get(uri)
    const source = readSource(state, uri, folderOf(uri), { scope: uri, named: file.origin })
    if (source === undefined) return 'incomplete'
    const layers = layFiles(state, [source], { lookup, schema: false })
    const services = get(layers.model, 'services')
    if (services?.kind !== 'map') {
      if (!isUnknown(services) && source.yaml.problems.length === 0)
        problems.add('extends', t('`{0}` has no services.', path), file.origin)
      loaded.set(uri, undefined)
      return undefined
    }
    const result = {
      entries: new Map(services.entries),
      source,
      cleared: layers.cleared,
      done: new Set<string>(),
    }
    loaded.set(uri, result)
    return result
  }
}
