import type { TextRange } from '../../shared/text-range.ts'
import { splitMount, isPath } from './project/mounts.ts'
import type { Source } from './project/value.ts'
import { entryOf, type MapEntry, type MapNode, type ScalarNode, type YamlNode } from './yaml/nodes.ts'
import { anchorsIn, chainOf, effectivePath, standingsIn, walkNodes, type Path } from './yaml/tree.ts'

export type NameKind = 'service' | 'network' | 'volume' | 'secret' | 'config' | 'model' | 'profile' | 'anchor'

/** A name in a text: where it is declared or where it is used. */
export interface NamePlace {
  readonly kind: NameKind
  readonly name: string
  readonly range: TextRange
  readonly role: 'declaration' | 'use'
  /** The file of the service that is extended, as it is written. */
  readonly file?: string
  /** What stands around the name: the entry of a declaration. */
  readonly entry?: MapEntry
}

const sections: Readonly<Record<string, NameKind>> = {
  services: 'service',
  networks: 'network',
  volumes: 'volume',
  secrets: 'secret',
  configs: 'config',
  models: 'model',
}

/** The section of the top level in which names of a kind are declared. */
export function sectionOf(kind: NameKind): string | undefined {
  return Object.entries(sections).find(([, value]) => value === kind)?.[0]
}

const known = new WeakMap<Source['yaml'], readonly NamePlace[]>()

/** All names in a file, in the order of the text. */
export function namesIn(yaml: Source['yaml']): readonly NamePlace[] {
  const before = known.get(yaml)
  if (before !== undefined) return before
  const places: NamePlace[] = []
  const visit: Parameters<typeof walkNodes>[1] = (node, path, isKey, entry) => {
    collect(yaml.text, node, path, isKey, entry, places)
  }
  for (const root of yaml.documents) walkNodes(root, visit, [], holdsNames)
  const anchors = anchorsIn(yaml)
  for (const [target] of anchors.uses) {
    const standing = standingsIn(yaml).get(target)
    if (standing === undefined || !String(standing.path[0] ?? '').startsWith('x-')) continue
    const base = effectivePath(yaml, standing.path, chainOf(yaml, target))
    if (String(base[0] ?? '').startsWith('x-')) continue
    walkNodes(target, visit, base, holdsNames)
  }
  for (const [name, nodes] of anchors.declared)
    for (const { anchor } of nodes)
      if (anchor !== undefined)
        places.push({
          kind: 'anchor',
          name,
          range: { start: anchor.start + 1, end: anchor.end },
          role: 'declaration',
        })
  for (const { alias } of anchors.aliases)
    places.push({
      kind: 'anchor',
      name: alias.name,
      range: { start: alias.start + 1, end: alias.end },
      role: 'use',
    })
  const sorted = (anchors.uses.size === 0 ? places : onlyOnce(places)).sort(
    (a, b) => a.range.start - b.range.start,
  )
  known.set(yaml, sorted)
  return sorted
}

/** What an anchor holds is seen at each place where it is used. */
function onlyOnce(places: readonly NamePlace[]): NamePlace[] {
  const unique = new Map<string, NamePlace>()
  for (const place of places) unique.set(`${place.range.start} ${place.kind} ${place.role}`, place)
  return [...unique.values()]
}

/** The keys of a service in which names are used. */
const naming: ReadonlySet<string | number | undefined> = new Set([
  ...[
    'extends',
    'depends_on',
    'networks',
    'models',
    'links',
    'volumes_from',
    'network_mode',
    'ipc',
    'pid',
    'uts',
  ],
  ...['cgroup', 'profiles', 'secrets', 'configs', 'volumes', 'build'],
])

/** False where no names can lie below, so that most of a file need not be looked at. */
function holdsNames(path: Path): boolean {
  if (path.length === 0) return true
  if (path[0] === 'services') return path.length < 3 || naming.has(path[2])
  return path.length === 1 && typeof path[0] === 'string' && Object.hasOwn(sections, path[0])
}

/** Where the characters of a scalar stand, as far as the text is written as it reads. */
function partOf(text: string, node: ScalarNode, start: number, length: number): TextRange | undefined {
  const raw = text.slice(node.start, node.end)
  const offset = raw.indexOf(node.text)
  if (offset < 0) return undefined
  return { start: node.start + offset + start, end: node.start + offset + start + length }
}

function collect(
  text: string,
  node: YamlNode,
  path: Path,
  isKey: boolean,
  entry: MapEntry | undefined,
  places: NamePlace[],
): void {
  if (node.kind === 'map') collectMap(text, node, path, places)
  if (node.kind !== 'scalar') return
  const add = (kind: NameKind, start: number, name: string, more: Partial<NamePlace> = {}): void => {
    if (name === '' || name.includes('$')) return
    const range = partOf(text, node, start, name.length)
    if (range !== undefined) places.push({ kind, name, range, role: 'use', ...more })
  }
  const [section, , key, third, fourth] = path
  if (path.length === 2 && isKey && typeof section === 'string') {
    const kind = Object.hasOwn(sections, section) ? sections[section] : undefined
    if (kind !== undefined && node.text !== '<<')
      add(kind, 0, node.text, { role: 'declaration', ...(entry === undefined ? {} : { entry }) })
    return
  }
  if (section !== 'services' || path.length < 3 || node.text === '<<') return
  const listed = path.length === 4 && typeof third === 'number'
  const keyed = path.length === 4 && isKey
  switch (key) {
    case 'extends':
      if (path.length === 3 && !isKey) add('service', 0, node.text)
      break
    case 'depends_on':
      if (listed || keyed) add('service', 0, node.text)
      break
    case 'networks':
      if ((listed || keyed) && node.text !== 'default') add('network', 0, node.text)
      break
    case 'models':
      if (listed || keyed) add('model', 0, node.text)
      break
    case 'links':
    case 'volumes_from':
      if (listed && !node.text.startsWith('container:')) add('service', 0, node.text.split(':')[0] ?? '')
      break
    case 'network_mode':
    case 'ipc':
    case 'pid':
    case 'uts':
    case 'cgroup':
      if (!isKey && node.text.startsWith('service:')) add('service', 8, node.text.slice(8))
      break
    case 'profiles':
      if (listed) add('profile', 0, node.text)
      break
    case 'secrets':
    case 'configs':
      if (listed || (fourth === 'source' && !isKey))
        add(key === 'secrets' ? 'secret' : 'config', 0, node.text)
      break
    case 'volumes':
      if (listed) {
        const parts = splitMount(node.text)
        const first = parts[0]?.text ?? ''
        if (parts.length > 1 && !isPath(first)) add('volume', 0, first)
      }
      break
    case 'build':
      collectBuild(node, path, isKey, add)
      break
    default:
      break
  }
}

/** Names that mean something only together with what stands beside them. */
function collectMap(text: string, node: MapNode, path: Path, places: NamePlace[]): void {
  if (path[0] !== 'services') return
  const scalar = (key: string): ScalarNode | undefined => {
    const value = entryOf(node, key)?.value
    return value?.kind === 'scalar' && value.text !== '' && !value.text.includes('$') ? value : undefined
  }
  const add = (kind: NameKind, value: ScalarNode, more: Partial<NamePlace>): void => {
    const range = partOf(text, value, 0, value.text.length)
    if (range !== undefined) places.push({ kind, name: value.text, range, role: 'use', ...more })
  }
  if (path.length === 3 && path[2] === 'extends') {
    const service = scalar('service')
    const file = scalar('file')
    if (service !== undefined) add('service', service, file === undefined ? {} : { file: file.text })
  }
  if (path.length === 4 && path[2] === 'volumes') {
    const source = scalar('source')
    if (source !== undefined && /^(?:volume|cluster)$/.test(scalar('type')?.text ?? ''))
      add('volume', source, {})
  }
}

function collectBuild(
  node: ScalarNode,
  path: Path,
  isKey: boolean,
  add: (kind: NameKind, start: number, name: string) => void,
): void {
  if (isKey) return
  if (path[3] === 'secrets' && (path.length === 5 || path[5] === 'source')) add('secret', 0, node.text)
  if (path[3] !== 'additional_contexts') return
  const mark = node.text.indexOf('service:')
  if (mark === 0 || (mark > 0 && node.text[mark - 1] === '='))
    add('service', mark + 8, node.text.slice(mark + 8))
}
