import type { Endpoint } from '../../src/engine/endpoint.ts'
import type { Connection, EngineState, ResourceState, Snapshot } from '../../src/engine/live/state.ts'
import type { Container } from '../../src/engine/model/container.ts'
import type { Image } from '../../src/engine/model/image.ts'
import type { Network } from '../../src/engine/model/network.ts'
import type { EngineInfo } from '../../src/engine/model/system.ts'
import type { Volume } from '../../src/engine/model/volume.ts'
import type { ViewId } from '../../src/tree/node.ts'
import type { TreeOptions } from '../../src/tree/roots.ts'
import { endpoint, engineInfo, noon } from './models.ts'

export interface Known {
  readonly endpoint?: Endpoint
  readonly connection?: Connection
  readonly info?: EngineInfo
  readonly containers?: readonly Container[]
  readonly images?: readonly Image[]
  readonly volumes?: readonly Volume[]
  readonly networks?: readonly Network[]
}

/** An engine that is connected and has answered all lists. */
export function engineState(known: Known = {}): EngineState {
  return {
    endpoint: known.endpoint ?? endpoint(),
    connection: known.connection ?? { status: 'connected' },
    info: known.info ?? engineInfo(),
    containers: ready(known.containers),
    images: ready(known.images),
    volumes: ready(known.volumes),
    networks: ready(known.networks),
  }
}

function ready<T extends { readonly id: string }>(items: readonly T[] = []): ResourceState<T> {
  return { status: 'ready', items: new Map(items.map((item) => [item.id, item])) }
}

/** The first engine is the active one; all are shown. */
export function snapshotOf(...engines: readonly EngineState[]): Snapshot {
  const ids = engines.map(({ endpoint: { id } }) => id)
  return { engines, active: ids[0], shown: new Set(ids) }
}

export function options<V extends ViewId>(view: V, over: Partial<TreeOptions<V>> = {}): TreeOptions<V> {
  const groupBy = {
    containers: 'project',
    images: 'repository',
    volumes: 'none',
    networks: 'none',
    engines: 'none',
  }
  return {
    scope: 'all',
    groupBy: groupBy[view],
    label: '',
    sortBy: 'name',
    filter: '',
    folders: [],
    ...over,
  } as TreeOptions<V>
}

export const context = { now: noon, locale: 'en', offset: () => 0 }
