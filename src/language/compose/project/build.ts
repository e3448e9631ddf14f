import { t } from '../../../shared/l10n.ts'
import type { MapNode, ScalarNode, YamlNode } from '../yaml/nodes.ts'
import { isEmptyNode } from '../yaml/nodes.ts'
import { resolveScalar } from '../yaml/scalars.ts'
import type { Problems } from './problem.ts'
import { unknown, type Item, type Path, type Source, type Value } from './value.ts'

/** A document as values, and the paths that its `!reset` and `!override` clear in what it is merged over. */
export interface Built {
  readonly value: Value
  readonly cleared: readonly Path[]
}

/** So many nodes may come of the aliases of one document. */
export const nodeBudget = 100_000

/** Aliases can nest what is not nested in the text; whatever walks values recurses this deep at the most. */
const pathLimit = 100

/** A way from the root, as a chain, so that a step costs the same however deep it is. */
interface Way {
  readonly above: Way | undefined
  readonly key: string
  readonly depth: number
  /** The first key on the way. */
  readonly top: string
  /** Its number among the places of the document, once it was asked for. */
  place: number | undefined
}

const start: Way = { above: undefined, key: '', depth: 0, top: '', place: 0 }

/** The places at which an anchor is used, and all places above those. */
interface Uses {
  readonly at: Set<number>
  readonly above: Set<number>
}

function step(above: Way, key: string): Way {
  return { above, key, depth: above.depth + 1, top: above.depth === 0 ? key : above.top, place: undefined }
}

function pathOf(way: Way): Path {
  const path: string[] = []
  for (let at: Way | undefined = way; at !== undefined && at.depth > 0; at = at.above) path.unshift(at.key)
  return path
}

type Anchors = ReadonlyMap<string, readonly YamlNode[]>

const known = new WeakMap<readonly YamlNode[], Anchors>()

/** All anchors of a file by name, in the order they stand in. Gathered once for a text, however many documents it has. */
export function anchorsOf(documents: readonly YamlNode[]): Anchors {
  const before = known.get(documents)
  if (before !== undefined) return before
  const anchors = new Map<string, YamlNode[]>()
  const stack = [...documents]
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (node.anchor !== undefined) {
      const known = anchors.get(node.anchor.name)
      if (known === undefined) anchors.set(node.anchor.name, [node])
      else known.push(node)
    }
    if (node.kind === 'list') stack.push(...node.items)
    else if (node.kind === 'map') for (const entry of node.entries) stack.push(entry.key, entry.value)
  }
  const place = (node: YamlNode): number => node.anchor?.start ?? node.start
  for (const nodes of anchors.values()) nodes.sort((a, b) => place(a) - place(b))
  known.set(documents, anchors)
  return anchors
}

/** The node an alias at `offset` stands for: the last anchor of that name before it. */
export function anchorBefore(anchors: Anchors, name: string, offset: number): YamlNode | undefined {
  const nodes = anchors.get(name) ?? []
  for (let index = nodes.length - 1; index >= 0; index--) {
    const node = nodes[index]!
    if ((node.anchor?.start ?? node.start) < offset) return node
  }
  return undefined
}

/**
 * Turns the nodes of one document into values: aliases followed, merge keys merged, scalars typed. Faults of the
 * engine's decoder (keys that are no strings, keys that stand twice, tags that do not fit, cycles) become problems.
 */
export function build(source: Source, root: YamlNode, problems: Problems): Built {
  const anchors = anchorsOf(source.yaml.documents)
  const cleared: Path[] = []
  const open = new Set<YamlNode>()
  /** By the first key on the way, the only place there alone as long as it is one. */
  const used = new Map<YamlNode, Map<string, Way | Uses>>()
  let budget = nodeBudget
  let aliased = 0

  const cycle = (node: YamlNode): Value => {
    problems.add('alias-cycle', t('This alias contains itself.'), { source, node })
    return unknown({ source, node })
  }

  const places = new Map<string, number>()
  /** A number for a way: the same for the same keys, however they were reached. */
  const placeOf = (way: Way): number => {
    if (way.place === undefined) {
      const name = `${placeOf(way.above ?? start)} ${way.key}`
      way.place = places.get(name) ?? places.size + 1
      places.set(name, way.place)
    }
    return way.place
  }

  const record = ({ at, above }: Uses, way: Way): void => {
    at.add(placeOf(way))
    for (let up = way.above; up !== undefined && up.depth > 0 && !above.has(placeOf(up)); up = up.above)
      above.add(placeOf(up))
  }

  /** The engine takes one anchor at a place and again below that place for a cycle, whether or not it is one. */
  const clashes = (target: YamlNode, way: Way): boolean => {
    if (way.top.startsWith('<<')) return false
    let uses = used.get(target)
    if (uses === undefined) used.set(target, (uses = new Map()))
    const seen = uses.get(way.top)
    if (seen === undefined) {
      uses.set(way.top, way)
      return false
    }
    let all: Uses
    if ('at' in seen) all = seen
    else {
      uses.set(way.top, (all = { at: new Set(), above: new Set() }))
      record(all, seen)
    }
    if (all.above.has(placeOf(way))) return true
    for (let up = way.above; up !== undefined && up.depth > 0; up = up.above)
      if (all.at.has(placeOf(up))) return true
    record(all, way)
    return false
  }

  const visit = (node: YamlNode, way: Way): Value | undefined => {
    if (aliased > 0 && --budget < 0) {
      if (budget === -1)
        problems.add('alias-bomb', t('The aliases of this document expand beyond {0} values.', nodeBudget), {
          source,
          node: root,
        })
      return unknown({ source, node })
    }
    if (way.depth > pathLimit) {
      const message = t('Nested more than {0} levels deep once the aliases are followed.', pathLimit)
      problems.add('too-deep', message, { source, node: root }, { severity: 'information' })
      return unknown({ source, node })
    }
    if (node.kind === 'alias') {
      const target = anchorBefore(anchors, node.name, node.start)
      if (target === undefined) {
        problems.add('unknown-anchor', t('No anchor `&{0}` stands before this alias.', node.name), {
          source,
          node,
        })
        return unknown({ source, node })
      }
      if (open.has(target) || clashes(target, way)) return cycle(node)
      aliased++
      const value = visit(target, way)
      aliased--
      return value
    }
    if (node.tag?.name === '!reset') {
      cleared.push(pathOf(way))
      return undefined
    }
    if (node.tag?.name === '!override') cleared.push(pathOf(way))
    if (node.kind === 'scalar') return scalar(node)
    if (open.has(node)) return cycle(node)
    open.add(node)
    const value = node.kind === 'list' ? visitList(node.items, node, way) : visitMap(node, way)
    open.delete(node)
    return value
  }

  const visitList = (nodes: readonly YamlNode[], node: YamlNode, way: Way): Value => {
    const items: Value[] = []
    for (const [index, item] of nodes.entries()) {
      const value = visit(item, step(way, String(index)))
      if (value !== undefined) items.push(value)
    }
    return { kind: 'list', items, origin: { source, node } }
  }

  const scalar = (node: ScalarNode): Value => {
    const resolved = resolveScalar(node)
    if (!('fault' in resolved)) return { kind: 'scalar', ...resolved, origin: { source, node } }
    const message =
      resolved.fault === 'base64'
        ? t('This is no base64, as `!!binary` says.')
        : t('`{0}` is no {1}.', node.text, node.tag?.name ?? '')
    problems.add('tag-mismatch', message, { source, node })
    return unknown({ source, node })
  }

  const visitMap = (node: MapNode, way: Way): Value => {
    const entries = new Map<string, Item>()
    /** Keys that give no entry of their own: merges, and what is reset. */
    const others = new Set<string>()
    const merges: YamlNode[] = []
    for (const { key, value } of node.entries) {
      const name = keyName(key)
      if (name === undefined) continue
      if (entries.has(name) || others.has(name)) {
        problems.add('duplicate-key', t('The key `{0}` stands twice in this mapping.', name), {
          source,
          node: key,
        })
        continue
      }
      if (isMergeKey(key)) {
        others.add(name)
        merges.push(value)
        continue
      }
      const built = visit(value, step(way, name))
      if (built === undefined) others.add(name)
      else entries.set(name, { key: { source, node: key }, value: built })
    }
    for (const merge of merges) mergeInto(entries, merge, way)
    return { kind: 'map', entries, origin: { source, node } }
  }

  const keyName = (key: YamlNode): string | undefined => {
    if (key.kind === 'alias') {
      const target = anchorBefore(anchors, key.name, key.start)
      return target === undefined || target.kind === 'alias' ? undefined : keyName(target)
    }
    if (key.kind !== 'scalar') {
      problems.add('non-string-key', t('A key must be a string, not a collection.'), { source, node: key })
      return undefined
    }
    const resolved = resolveScalar(key)
    if (isMergeKey(key)) return '<<'
    if ('fault' in resolved || resolved.type !== 'string')
      problems.add(
        'non-string-key',
        isEmptyNode(key)
          ? t('A key is missing before the `:`.')
          : t('A key must be a string: put `{0}` in quotes.', key.text),
        { source, node: key },
      )
    return key.text
  }

  const mergeInto = (entries: Map<string, Item>, merge: YamlNode, way: Way): void => {
    const follow = (node: YamlNode): YamlNode | undefined =>
      node.kind === 'alias' ? anchorBefore(anchors, node.name, node.start) : node
    const target = follow(merge)
    const sources = target?.kind === 'list' ? target.items : [merge]
    for (const [index, node] of sources.entries()) {
      const into = target?.kind === 'list' ? step(way, String(index)) : way
      if (follow(node)?.kind !== 'map') {
        const message = t('`<<` merges mappings only: `<<: *name` or `<<: [*one, *two]`.')
        problems.add('merge-value', message, { source, node })
        continue
      }
      const value = visit(node, into)
      if (value?.kind !== 'map') continue
      for (const [key, item] of value.entries) if (!entries.has(key)) entries.set(key, item)
    }
  }

  const value = visit(root, start) ?? unknown({ source, node: root })
  return { value, cleared }
}

function isMergeKey(key: YamlNode): boolean {
  if (key.kind !== 'scalar' || key.text !== '<<') return false
  const tag = key.tag?.name ?? ''
  return (tag === '' && key.style === 'plain') || tag === '!' || tag === '!!merge'
}
