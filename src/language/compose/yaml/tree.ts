import type { MapEntry, ScalarNode, YamlFile, YamlNode } from './nodes.ts'

/** Keys and list positions from the root of a document. */
export type Path = readonly (string | number)[]

/** A place in a text: the innermost node and the way to it. */
export interface Spot {
  /** The path of the node; of a key, the path that ends with it. */
  readonly path: Path
  readonly node: YamlNode
  /** True where `node` is a key. */
  readonly isKey: boolean
  /** The entry that `node` is the key or the value of. */
  readonly entry?: MapEntry
  /** The nodes around, the outermost first, `node` last. */
  readonly chain: readonly YamlNode[]
}

/** The anchors of a text and where each is used. */
export interface Anchors {
  readonly declared: ReadonlyMap<string, readonly YamlNode[]>
  readonly uses: ReadonlyMap<YamlNode, readonly AliasUse[]>
  readonly aliases: readonly AliasUse[]
}

export interface AliasUse {
  readonly alias: YamlNode & { readonly kind: 'alias' }
  /** Where the alias stands; merge keys and their lists are left out. */
  readonly path: Path
  readonly target: YamlNode | undefined
}

function scalarKey(entry: MapEntry): string {
  return entry.key.kind === 'scalar' ? entry.key.text : ''
}

/** What sees a node: with its path, or the path that ends with it where it is a key, and the entry it belongs to. */
type Visitor = (node: YamlNode, path: Path, isKey: boolean, entry: MapEntry | undefined) => void

/**
 * Every node with its path, parents before children. `enters` tells whether what lies below a path is looked at. How deep nodes lie is
 * bounded by whoever read them.
 */
export function walkNodes(
  root: YamlNode,
  visit: Visitor,
  base: Path = [],
  enters: (path: Path) => boolean = () => true,
): void {
  const walk = (node: YamlNode, path: Path, isKey: boolean, entry: MapEntry | undefined): void => {
    visit(node, path, isKey, entry)
    if (node.kind === 'list') {
      if (!enters(path)) return
      for (let index = 0; index < node.items.length; index++)
        walk(node.items[index]!, [...path, index], false, undefined)
    } else if (node.kind === 'map') {
      if (!enters(path)) return
      for (const inner of node.entries) {
        const innerPath = [...path, scalarKey(inner)]
        walk(inner.key, innerPath, true, inner)
        walk(inner.value, innerPath, false, inner)
      }
    }
  }
  walk(root, base, false, undefined)
}

/** A path without merge keys and the list positions right behind them: what is merged lies where the merge stands. */
export function withoutMerges(path: Path): Path {
  const clean: (string | number)[] = []
  for (let index = 0; index < path.length; index++) {
    if (path[index] === '<<') {
      if (typeof path[index + 1] === 'number') index++
    } else clean.push(path[index]!)
  }
  return clean
}

/** Where a node stands: what holds it, and its path. */
export interface Standing {
  readonly parent: YamlNode | undefined
  readonly path: Path
}

const standings = new WeakMap<YamlFile, ReadonlyMap<YamlNode, Standing>>()

/** Every value of a file with what holds it; keys are not in it. Made once for a text. */
export function standingsIn(yaml: YamlFile): ReadonlyMap<YamlNode, Standing> {
  const before = standings.get(yaml)
  if (before !== undefined) return before
  const all = new Map<YamlNode, Standing>()
  for (const root of yaml.documents) {
    const stack: { node: YamlNode; standing: Standing }[] = [
      { node: root, standing: { parent: undefined, path: [] } },
    ]
    for (let top = stack.pop(); top !== undefined; top = stack.pop()) {
      const { node, standing } = top
      all.set(node, standing)
      const { path } = standing
      if (node.kind === 'list')
        for (const [index, item] of node.items.entries())
          stack.push({ node: item, standing: { parent: node, path: [...path, index] } })
      else if (node.kind === 'map')
        for (const entry of node.entries)
          stack.push({ node: entry.value, standing: { parent: node, path: [...path, scalarKey(entry)] } })
    }
  }
  standings.set(yaml, all)
  return all
}

/** The nodes around a node, the outermost first, itself last. */
export function chainOf(yaml: YamlFile, node: YamlNode): readonly YamlNode[] {
  const all = standingsIn(yaml)
  const chain: YamlNode[] = []
  for (let at: YamlNode | undefined = node; at !== undefined; at = all.get(at)?.parent) chain.unshift(at)
  return chain
}

const known = new WeakMap<YamlFile, Anchors>()

export function anchorsIn(yaml: YamlFile): Anchors {
  const before = known.get(yaml)
  if (before !== undefined) return before
  const declared = new Map<string, YamlNode[]>()
  const latest = new Map<string, YamlNode>()
  const uses = new Map<YamlNode, AliasUse[]>()
  const aliases: AliasUse[] = []
  // Most files have none.
  for (const root of /[&*]/.test(yaml.text) ? yaml.documents : [])
    walkNodes(root, (node, path) => {
      if (node.anchor !== undefined) {
        latest.set(node.anchor.name, node)
        const list = declared.get(node.anchor.name)
        if (list === undefined) declared.set(node.anchor.name, [node])
        else list.push(node)
      }
      if (node.kind !== 'alias') return
      const target = latest.get(node.name)
      const use = { alias: node, path: withoutMerges(path), target }
      aliases.push(use)
      if (target === undefined) return
      const list = uses.get(target)
      if (list === undefined) uses.set(target, [use])
      else list.push(use)
    })
  const anchors = { declared, uses, aliases }
  known.set(yaml, anchors)
  return anchors
}

/** The root of the document at an offset. */
export function rootAt(yaml: YamlFile, offset: number): YamlNode | undefined {
  let found: YamlNode | undefined = yaml.documents[0]
  for (const root of yaml.documents) if (root.start <= offset) found = root
  return found
}

/** The last of some things in the order of the text that starts at the offset or before it; -1 for none. */
function lastStarting(count: number, startOf: (index: number) => number, offset: number): number {
  let low = 0
  let high = count
  while (low < high) {
    const middle = (low + high) >> 1
    if (startOf(middle) <= offset) low = middle + 1
    else high = middle
  }
  return low - 1
}

/** The innermost node at an offset. The end of a scalar belongs to it. */
export function spotAt(yaml: YamlFile, offset: number): Spot | undefined {
  const root = rootAt(yaml, offset)
  if (root === undefined) return undefined
  let node: YamlNode = root
  const chain: YamlNode[] = [node]
  const path: (string | number)[] = []
  let entry: MapEntry | undefined
  const within = (candidate: YamlNode): boolean => candidate.start <= offset && offset <= candidate.end
  for (;;) {
    if (node.kind === 'list') {
      const items: readonly YamlNode[] = node.items
      const index = lastStarting(items.length, (at) => items[at]!.start, offset)
      const item: YamlNode | undefined = items[index]
      if (item === undefined || !within(item)) break
      path.push(index)
      node = item
      entry = undefined
    } else if (node.kind === 'map') {
      const entries: readonly MapEntry[] = node.entries
      const found = entries[lastStarting(entries.length, (at) => entries[at]!.key.start, offset)]
      if (found === undefined) break
      if (within(found.key)) {
        chain.push(found.key)
        return { path: [...path, scalarKey(found)], node: found.key, isKey: true, entry: found, chain }
      }
      if (found.value.end <= found.value.start || !within(found.value)) break
      path.push(scalarKey(found))
      node = found.value
      entry = found
    } else break
    chain.push(node)
  }
  if (!within(node)) return undefined
  return { path, node, isKey: false, ...(entry === undefined ? {} : { entry }), chain }
}

/** The text of several lines around an offset: no comment can stand in it. */
export function longTextAt(yaml: YamlFile, offset: number): ScalarNode | undefined {
  const node = spotAt(yaml, offset)?.node
  return node?.kind === 'scalar' && /[\r\n]/.test(yaml.text.slice(node.start, node.end)) ? node : undefined
}

/**
 * The path at which the engine sees a place: inside a fragment (`x-…` with an anchor) the place where the fragment is
 * used first, otherwise the path itself.
 */
export function effectivePath(yaml: YamlFile, path: Path, chain: readonly YamlNode[]): Path {
  let current = withoutMerges(path)
  if (!String(current[0] ?? '').startsWith('x-')) return current
  const anchors = anchorsIn(yaml)
  let nodes: readonly YamlNode[] = chain
  for (let hops = 0; hops < 5; hops++) {
    let moved = false
    for (let depth = Math.min(nodes.length, current.length + 1) - 1; depth >= 0; depth--) {
      const node = nodes[depth]
      const use = node?.anchor === undefined ? undefined : bestUse(anchors.uses.get(node))
      if (use === undefined) continue
      current = [...use.path, ...current.slice(depth)]
      nodes = chainOf(yaml, use.alias)
      moved = true
      break
    }
    if (!moved || !String(current[0] ?? '').startsWith('x-')) break
  }
  return current
}

function bestUse(uses: readonly AliasUse[] | undefined): AliasUse | undefined {
  return uses?.find((use) => !String(use.path[0] ?? '').startsWith('x-')) ?? uses?.[0]
}
