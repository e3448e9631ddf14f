import type { EngineState } from '../engine/live/state.ts'
import { entriesOf } from './entries.ts'
import { labelText, matcher } from './filter.ts'
import { groupsByTrait } from './traits.ts'
import { sortedBy } from './order.ts'
import type { NetworkNode, TreeNode } from './node.ts'
import type { TreeOptions } from './roots.ts'
import { inScope } from './scope.ts'
import { stateRank } from './state-words.ts'
import { membersOf } from './uses.ts'

const fields = ['name', 'driver', 'subnet', 'label', 'member']

export function networkRoots(state: EngineState, options: TreeOptions<'networks'>): TreeNode[] {
  const engine = state.endpoint.id
  const scope = inScope(options.scope, options.folders)
  const matches = matcher(options.filter, fields)
  const { entries, odd } = entriesOf(engine, state.networks.items.values(), (network): NetworkNode[] => {
    const members = membersOf(network, state.containers.items)
    if (scope !== undefined && !members.some(scope)) return []
    const row = {
      name: network.name,
      driver: network.driver,
      subnet: network.subnets.map(({ subnet }) => subnet).join(' '),
      label: labelText(network.labels),
      member: members.map(({ name }) => name).join(' '),
    }
    if (matches?.(row) === false) return []
    return [{ kind: 'network', network, members: sortedBy(members, stateRank, ({ name }) => name) }]
  })
  const sorted = sortedBy(entries, builtInLast, keyOf(options.sortBy), ({ network }) => network.name)
  const traits = ({ network: { labels, driver } }: NetworkNode) => ({ labels, driver })
  return [...odd, ...groupsByTrait(engine, sorted, traits, options)]
}

const builtInLast = ({ network }: NetworkNode): number => (network.builtIn ? 1 : 0)

function keyOf(by: TreeOptions<'networks'>['sortBy']): (node: NetworkNode) => string | number {
  switch (by) {
    case 'name':
      return () => 0
    case 'created':
      return ({ network }) => -(network.created ?? 0)
    case 'driver':
      return ({ network }) => network.driver
  }
}
