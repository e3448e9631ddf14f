import type { Network } from '../model/network.ts'
import type { EngineId } from '../model/refs.ts'
import { type Fields, fields, items, text, textMap, time } from './fields.ts'

function isBuiltIn(name: string, driver: string): boolean {
  if (name === 'podman' || name === 'bridge' || name === 'host' || name === 'none') return true
  return name === 'nat' && driver === 'nat'
}

/** A row of `GET /networks`; undefined for one without an id. */
export function networkOf(engine: EngineId, row: Fields): Network | undefined {
  const id = text(row['Id'])
  if (id === '') return undefined
  const name = text(row['Name'])
  const driver = text(row['Driver'])
  const created = time(row['Created'])
  return {
    kind: 'network',
    engine,
    id,
    name,
    driver,
    scope: text(row['Scope']),
    internal: row['Internal'] === true,
    attachable: row['Attachable'] === true,
    ingress: row['Ingress'] === true,
    ipv6: row['EnableIPv6'] === true,
    subnets: items(fields(row['IPAM'])['Config']).map((config) => ({
      subnet: text(config['Subnet']),
      gateway: text(config['Gateway']),
    })),
    labels: textMap(row['Labels']),
    ...(created === undefined ? {} : { created }),
    builtIn: isBuiltIn(name, driver),
  }
}
