import type { Endpoint } from '../engine/endpoint.ts'
import type { Container, Port } from '../engine/model/container.ts'

export interface Published {
  readonly port: Port
  /** `host:port` as a client on this machine reaches it. */
  readonly address: string
  readonly url: string
}

/** The published TCP ports of a container as addresses, each once; IPv4 and IPv6 of the same port are one. */
export function publishedPorts(endpoint: Endpoint, ports: readonly Port[]): readonly Published[] {
  const found = new Map<string, Published>()
  for (const port of ports) {
    if (port.hostPort === undefined || port.protocol !== 'tcp') continue
    const host = hostOf(endpoint, port.hostIp ?? '')
    const address = `${host.includes(':') ? `[${host}]` : host}:${port.hostPort}`
    const secure = [port.containerPort, port.hostPort].some((number) => number === 443 || number === 8443)
    if (!found.has(address))
      found.set(address, { port, address, url: `${secure ? 'https' : 'http'}://${address}/` })
  }
  return [...found.values()]
}

/** Where a published port is reached: the engine's own host, unless it was bound to one address. */
function hostOf({ address }: Endpoint, hostIp: string): string {
  const engineHost = address.kind === 'tcp' || address.kind === 'ssh' ? address.host : 'localhost'
  const everywhere = hostIp === '' || hostIp === '0.0.0.0' || hostIp === '::'
  const loopback = /^127\.|^::1$/.test(hostIp)
  if (everywhere) return engineHost
  return loopback && engineHost === 'localhost' ? 'localhost' : hostIp
}

/** The container that a port of the host belongs to, if any does. */
export const holderOf = (containers: readonly Container[], hostPort: number): Container | undefined =>
  containers.find(({ ports }) => ports.some((port) => port.hostPort === hostPort))
