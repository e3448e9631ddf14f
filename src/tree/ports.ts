import type { Port } from '../engine/model/container.ts'

const everywhere = new Set(['', '0.0.0.0', '::', '*'])

function hostText(hostIp: string): string {
  return hostIp.includes(':') ? `[${hostIp}]` : hostIp
}

function byNumber(a: Port, b: Port): number {
  return a.containerPort - b.containerPort || (a.hostPort ?? 0) - (b.hostPort ?? 0)
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
    const host = everywhere.has(port.hostIp ?? '') ? '' : hostText(port.hostIp!)
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
