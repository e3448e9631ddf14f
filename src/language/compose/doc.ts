import type { Files } from './project/files.ts'
import type { LoadedProject } from './project/load.ts'
import type { Service } from './project/model.ts'
import { isAddress, parsePort } from './project/ports.ts'
import type { Item, Origin, Source, Value } from './project/value.ts'
import { get, itemOf, stringOf } from './project/value.ts'
import { wordOf } from './project/checks.ts'
import type { MapEntry, YamlFile } from './yaml/nodes.ts'
import { entryOf } from './yaml/nodes.ts'

/** A compose file as the rules see it: its own text, and the project that it is a part of. */
export interface ComposeDoc {
  readonly uri: string
  readonly text: string
  readonly yaml: YamlFile
  readonly source: Source | undefined
  readonly project: LoadedProject
  readonly files: Files
}

/** True for what is written in this file, not in another file of the project. */
export function isHere(doc: ComposeDoc, origin: Origin): boolean {
  return origin.source.uri === doc.uri
}

/** The services that this file declares, merged with what other files say of them. */
export function servicesHere(doc: ComposeDoc): readonly Service[] {
  return [...doc.project.services.values()].filter((service) => isHere(doc, service.item.key))
}

/** An entry of a section of the top level as it is written here. */
export function entriesHere(doc: ComposeDoc, section: string): readonly MapEntry[] {
  const entries: MapEntry[] = []
  for (const root of doc.yaml.documents) {
    const value = entryOf(root, section)?.value
    if (value?.kind === 'map') entries.push(...value.entries)
  }
  return entries
}

/** A published port of a service, whichever syntax it is written in. */
export interface PublishedPort {
  readonly hostIp: string
  readonly published: readonly [number, number] | undefined
  readonly target: readonly [number, number]
  readonly protocol: string
  readonly origin: Origin
}

export function portsOf(service: Service): readonly PublishedPort[] {
  const ports: PublishedPort[] = []
  const value = get(service.value, 'ports')
  for (const port of value?.kind === 'list' ? value.items : []) {
    const target = rangeOf(wordOf(get(port, 'target')))
    if (target === undefined) continue
    const published = rangeOf(wordOf(get(port, 'published')))
    const hostIp = stringOf(get(port, 'host_ip')) ?? ''
    ports.push({
      hostIp: isAddress(hostIp) ? hostIp : '',
      published,
      target,
      protocol: stringOf(get(port, 'protocol')) ?? 'tcp',
      origin: port.origin,
    })
  }
  return ports
}

function rangeOf(word: string | undefined): readonly [number, number] | undefined {
  const parsed = word === undefined || word === '' ? 'missing' : parsePort(word)
  return typeof parsed === 'string' ? undefined : parsed.target
}

export function itemIn(service: Service, key: string): Item | undefined {
  return itemOf(service.value, key)
}

export function valueIn(service: Service, ...path: readonly string[]): Value | undefined {
  return get(service.value, ...path)
}
