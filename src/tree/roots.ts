import type { EngineState, Resource, Snapshot, Watchable } from '../engine/live/state.ts'
import { t } from '../shared/l10n.ts'
import { containerRoots } from './containers.ts'
import { connectionError, engineRoots } from './engines.ts'
import { imageRoots } from './images.ts'
import { networkRoots } from './networks.ts'
import type { DetailNode, GroupNode, TreeNode, ViewId } from './node.ts'
import type { ViewOptions } from './view-options.ts'
import { volumeRoots } from './volumes.ts'

/** What the user chose for a view, and the folders that are open. */
export interface TreeOptions<V extends ViewId = ViewId> extends ViewOptions<V> {
  /** Paths on the disk, for the scope `workspace`. */
  readonly folders: readonly string[]
}

/** What each view shows first of all, and what else it needs to be watched. */
export const watchedBy: Readonly<Record<ViewId, readonly Watchable[]>> = {
  containers: ['containers'],
  images: ['images', 'containers'],
  volumes: ['volumes', 'containers'],
  networks: ['networks', 'containers'],
  engines: ['engine'],
}

const builders: {
  readonly [V in Exclude<ViewId, 'engines'>]: (state: EngineState, options: TreeOptions<V>) => TreeNode[]
} = {
  containers: containerRoots,
  images: imageRoots,
  volumes: volumeRoots,
  networks: networkRoots,
}

/**
 * The top rows of a view. With one engine shown they are its own, none while it cannot be reached (the view then says why); with
 * several each has a group.
 */
export function roots<V extends ViewId>(
  view: V,
  snapshot: Snapshot,
  options: TreeOptions<V>,
): readonly TreeNode[] {
  if (view === 'engines') return engineRoots(snapshot)
  const resource: Resource = view as Exclude<ViewId, 'engines'>
  const build = builders[resource] as (state: EngineState, options: TreeOptions) => TreeNode[]
  const shown = snapshot.engines.filter(({ endpoint }) => snapshot.shown.has(endpoint.id))
  const grouped = shown.length > 1 || options.groupBy === 'engine'
  const inner: TreeOptions = options.groupBy === 'engine' ? { ...options, groupBy: 'none' } : options
  return shown.flatMap((state) => {
    const unreachable = problemOf(state)
    if (!grouped && unreachable !== undefined) return []
    const nodes =
      unreachable === undefined ? [...listProblem(state, resource), ...build(state, inner)] : [unreachable]
    return grouped ? [engineGroup(state, nodes)] : nodes
  })
}

function engineGroup({ endpoint }: EngineState, children: readonly TreeNode[]): GroupNode {
  return { kind: 'group', engine: endpoint.id, by: 'engine', value: endpoint.name, children }
}

/** While an engine cannot be reached its rows are not shown: nothing could be done with them. */
function problemOf(state: EngineState): DetailNode | undefined {
  const error = connectionError(state)
  if (error === undefined) return undefined
  return problem(state.endpoint.id, 'unreachable', t('Cannot be reached'), error.message)
}

/** The engine is there, but this list of it is not. What was known last is shown below. */
function listProblem(state: EngineState, resource: Resource): DetailNode[] {
  const { status, error } = state[resource]
  if (status !== 'failed' || error === undefined) return []
  return [problem(state.endpoint.id, 'list', t('The list cannot be read'), error.message)]
}

function problem(parent: string, id: string, label: string, description: string): DetailNode {
  return { kind: 'detail', id, parent, label, description, icon: 'error' }
}
