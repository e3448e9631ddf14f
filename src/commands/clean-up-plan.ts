import type { Engine } from '../engine/engine.ts'
import type { Container } from '../engine/model/container.ts'
import type { Image } from '../engine/model/image.ts'
import type { Network } from '../engine/model/network.ts'
import type { Volume } from '../engine/model/volume.ts'
import { plural, t } from '../shared/l10n.ts'
import { isStopped } from './container-end.ts'
import { imagesOf, networksWithout, volumesOf } from './in-use.ts'
import { shortId } from './naming.ts'
import { bytes } from './sizes.ts'

/** What a clean-up can take. */
export type Part = 'containers' | 'networks' | 'dangling' | 'cache' | 'images' | 'anonymous' | 'volumes'

/** Everything a clean-up needs to know of an engine, read at once. */
export interface Inventory {
  readonly containers: readonly Container[]
  readonly images: readonly Image[]
  readonly volumes: readonly Volume[]
  readonly networks: readonly Network[]
  readonly cacheSize: number
  readonly cacheCount: number
  /** Bytes by container id, image id (its own layers only) and volume name. */
  readonly sizes: ReadonlyMap<string, number>
}

/** Exactly what goes. */
export interface Plan {
  readonly containers: readonly Container[]
  readonly networks: readonly Network[]
  readonly images: readonly Image[]
  /** All unused images, not only dangling ones. */
  readonly allImages: boolean
  readonly volumes: readonly Volume[]
  readonly cache: boolean
  readonly lines: readonly string[]
  readonly bytes: number
}

export async function takeInventory(engine: Engine, signal: AbortSignal): Promise<Inventory> {
  const [containers, images, volumes, networks, usage] = await Promise.all([
    engine.containers.list({}, signal),
    engine.images.list(signal),
    engine.volumes.list(signal),
    engine.networks.list(signal),
    engine.system.diskUsage(signal),
  ])
  const unused = usage.buildCache.filter(({ inUse }) => !inUse)
  return {
    containers,
    images,
    volumes,
    networks,
    cacheCount: unused.length,
    cacheSize: unused.reduce((sum, { size }) => sum + size, 0),
    sizes: new Map([
      ...usage.containers.map(({ id, sizeRw }) => [id, sizeRw] as const),
      ...usage.images.map(({ id, size, sharedSize }) => [id, size - Math.max(0, sharedSize)] as const),
      ...usage.volumes.map(({ name, size }) => [name, Math.max(0, size)] as const),
    ]),
  }
}

/** What the chosen parts come to. What only stopped containers hold is free once these go too. */
export function planOf(inventory: Inventory, parts: readonly Part[]): Plan {
  const has = (part: Part): boolean => parts.includes(part)
  const containers = has('containers') ? inventory.containers.filter(isStopped) : []
  const gone = new Set(containers.map(({ id }) => id))
  const staying = inventory.containers.filter(({ id }) => !gone.has(id))
  const usedImages = imagesOf(staying)
  const usedVolumes = volumesOf(staying)
  const networks = has('networks') ? networksWithout(inventory.networks, staying) : []
  const parents = new Set(inventory.images.map(({ parentId }) => parentId))
  const allImages = has('images')
  const images =
    allImages || has('dangling')
      ? inventory.images.filter(
          ({ id, dangling }) => !usedImages.has(id) && (allImages || (dangling && !parents.has(id))),
        )
      : []
  const volumes =
    has('volumes') || has('anonymous')
      ? inventory.volumes.filter(
          ({ name, anonymous }) => !usedVolumes.has(name) && (anonymous || has('volumes')),
        )
      : []
  const cache = has('cache') && inventory.cacheCount > 0
  const size = (id: string): number => inventory.sizes.get(id) ?? 0
  const line = (kind: string, name: string, id?: string): string =>
    id === undefined || !inventory.sizes.has(id)
      ? `${kind}: ${name}`
      : `${kind}: ${name} (${bytes(size(id))})`
  return {
    containers,
    networks,
    images,
    allImages,
    volumes,
    cache,
    lines: [
      ...volumes.map(({ name }) => line(t('volume'), name, name)),
      ...containers.map(({ id, name }) => line(t('container'), name, id)),
      ...networks.map(({ name }) => line(t('network'), name)),
      ...images.map(({ id, tags }) => line(t('image'), tags.join(', ') || shortId(id), id)),
      ...(cache
        ? [
            plural(
              inventory.cacheCount,
              'build cache: 1 record ({1})',
              'build cache: {0} records ({1})',
              inventory.cacheCount,
              bytes(inventory.cacheSize),
            ),
          ]
        : []),
    ],
    bytes:
      [
        ...containers.map(({ id }) => id),
        ...images.map(({ id }) => id),
        ...volumes.map(({ name }) => name),
      ].reduce((sum, id) => sum + size(id), 0) + (cache ? inventory.cacheSize : 0),
  }
}
