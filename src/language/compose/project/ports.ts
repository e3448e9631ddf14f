/** A published port as the short syntax says it. Ranges keep their two ends. */
export interface PortMapping {
  readonly hostIp: string
  /** Empty where the engine chooses. */
  readonly published: readonly [number, number] | undefined
  readonly target: readonly [number, number]
  readonly protocol: string
}

export type PortFault = 'address' | 'missing' | 'container-port' | 'host-port' | 'ranges' | 'protocol'

function portOf(text: string): number | undefined {
  if (!/^[0-9]+$/.test(text) || text.length > 20) return undefined
  const port = Number(text)
  return port <= 65_535 ? port : undefined
}

/** `80` or `80-90`. As in the engine, what follows a second dash is not looked at. */
function rangeOf(text: string): readonly [number, number] | undefined {
  const parts = text.split('-')
  const start = portOf(parts[0] ?? '')
  const end = parts.length === 1 ? start : portOf(parts[1] ?? '')
  return start === undefined || end === undefined || end < start ? undefined : [start, end]
}

/** An address of version 4 or 6, without brackets and zone. */
export function isAddress(text: string): boolean {
  if (/^\d{1,3}(?:\.\d{1,3}){3}$/.test(text))
    return text.split('.').every((part) => Number(part) <= 255 && (part === '0' || !part.startsWith('0')))
  if (!text.includes(':') || text.length > 45) return false
  const halves = text.split('::')
  if (halves.length > 2) return false
  let count = 0
  for (const [index, half] of halves.entries()) {
    if (half === '') continue
    const groups = half.split(':')
    for (const [position, group] of groups.entries()) {
      const last = index === halves.length - 1 && position === groups.length - 1
      if (last && group.includes('.')) {
        if (!isAddress(group)) return false
        count += 2
      } else if (/^[0-9a-fA-F]{1,4}$/.test(group)) count++
      else return false
    }
  }
  return halves.length === 2 ? count < 8 : count === 8
}

/** `ip:host:container/protocol`, every part but the container's port optional. */
export function parsePort(text: string): PortMapping | PortFault {
  const parts = text.split(':')
  const last = parts.pop() ?? ''
  const host = parts.pop() ?? ''
  const rawAddress = parts.join(':')
  const bracketed = /^\[(.*)\]$/.exec(rawAddress)
  if (bracketed === null && /[:[\]]/.test(rawAddress)) return 'address'
  const hostIp = bracketed?.[1] ?? rawAddress
  if (hostIp !== '' && !isAddress(hostIp)) return 'address'
  const slash = last.split('/')
  const container = slash[0] ?? ''
  if (container === '') return 'missing'
  const protocol = slash.length === 1 || slash[1] === '' ? 'tcp' : (slash[1] ?? 'tcp').toLowerCase()
  const target = rangeOf(container)
  if (target === undefined) return 'container-port'
  const published = host === '' ? undefined : rangeOf(host)
  if (host !== '' && published === undefined) return 'host-port'
  if (
    published !== undefined &&
    target[1] !== target[0] &&
    target[1] - target[0] !== published[1] - published[0]
  )
    return 'ranges'
  if (!['tcp', 'udp', 'sctp'].includes(protocol)) return 'protocol'
  return { hostIp, published, target, protocol }
}

/** One entry for each container port, as the engine splits a range; beyond `limit` the range stays in one. */
export function splitPort(mapping: PortMapping, limit = 256): readonly PortMapping[] {
  const [start, end] = mapping.target
  if (start === end || end - start >= limit) return [mapping]
  const all: PortMapping[] = []
  for (let port = start; port <= end; port++) {
    const { published } = mapping
    const host = published === undefined ? undefined : published[0] + (port - start)
    all.push({
      ...mapping,
      target: [port, port],
      published: host === undefined ? undefined : [host, host],
    })
  }
  return all
}

export function printRange([start, end]: readonly [number, number]): string {
  return start === end ? String(start) : `${start}-${end}`
}
