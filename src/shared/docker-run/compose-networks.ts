import type { Yaml } from './compose-yaml.ts'
import { csvFields, csvValues } from './csv-fields.ts'

/** How a service is in a network. */
export function endpoint(
  aliases: readonly string[],
  ipv4: string | undefined,
  ipv6: string | undefined,
): Yaml {
  return {
    ...(aliases.length === 0 ? {} : { aliases }),
    ...(ipv4 === undefined ? {} : { ipv4_address: ipv4 }),
    ...(ipv6 === undefined ? {} : { ipv6_address: ipv6 }),
  }
}

interface Attachment {
  readonly name: string
  readonly aliases: readonly string[]
  readonly ipv4: string | undefined
  readonly ipv6: string | undefined
}

/** `backend`, or the long form `name=backend,alias=db,ip=10.0.0.5`. */
export function attachment(entry: string): Attachment {
  if (!entry.includes('=')) return { name: entry, aliases: [], ipv4: undefined, ipv6: undefined }
  const fields = csvFields(entry)
  return {
    name: fields.get('name') ?? '',
    aliases: csvValues(entry, 'alias'),
    ipv4: fields.get('ip'),
    ipv6: fields.get('ip6'),
  }
}
