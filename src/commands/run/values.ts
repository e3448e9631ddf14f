import { EngineError } from '../../engine/errors.ts'
import type { Port } from '../../engine/model/container.ts'
import { t } from '../../shared/l10n.ts'
import { plain } from '../../shared/sinks.ts'

export function invalid(flag: string, value: string, expected: string): EngineError {
  return new EngineError('invalid', t('--{0} {1} cannot be read.', flag, plain(value, 80)), {
    nextStep: expected,
  })
}

const units: Readonly<Record<string, number>> = {
  '': 1,
  b: 1,
  k: 1024,
  m: 1024 ** 2,
  g: 1024 ** 3,
  t: 1024 ** 4,
  p: 1024 ** 5,
}

/** Bytes of `512m`, `1.5g`, `64KiB`, `-1`; undefined where it is no size. The CLI counts in powers of 1,024 (go-units RAMInBytes). */
export function bytes(value: string): number | undefined {
  const match = /^(-1|\d+(?:\.\d+)?)\s?(b|[kmgtp](?=i?b$|$))?(?:i?b)?$/i.exec(value.trim())
  return match === null ? undefined : Math.floor(Number(match[1]) * units[(match[2] ?? '').toLowerCase()]!)
}

const seconds: Readonly<Record<string, number>> = {
  ns: 1e-9,
  us: 1e-6,
  µs: 1e-6,
  ms: 1e-3,
  s: 1,
  m: 60,
  h: 3600,
}

/** Nanoseconds of `1m30s`, `500ms` (Go's ParseDuration); undefined where it is no duration. */
export function nanoseconds(value: string): number | undefined {
  if (value === '0') return 0
  const parts = [...value.matchAll(/(\d+(?:\.\d+)?)(ns|us|µs|ms|s|m|h)/g)]
  if (parts.length === 0 || parts.map((part) => part[0]).join('') !== value) return undefined
  return Math.round(parts.reduce((sum, part) => sum + Number(part[1]) * seconds[part[2]!]!, 0) * 1e9)
}

/** The ports of `80`, `8000-8002/udp`; undefined where it is none. */
function portRange(text: string): readonly number[] | undefined {
  const match = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(text)
  if (match === null) return undefined
  const first = Number(match[1])
  const last = Number(match[2] ?? match[1])
  if (last < first || last > 65535) return undefined
  return Array.from({ length: last - first + 1 }, (_, i) => first + i)
}

/** One published port as the engine takes it; `hostPort` empty lets the engine choose, `8000-8010` from that range. */
export interface Published {
  readonly containerPort: number
  readonly protocol: Port['protocol']
  readonly hostIp: string
  readonly hostPort: string
}

/**
 * The ports of `[ip:][host]:container[/protocol]` with ranges and IPv6 in brackets, as `docker run -p` reads them
 * (go-connections, nat.ParsePortSpec).
 */
export function publishedPorts(value: string): readonly Published[] | undefined {
  const [address = '', protocol = 'tcp'] = value.split('/')
  if (!['tcp', 'udp', 'sctp'].includes(protocol)) return undefined
  const match = /^(?:(\[[0-9a-f:.%]+\]|[^:[\]]*):)?(?:(\d*(?:-\d+)?):)?(\d+(?:-\d+)?)$/i.exec(address)
  if (match === null) return undefined
  // With one colon the first part is the host's port, not an address.
  const single = match[2] === undefined
  const hostIp = (single ? '' : (match[1] ?? '')).replace(/^\[|\]$/g, '')
  const hostText = single ? (match[1] ?? '') : match[2]!
  const inside = portRange(match[3]!)
  const host = hostText === '' ? [] : portRange(hostText)
  if (inside === undefined || host === undefined) return undefined
  if (host.length > 0 && host.length !== inside.length && inside.length !== 1) return undefined
  return inside.map((containerPort, i) => ({
    containerPort,
    protocol: protocol as Port['protocol'],
    hostIp,
    // One port inside and a range outside: the engine takes a free one of the range.
    hostPort: host.length === 0 ? '' : host.length === inside.length ? String(host[i]) : hostText,
  }))
}

/** The ports of `--expose 80`, `--expose 7000-7010/udp`, as the engine names them: `80/tcp`. */
export function exposedPorts(value: string): readonly string[] | undefined {
  const [range = '', protocol = 'tcp'] = value.split('/')
  return portRange(range)?.map((port) => `${port}/${protocol}`)
}
