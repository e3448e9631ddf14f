import { t } from '../../../shared/l10n.ts'
import { isAddress } from './ports.ts'
import type { Problems } from './problem.ts'
import {
  get,
  isNull,
  isUnknown,
  printScalar,
  stringOf,
  type Item,
  type MapValue,
  type Origin,
  type Value,
} from './value.ts'

/** What the engine checks of a canonical model before it looks at the whole. */
export function checkValues(model: MapValue, problems: Problems): void {
  for (const [name, item] of entriesOf(get(model, 'volumes'))) checkExternal(name, item, problems)
  for (const [, item] of entriesOf(get(model, 'configs')))
    checkFileObject(item, ['file', 'environment', 'content'], problems)
  for (const [, item] of entriesOf(get(model, 'secrets')))
    checkFileObject(item, ['file', 'environment'], problems)
  for (const section of ['networks', 'models'])
    for (const [name, item] of entriesOf(get(model, section))) checkOddName(name, item, problems)
  for (const [, item] of entriesOf(get(model, 'services'))) checkService(item.value, problems)
}

/** The schema passes over names with other characters, and the engine then stumbles over what is no mapping. */
function checkOddName(name: string, item: Item, problems: Problems): void {
  const { value } = item
  if (/^[a-zA-Z0-9._-]+$/.test(name) || value.kind === 'map' || isNull(value) || isUnknown(value)) return
  problems.add('wrong-type', t('This must be a mapping.'), value.origin)
}

export function entriesOf(value: Value | undefined): ReadonlyMap<string, Item> {
  return value?.kind === 'map' ? value.entries : new Map()
}

export function itemsOf(value: Value | undefined): readonly Value[] {
  return value?.kind === 'list' ? value.items : []
}

export function isTrue(value: Value | undefined): boolean {
  return value?.kind === 'scalar' && value.value === true
}

function checkExternal(name: string, item: Item, problems: Problems): void {
  if (!isTrue(get(item.value, 'external'))) return
  for (const [key, { key: origin }] of entriesOf(item.value))
    if (key !== 'name' && key !== 'external' && !key.startsWith('x-'))
      problems.add(
        'external-with-others',
        t('`{0}` is external: `{1}` cannot be set for what Compose does not create.', name, key),
        origin,
      )
}

function checkFileObject(item: Item, sources: readonly string[], problems: Problems): void {
  const entries = entriesOf(item.value)
  if (item.value.kind !== 'map') return
  const given = sources.filter((key) => entries.has(key))
  const words = sources.map((key) => `\`${key}\``).join(', ')
  if (given.length > 1)
    problems.add(
      'file-object',
      t('Only one of {0} can be set.', words),
      entries.get(given[1] ?? '')?.key ?? item.key,
    )
  if (given.length === 0 && !entries.has('driver') && !entries.has('external'))
    problems.add('file-object', t('One of {0} must be set.', words), item.key)
}

function checkService(service: Value, problems: Problems): void {
  const pid = entriesOf(service).get('pid')
  if (isNull(pid?.value))
    problems.add('wrong-type', t('This is empty and must be a text.'), pid?.key ?? service.origin)
  for (const port of itemsOf(get(service, 'ports'))) {
    const address = get(port, 'host_ip')
    const word = stringOf(address)
    if (address !== undefined && word !== undefined && !isAddress(word))
      problems.add('bad-address', t('`{0}` is no IP address.', word), address.origin)
  }
  for (const rule of itemsOf(get(service, 'develop', 'watch'))) {
    const path = get(rule, 'path')
    if (path !== undefined && stringOf(path) === '')
      problems.add('watch-path', t('The path to watch cannot be empty.'), path.origin)
  }
  const requests = [
    ...itemsOf(get(service, 'gpus')),
    ...itemsOf(get(service, 'deploy', 'resources', 'reservations', 'devices')),
  ]
  for (const request of requests) {
    const ids = entriesOf(request).get('device_ids')
    if (ids !== undefined && entriesOf(request).has('count'))
      problems.add('count-and-ids', t('`count` and `device_ids` exclude each other.'), ids.key)
  }
  for (const mount of itemsOf(get(service, 'volumes'))) {
    const source = get(mount, 'source')
    if (stringOf(get(mount, 'type')) === 'bind' && source === undefined)
      problems.add('bind-without-source', t('A bind mount needs a `source`.'), mount.origin)
  }
}

/** A place to underline for a thing that is missing in a mapping: the key the mapping stands under. */
export function keyOf(item: Item | undefined, fallback: Origin): Origin {
  return item?.key ?? fallback
}

/** A scalar as text, whatever its type; undefined for what is no scalar or not known. */
export function wordOf(value: Value | undefined): string | undefined {
  return value?.kind === 'scalar' && !isUnknown(value) && value.type !== 'null'
    ? printScalar(value)
    : undefined
}
