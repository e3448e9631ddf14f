import type { Port } from '../engine/model/container.ts'

const everywhere = new Set(['', '0.0.0.0', '::', '*'])

function hostText(hostIp: string): string {
  return hostIp.includes(':') ? `[${hostIp}]` : hostIp
}

function byNumber(a: Port, b: Port): number {
  return a.containerPort - b.containerPort || (a.hostPort ?? 0) - (b.hostPort ?? 0)
}

const placeOf = ({ hostIp }: Port): string => (everywhere.has(hostIp ?? '') ? '' : hostText(hostIp!))

/** Two ports that differ at most in being reached over IPv4 or IPv6. */
export const samePort = (one: Port, other: Port): boolean =>
  one.hostPort === other.hostPort &&
  one.containerPort === other.containerPort &&
  one.protocol === other.protocol &&
  placeOf(one) === placeOf(other)

/** The published ports in their order, the same one over IPv4 and IPv6 once. */
export function publishedOnce(ports: readonly Port[]): readonly Port[] {
  const published = ports.filter(({ hostPort }) => hostPort !== undefined).sort(byNumber)
  return published.filter((port, index) => published.findIndex((other) => samePort(other, port)) === index)
}

interface Span {
  readonly host: string
  readonly protocol: string
  readonly hostFrom: number
  readonly from: number
  length: number
}

/**
 * The published ports in few words, `8080→80`: the same port over IPv4 and IPv6 once, neighbours as a range, the protocol only
 * when it is not tcp, the address only when it is not every address.
 */
export function shortPorts(ports: readonly Port[], most = 3): string {
  const spans: Span[] = []
  const seen = new Set<string>()
  for (const port of [...ports].sort(byNumber)) {
    if (port.hostPort === undefined) continue
    const host = placeOf(port)
    const key = `${host}|${port.hostPort}|${port.containerPort}|${port.protocol}`
    if (seen.has(key)) continue
    seen.add(key)
    const before = spans.findLast(({ host: other, protocol }) => other === host && protocol === port.protocol)
    if (
      before?.from === port.containerPort - (before?.length ?? 0) &&
      before.hostFrom === port.hostPort - before.length
    )
      before.length++
    else
      spans.push({
        host,
        protocol: port.protocol,
        hostFrom: port.hostPort,
        from: port.containerPort,
        length: 1,
      })
  }
  const texts = spans.slice(0, most).map(spanText)
  return spans.length > most ? `${texts.join(', ')}, +${spans.length - most}` : texts.join(', ')
}

function spanText({ host, protocol, hostFrom, from, length }: Span): string {
  const range = (first: number): string => (length === 1 ? String(first) : `${first}-${first + length - 1}`)
  const published = `${host === '' ? '' : `${host}:`}${range(hostFrom)}→${range(from)}`
  return protocol === 'tcp' ? published : `${published}/${protocol}`
}

/** Every port with its address, `0.0.0.0:8080→80/tcp`, `[::]:8080→80/tcp`; those that are exposed only come last, `443/tcp`. */
export function fullPorts(ports: readonly Port[]): string[] {
  const published = ports.filter(({ hostPort }) => hostPort !== undefined).sort(byNumber)
  const exposed = ports.filter(({ hostPort }) => hostPort === undefined).sort(byNumber)
  return [
    ...published.map(({ hostIp, hostPort, containerPort, protocol }) => {
      const address = hostIp === undefined || hostIp === '' ? '' : `${hostText(hostIp)}:`
      return `${address}${hostPort}→${containerPort}/${protocol}`
    }),
    ...exposed.map(({ containerPort, protocol }) => `${containerPort}/${protocol}`),
  ]
}
