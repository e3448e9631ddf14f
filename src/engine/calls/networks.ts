import type { NetworkCalls } from '../engine.ts'
import { fields, text, texts } from '../raw/fields.ts'
import { networkOf } from '../raw/network.ts'
import { objectId } from '../transport/api-path.ts'
import { containerList } from './container-list.ts'
import { type Link, act, listOf, objectOf, present } from './link.ts'
import { refuseUsedNetwork } from './podman.ts'

export function networkCalls(link: Link): NetworkCalls {
  const { json, engine } = link
  const containers = containerList(link)

  return {
    async list(signal) {
      const rows = listOf(link, await json((docker) => docker.listNetworks(), { signal }))
      return present(rows.map((row) => networkOf(engine, row)))
    },

    async inspect(id, signal) {
      const path = objectId(id)
      return objectOf(link, await json((docker) => docker.getNetwork(path).inspect(), { signal }))
    },

    async create(options, signal) {
      const { subnet, gateway } = options
      const config = {
        ...(subnet === undefined ? {} : { Subnet: subnet }),
        ...(gateway === undefined ? {} : { Gateway: gateway }),
      }
      const body = {
        Name: options.name,
        // Without it an older engine makes a second network of the same name.
        CheckDuplicate: true,
        Driver: options.driver ?? 'bridge',
        Internal: options.internal ?? false,
        Attachable: options.attachable ?? false,
        EnableIPv6: options.ipv6 ?? false,
        ...(Object.keys(config).length === 0 ? {} : { IPAM: { Config: [config] } }),
        Labels: options.labels ?? {},
      }
      const answer = await json((docker) => docker.createNetwork({ Name: '' }), {
        body,
        lane: 'long',
        signal,
      })
      return text(objectOf(link, answer)['Id'])
    },

    async remove(id, signal) {
      const path = objectId(id)
      if (await link.isPodman(signal)) refuseUsedNetwork(id, await containers({}, signal))
      await act(link, (docker) => docker.getNetwork(path).remove(), { signal })
    },

    async prune(signal) {
      const answer = await json((docker) => docker.pruneNetworks(), { lane: 'long', signal })
      return { removed: texts(fields(answer)['NetworksDeleted']), reclaimed: 0 }
    },

    async connect(id, container, options = {}, signal) {
      const path = objectId(id)
      const addresses = {
        ...(options.ipv4 === undefined ? {} : { IPv4Address: options.ipv4 }),
        ...(options.ipv6 === undefined ? {} : { IPv6Address: options.ipv6 }),
      }
      const body = {
        Container: objectId(container),
        EndpointConfig: {
          ...(options.aliases === undefined ? {} : { Aliases: options.aliases }),
          ...(Object.keys(addresses).length === 0 ? {} : { IPAMConfig: addresses }),
        },
      }
      await act(link, (docker) => docker.getNetwork(path).connect(), { body, signal })
    },

    async disconnect(id, container, options = {}, signal) {
      const path = objectId(id)
      const body = { Container: objectId(container), Force: options.force ?? false }
      await act(link, (docker) => docker.getNetwork(path).disconnect(), { body, signal })
    },
  }
}
