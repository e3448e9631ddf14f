import type { Container } from '../engine/model/container.ts'
import type { Image } from '../engine/model/image.ts'
import type { Network } from '../engine/model/network.ts'
import type { Volume } from '../engine/model/volume.ts'

type Items = ReadonlyMap<string, Container>

/** Which containers use what, found in one pass over them. */
interface Uses {
  readonly images: ReadonlyMap<string, readonly Container[]>
  readonly volumes: ReadonlyMap<string, readonly Container[]>
  readonly networks: ReadonlyMap<string, readonly Container[]>
}

const indexed = new WeakMap<Items, Uses>()
const none: readonly Container[] = []

function usesOf(containers: Items): Uses {
  const found = indexed.get(containers)
  if (found !== undefined) return found
  const uses = { images: new Map(), volumes: new Map(), networks: new Map() } as const
  for (const container of containers.values()) {
    add(uses.images, container.imageId, container)
    add(uses.images, container.image, container)
    for (const mount of container.mounts ?? [])
      if (mount.type === 'volume') add(uses.volumes, mount.name ?? '', container)
    for (const { network, networkId } of container.attachments ?? []) {
      add(uses.networks, networkId, container)
      add(uses.networks, network, container)
    }
  }
  indexed.set(containers, uses)
  return uses
}

function add(to: Map<string, Container[]>, key: string, container: Container): void {
  if (key === '') return
  const users = to.get(key)
  if (users === undefined) to.set(key, [container])
  else if (users.at(-1) !== container) users.push(container)
}

/** By the image's id; by its names where an engine tells other ids of its containers' images. */
export function usersOfImage(image: Image, containers: Items): readonly Container[] {
  const { images } = usesOf(containers)
  const byId = images.get(image.id)
  if (byId !== undefined) return byId
  for (const tag of image.tags) {
    const byName = images.get(tag)
    if (byName !== undefined) return byName
  }
  return none
}

export function usersOfVolume(volume: Volume, containers: Items): readonly Container[] {
  return usesOf(containers).volumes.get(volume.name) ?? none
}

/** The containers that are attached to a network; by its name those that never ran, of which no id is known. */
export function membersOf(network: Network, containers: Items): readonly Container[] {
  const { networks } = usesOf(containers)
  const byId = networks.get(network.id) ?? none
  const byName = networks.get(network.name) ?? none
  if (byName.length === 0 || byId === byName) return byId
  const known = new Set(byId)
  const unnamed = byName.filter(
    (container) =>
      !known.has(container) &&
      container.attachments.some(({ network: name, networkId }) => name === network.name && networkId === ''),
  )
  return unnamed.length === 0 ? byId : [...byId, ...unnamed]
}

export function attachmentTo(
  network: Network,
  container: Container,
): Container['attachments'][number] | undefined {
  return (
    container.attachments.find(({ networkId }) => networkId === network.id) ??
    container.attachments.find(({ network: name }) => name === network.name)
  )
}
