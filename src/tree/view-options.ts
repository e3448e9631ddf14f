import type { ViewId } from './node.ts'

/** Which objects a view shows at all. */
export const scopes = ['all', 'running', 'workspace'] as const
export type Scope = (typeof scopes)[number]

/** How each view can group and sort its rows, the default first. */
export const groupings = {
  containers: ['project', 'none', 'image', 'network', 'state', 'label', 'engine'],
  images: ['repository', 'none'],
  volumes: ['none', 'project', 'driver', 'label'],
  networks: ['none', 'project', 'driver', 'label'],
  engines: ['none'],
} as const satisfies Record<ViewId, readonly string[]>

export const sortings = {
  containers: ['name', 'created', 'state', 'image'],
  images: ['name', 'created', 'size'],
  volumes: ['name', 'created', 'size'],
  networks: ['name', 'created', 'driver'],
  engines: ['name'],
} as const satisfies Record<ViewId, readonly string[]>

export type GroupBy<V extends ViewId = ViewId> = (typeof groupings)[V][number]
export type SortBy<V extends ViewId = ViewId> = (typeof sortings)[V][number]

/** What the user chose for one view; remembered per workspace, over the defaults of the settings. */
export interface ViewOptions<V extends ViewId = ViewId> {
  readonly scope: Scope
  readonly groupBy: GroupBy<V>
  /** The label that `groupBy: 'label'` groups by. */
  readonly label: string
  readonly sortBy: SortBy<V>
  /** Words that all must occur somewhere in a row; empty shows all. */
  readonly filter: string
}
