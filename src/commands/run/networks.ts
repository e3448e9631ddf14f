import type { Raw } from '../../engine/engine.ts'
import { csvFields, csvValues } from '../../shared/docker-run/csv-fields.ts'
import type { Flags } from './create-body.ts'

interface Attachment {
  readonly name: string
  readonly aliases: readonly string[]
  readonly ipv4?: string
  readonly ipv6?: string
  readonly mac?: string
}

/** The networks of `--network`, plain (`backend`) or in the long form (`name=backend,alias=db,ip=10.0.0.5`). */
function attachments(flags: Flags): readonly Attachment[] {
  const named = flags.list('network').map((value): Attachment => {
    if (!value.includes('=')) return { name: value, aliases: [] }
    const fields = csvFields(value)
    const aliases = csvValues(value, 'alias')
    const ipv4 = fields.get('ip')
    const ipv6 = fields.get('ip6')
    const mac = fields.get('mac-address')
    return {
      name: fields.get('name') ?? '',
      aliases,
      ...(ipv4 === undefined ? {} : { ipv4 }),
      ...(ipv6 === undefined ? {} : { ipv6 }),
      ...(mac === undefined ? {} : { mac }),
    }
  })
  const [first, ...rest] = named
  // The flags beside `--network` are about the first network, or about the default one.
  const ipv4 = flags.text('ip') ?? first?.ipv4
  const ipv6 = flags.text('ip6') ?? first?.ipv6
  const mac = flags.text('mac-address') ?? first?.mac
  const joined: Attachment = {
    name: first?.name ?? 'default',
    aliases: [...(first?.aliases ?? []), ...flags.list('network-alias')],
    ...(ipv4 === undefined ? {} : { ipv4 }),
    ...(ipv6 === undefined ? {} : { ipv6 }),
    ...(mac === undefined ? {} : { mac }),
  }
  return [joined, ...rest]
}

/** `HostConfig.NetworkMode`; undefined leaves it to the engine. */
export function networkMode(flags: Flags): string | undefined {
  return flags.list('network').length === 0 ? undefined : attachments(flags)[0]!.name
}

/** `NetworkingConfig` with what the container's place in each network is to be; undefined where nothing special is asked. */
export function endpoints(flags: Flags): Raw | undefined {
  const wanted = attachments(flags)
  const config = Object.fromEntries(
    wanted.map(({ name, aliases, ipv4, ipv6, mac }) => [
      name,
      {
        ...(aliases.length === 0 ? {} : { Aliases: aliases }),
        ...(ipv4 === undefined && ipv6 === undefined
          ? {}
          : {
              IPAMConfig: {
                ...(ipv4 === undefined ? {} : { IPv4Address: ipv4 }),
                ...(ipv6 === undefined ? {} : { IPv6Address: ipv6 }),
              },
            }),
        ...(mac === undefined ? {} : { MacAddress: mac }),
      },
    ]),
  )
  const special = wanted.length > 1 || Object.values(config).some((entry) => Object.keys(entry).length > 0)
  return special ? { EndpointsConfig: config } : undefined
}
