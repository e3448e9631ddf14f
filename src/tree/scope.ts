import type { Container } from '../engine/model/container.ts'
import { isLive } from './state-words.ts'
import type { Scope } from './view-options.ts'
import { belongsTo } from './workspace.ts'

/** Whether a container is in the scope; undefined where all are. Images, volumes and networks are in it with one of their users. */
export function inScope(
  scope: Scope,
  folders: readonly string[],
): ((container: Container) => boolean) | undefined {
  switch (scope) {
    case 'all':
      return undefined
    case 'running':
      return isLive
    case 'workspace':
      return belongsTo(folders)
  }
}
