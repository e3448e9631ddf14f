import type { EngineState } from '../engine/live/state.ts'
import { standInLabel } from '../engine/files/place.ts'
import type { Container } from '../engine/model/container.ts'
import { containerNode } from './container-node.ts'
import { entriesOf, groupedBy } from './entries.ts'
import { labelText, matcher, type Searchable } from './filter.ts'
import { shortImage } from './image-names.ts'
import { compareNames, sortedBy } from './order.ts'
import { shortPorts } from './ports.ts'
import type { ContainerNode, GroupNode, ProjectNode, TreeNode } from './node.ts'
import type { TreeOptions } from './roots.ts'
import { inScope } from './scope.ts'
import { stateOrder, stateRank } from './state-words.ts'
import type { SortBy } from './view-options.ts'

export function containerRoots(state: EngineState, options: TreeOptions<'containers'>): TreeNode[] {
  const engine = state.endpoint.id
  const scope = inScope(options.scope, options.folders)
  const matches = matcher(options.filter, fields)
  const { entries, odd } = entriesOf(engine, state.containers.items.values(), (container) =>
    (container.state === 'created' && standInLabel in container.labels) ||
    scope?.(container) === false ||
    matches?.(searchable(container)) === false
      ? []
      : [{ container, groups: groupsOf(container, options), keys: keysOf(container, options.sortBy) }],
  )
  const sorted = sortedBy(entries, ...[0, 1].map((index) => (entry: Entry) => entry.keys[index]!))
  return [...odd, ...grouped(engine, sorted, options.groupBy)]
}

interface Entry {
  readonly container: Container
  readonly groups: readonly string[]
  readonly keys: readonly [string | number, string]
}

const fields = ['name', 'id', 'image', 'state', 'health', 'project', 'service', 'port', 'network', 'label']

function searchable(container: Container): Searchable {
  const { name, id, image, state, health, compose, ports, attachments, labels } = container
  return {
    name,
    id,
    image,
    state,
    health: health ?? '',
    project: compose?.project ?? '',
    service: compose?.service ?? '',
    port: [shortPorts(ports, 100), ...ports.map(({ containerPort }) => containerPort)].join(' '),
    network: attachments.map(({ network }) => network).join(' '),
    label: labelText(labels),
  }
}

function keysOf(container: Container, by: SortBy<'containers'>): Entry['keys'] {
  const { name, created, image } = container
  switch (by) {
    case 'name':
      return [0, name]
    case 'created':
      return [-created, name]
    case 'state':
      return [stateRank(container), name]
    case 'image':
      return [shortImage(image), name]
  }
}

function groupsOf(container: Container, { groupBy, label }: TreeOptions<'containers'>): readonly string[] {
  switch (groupBy) {
    case 'project':
      return container.compose === undefined ? [] : [container.compose.project]
    case 'image':
      return [container.image]
    case 'network':
      return container.attachments.map(({ network }) => network)
    case 'state':
      return [container.state]
    case 'label': {
      const value = Object.hasOwn(container.labels, label) ? container.labels[label] : undefined
      return value === undefined || value === '' ? [] : [value]
    }
    case 'none':
    case 'engine':
      return []
  }
}

/** The groups by name, then the containers that are in none. */
function grouped(
  engine: string,
  sorted: readonly Entry[],
  by: TreeOptions<'containers'>['groupBy'],
): TreeNode[] {
  const alone = sorted
    .filter(({ groups }) => groups.length === 0)
    .map(({ container }) => containerNode(container))
  const groups = groupedBy(sorted, (entry) => entry.groups)
  const names = [...groups.keys()].sort(by === 'state' ? byState : compareNames)
  const nodes = names.map((name) => {
    const containers = groups.get(name)!.map(({ container }) => container)
    return by === 'project'
      ? project(engine, name, containers)
      : group(engine, by as GroupNode['by'], name, containers)
  })
  return [...nodes, ...alone]
}

const byState = (a: string, b: string): number =>
  (stateOrder as readonly string[]).indexOf(a) - (stateOrder as readonly string[]).indexOf(b)

function project(engine: string, name: string, containers: readonly Container[]): ProjectNode {
  return { kind: 'project', engine, name, containers }
}

/** A container can be in several networks: its row then needs an id for each. */
function group(
  engine: string,
  by: GroupNode['by'],
  value: string,
  containers: readonly Container[],
): GroupNode {
  const within = `${engine}|group|network|${value}`
  const children = containers.map((container): ContainerNode =>
    by === 'network' ? { kind: 'container', container, within } : containerNode(container),
  )
  return { kind: 'group', engine, by, value, children }
}
