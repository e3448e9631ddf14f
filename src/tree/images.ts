import type { EngineState } from '../engine/live/state.ts'
import type { Image } from '../engine/model/image.ts'
import { entriesOf, groupedBy } from './entries.ts'
import { labelText, matcher, type Searchable } from './filter.ts'
import { digestRepository, splitName } from './image-names.ts'
import { sortedBy } from './order.ts'
import type { ImageNode, RepositoryNode, TreeNode } from './node.ts'
import type { TreeOptions } from './roots.ts'
import { inScope } from './scope.ts'
import { usersOfImage } from './uses.ts'
import type { SortBy } from './view-options.ts'

interface Entry {
  readonly node: ImageNode
  readonly repository: string
  readonly key: number
  /** Its name; nothing sorts after everything. */
  readonly name: string
}

export function imageRoots(state: EngineState, options: TreeOptions<'images'>): TreeNode[] {
  const engine = state.endpoint.id
  const scope = inScope(options.scope, options.folders)
  const matches = matcher(options.filter, fields)
  const { entries, odd } = entriesOf(engine, state.images.items.values(), (image) => {
    const usedBy = usersOfImage(image, state.containers.items)
    if (scope !== undefined && !usedBy.some(scope)) return []
    return entriesOfImage(image, usedBy, options.sortBy).filter(
      (entry) => matches?.(searchable(entry)) !== false,
    )
  })
  const nameless = (entry: Entry): number => (entry.node.tag === undefined ? 1 : 0)
  const sorted = sortedBy(
    entries,
    ({ key }) => key,
    nameless,
    ({ name }) => name,
  )
  if (options.groupBy === 'none') return [...odd, ...sorted.map(({ node }) => node)]
  return [...odd, ...repositories(engine, sorted, options.sortBy)]
}

/** A row for each of its names; one that has none is shown by its id. */
function entriesOfImage(image: Image, usedBy: ImageNode['usedBy'], sortBy: SortBy<'images'>): Entry[] {
  const key = sortBy === 'created' ? -image.created : sortBy === 'size' ? -image.size : 0
  if (image.tags.length === 0)
    return [
      { node: { kind: 'image', image, usedBy }, repository: digestRepository(image), key, name: image.id },
    ]
  return image.tags.map((tag) => ({
    node: { kind: 'image', image, tag, usedBy },
    repository: splitName(tag).repository,
    key,
    name: tag,
  }))
}

/** By name, or as the first of their images is sorted; what has no name comes last. */
function repositories(engine: string, sorted: readonly Entry[], sortBy: SortBy<'images'>): RepositoryNode[] {
  const groups = groupedBy(sorted, ({ repository }) => [repository])
  const nodes = [...groups].map(([name, entries]) => ({
    kind: 'repository' as const,
    engine,
    name,
    images: entries.map(({ node }): ImageNode => ({ ...node, within: name })),
  }))
  const last = ({ name }: RepositoryNode): number => (name === '' ? 1 : 0)
  return sortBy === 'name' ? sortedBy(nodes, last, ({ name }) => name) : sortedBy(nodes, last)
}

const fields = ['name', 'id', 'digest', 'label', 'used']

function searchable({ node: { image, tag, usedBy } }: Entry): Searchable {
  return {
    name: tag ?? image.digests.join(' '),
    id: image.id,
    digest: image.digests.join(' '),
    used: usedBy.map(({ name }) => name).join(' '),
    label: labelText(image.labels),
  }
}
