import type { Snapshot } from '../engine/live/state.ts'
import { plural } from '../shared/l10n.ts'

export interface Badge {
  readonly value: number
  /** A sentence for the pointer and for screen readers. */
  readonly tooltip: string
}

/** How many containers on the engines shown are unhealthy, restarting or dead; nothing when all is well. */
export function badgeOf(snapshot: Snapshot): Badge | undefined {
  let value = 0
  for (const { endpoint, containers } of snapshot.engines) {
    if (!snapshot.shown.has(endpoint.id)) continue
    for (const { state, health } of containers.items.values())
      if (state === 'restarting' || state === 'dead' || (state === 'running' && health === 'unhealthy'))
        value++
  }
  if (value === 0) return undefined
  return {
    value,
    tooltip: plural(value, '1 container needs attention', '{0} containers need attention'),
  }
}
