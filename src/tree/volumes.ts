import type { EngineState } from '../engine/live/state.ts'
import { entriesOf } from './entries.ts'
import { labelText, matcher } from './filter.ts'
import { groupsByTrait } from './traits.ts'
import { sortedBy } from './order.ts'
import type { TreeNode, VolumeNode } from './node.ts'
import type { TreeOptions } from './roots.ts'
import { inScope } from './scope.ts'
import { usersOfVolume } from './uses.ts'

const fields = ['name', 'driver', 'label', 'used']

export function volumeRoots(state: EngineState, options: TreeOptions<'volumes'>): TreeNode[] {
  const engine = state.endpoint.id
  const scope = inScope(options.scope, options.folders)
  const matches = matcher(options.filter, fields)
  const { entries, odd } = entriesOf(engine, state.volumes.items.values(), (volume): VolumeNode[] => {
    const usedBy = usersOfVolume(volume, state.containers.items)
    if (scope !== undefined && !usedBy.some(scope)) return []
    const row = {
      name: volume.name,
      driver: volume.driver,
      label: labelText(volume.labels),
      used: usedBy.map(({ name }) => name).join(' '),
    }
    return matches?.(row) === false ? [] : [{ kind: 'volume', volume, usedBy }]
  })
  const sorted = sortedBy(entries, keyOf(options.sortBy), anonymousLast, ({ volume }) => volume.name)
  const traits = ({ volume: { labels, driver } }: VolumeNode) => ({ labels, driver })
  return [...odd, ...groupsByTrait(engine, sorted, traits, options)]
}

const anonymousLast = ({ volume }: VolumeNode): number => (volume.anonymous ? 1 : 0)

function keyOf(by: TreeOptions<'volumes'>['sortBy']): (node: VolumeNode) => number {
  switch (by) {
    case 'name':
      return () => 0
    case 'created':
      return ({ volume }) => -(volume.created ?? 0)
    case 'size':
      return ({ volume }) => -(volume.size ?? -1)
  }
}
