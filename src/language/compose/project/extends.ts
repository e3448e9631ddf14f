import { t } from '../../../shared/l10n.ts'
import { layFiles, readSource, type Extender, type LoadState } from './layers.ts'
import { clearPaths, mergeService } from './merge.ts'
import { decode, folderOf, isRemote, resolvePath } from './paths.ts'
import type { Lookup } from './template.ts'
import {
  get,
  isNull,
  isUnknown,
  map,
  stringOf,
  type Item,
  type MapValue,
  type Path,
  type Source,
  type Value,
} from './value.ts'

interface Services {
  readonly entries: Map<string, Item>
  readonly source: Source
  readonly cleared: readonly Path[]
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
    for (const name of item.value.entries.keys()) extend(name, services, [])
    const entries = new Map(document.entries)
    entries.set('services', { ...item, value: { ...item.value, entries: services.entries } })
    return { ...document, entries }
  }

  /** The service with its base merged in; undefined where there is none. */
  function extend(name: string, services: Services, trail: readonly string[]): Value | undefined {
    const item = services.entries.get(name)
    if (item === undefined || item.value.kind !== 'map') return item?.value
    const service = item.value
    const extended = service.entries.get('extends')
    if (extended === undefined || services.done.has(name)) return service
    const step = `${services.source.uri}\n${name}`
    if (trail.includes(step) || trail.length > 100) {
      problems.add('extends-cycle', t('The services extend each other.'), extended.key)
      return withoutBase(name, item, service, services)
    }
    const merged = mergeBase(name, item, service, extended, services, [...trail, step])
    services.done.add(name)
    return merged
  }

  function withoutBase(name: string, item: Item, service: MapValue, services: Services): MapValue {
    const entries = new Map(service.entries)
    entries.delete('extends')
    const value = { ...service, entries }
    services.entries.set(name, { ...item, value })
    services.done.add(name)
    return value
  }

  function mergeBase(
    name: string,
    item: Item,
    service: MapValue,
    extended: Item,
    services: Services,
    trail: readonly string[],
  ): Value {
    const target = baseOf(extended, services)
    if (target === undefined) return withoutBase(name, item, service, services)
    if (target === 'incomplete') {
      state.incomplete = true
      return withoutBase(name, item, service, services)
    }
    const base = extend(target.name, target.services, trail)
    if (base === undefined || base.kind !== 'map') return service
    let below: MapValue = base
    if (services.cleared.length > 0) {
      const wrapped = map(
        new Map([
          [
            'services',
            { key: item.key, value: map(new Map([[name, { ...item, value: base }]]), base.origin) },
          ],
        ]),
        base.origin,
      )
      const clean = get(clearPaths(wrapped, services.cleared), 'services', name)
      if (clean?.kind === 'map') below = clean
    }
    const merged = mergeService(below, service, problems)
    const entries = new Map(merged.entries)
    entries.delete('extends')
    const value = { ...merged, entries, origin: service.origin }
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
    const uri = isRemote(path) ? undefined : resolvePath(file.origin.source.folder, path)
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
    const source = readSource(state, uri, folderOf(uri), uri)
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
