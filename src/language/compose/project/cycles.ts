import type { Service } from './model.ts'
import { dependenciesOf } from './normalize.ts'
import type { Origin } from './value.ts'

export interface Cycle {
  readonly names: readonly string[]
  /** Where the first one names the second. */
  readonly origin: Origin
}

/** More than are shown of one project. */
const cycleLimit = 500

/** Groups of enabled services that wait for each other: one cycle a group. Linear, without recursion. */
export function cyclesOf(services: ReadonlyMap<string, Service>): readonly Cycle[] {
  const cycles: Cycle[] = []
  const state = new Map<string, 'open' | 'done'>()
  const edges = new Map<string, readonly { readonly service: string; readonly origin: Origin }[]>()
  const edgesOf = (name: string): readonly { readonly service: string; readonly origin: Origin }[] => {
    let known = edges.get(name)
    if (known === undefined) {
      const service = services.get(name)
      known =
        service === undefined
          ? []
          : dependenciesOf(service.value).filter((one) => services.get(one.service)?.enabled === true)
      edges.set(name, known)
    }
    return known
  }
  for (const [root, service] of services) {
    if (!service.enabled || state.has(root)) continue
    const trail: { name: string; next: number }[] = [{ name: root, next: 0 }]
    state.set(root, 'open')
    for (let top = trail.at(-1); top !== undefined; top = trail.at(-1)) {
      const edge = edgesOf(top.name)[top.next++]
      if (edge === undefined) {
        state.set(top.name, 'done')
        trail.pop()
      } else if (state.get(edge.service) === 'open') {
        if (cycles.length === cycleLimit) return cycles
        const from = trail.findIndex((step) => step.name === edge.service)
        cycles.push({ names: trail.slice(from).map((step) => step.name), origin: edge.origin })
      } else if (!state.has(edge.service)) {
        state.set(edge.service, 'open')
        trail.push({ name: edge.service, next: 0 })
      }
    }
  }
  return cycles
}
