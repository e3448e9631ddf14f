import type { Container } from '../engine/model/container.ts'
import type { Network } from '../engine/model/network.ts'

/** Ids of the images that these containers are made of. */
export const imagesOf = (containers: readonly Container[]): ReadonlySet<string> =>
  new Set(containers.map(({ imageId }) => imageId))

/** Names of the volumes that these containers mount. */
export const volumesOf = (containers: readonly Container[]): ReadonlySet<string> =>
  new Set(
    containers.flatMap(({ mounts }) =>
      mounts.flatMap(({ type, name }) => (type === 'volume' && name !== undefined ? [name] : [])),
    ),
  )

/** The networks of the user that none of these containers is in, running or not: a stopped one could not start without its own. */
export function networksWithout(
  networks: readonly Network[],
  containers: readonly Container[],
): readonly Network[] {
  const used = new Set(
    containers.flatMap(({ attachments, networkMode }) => [
      networkMode,
      ...attachments.flatMap(({ network, networkId }) => [network, networkId]),
    ]),
  )
  return networks.filter(
    ({ id, name, builtIn, ingress }) => !builtIn && !ingress && !used.has(id) && !used.has(name),
  )
}
