import type { ViewId } from '../tree/node.ts'

/** How the current engine is reached, as far as the empty views tell it. */
export type Connection = 'connecting' | 'connected' | 'noEngine' | 'denied' | 'notRunning' | 'failed'

/** The keys that the host sets for `when` clauses, with the type of each value. */
export interface ContextKeys {
  readonly 'quayside.connection': Connection
  /** The current engine is a member of a swarm. */
  readonly 'quayside.swarm': boolean
  /** A log has been opened in the panel. */
  readonly 'quayside.logsPanel': boolean
  readonly 'quayside.filtered.containers': boolean
  readonly 'quayside.filtered.images': boolean
  readonly 'quayside.filtered.volumes': boolean
  readonly 'quayside.filtered.networks': boolean
  /** What is selected in the view is a file or folder of a container, an image or a volume. */
  readonly 'quayside.fileSelected.containers': boolean
  readonly 'quayside.fileSelected.images': boolean
  readonly 'quayside.fileSelected.volumes': boolean
  /** What files would become is shown while it is asked whether they are written. */
  readonly 'quayside.changesShown': boolean
  /** CPU and memory are shown in the rows of containers. */
  readonly 'quayside.useInRows': boolean
  readonly 'quayside.scope.containers': 'all' | 'running' | 'workspace'
}

export type ContextKey = keyof ContextKeys

/** Set while the view's rows are cut down by words or a scope; undefined for views that have no filter. */
export function filteredKey(view: ViewId): ContextKey | undefined {
  return view === 'engines' ? undefined : `quayside.filtered.${view}`
}

/** A `when` clause for a key: `quayside.connection == denied`, `!quayside.swarm`. */
export function when<K extends ContextKey>(key: K, value: ContextKeys[K]): string {
  if (value === true) return key
  return value === false ? `!${key}` : `${key} == ${String(value)}`
}

/** The folder is trusted, or the editor does not ask: it sets its own key late, or never, where trust is switched off. */
export const whenTrusted = '(isWorkspaceTrusted || !isWorkspaceTrustEnabled)'
