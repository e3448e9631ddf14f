import type { Labels } from './container.ts'
import type { EngineId } from './refs.ts'

export interface Subnet {
  readonly subnet: string
  readonly gateway: string
}

/** A row of `GET /networks`. Its members are found through the containers' attachments. */
export interface Network {
  readonly kind: 'network'
  readonly engine: EngineId
  readonly id: string
  readonly name: string
  readonly driver: string
  readonly scope: string
  readonly internal: boolean
  readonly attachable: boolean
  readonly ingress: boolean
  readonly ipv6: boolean
  readonly subnets: readonly Subnet[]
  readonly labels: Labels
  readonly created?: number
  /** `bridge`, `host`, `none` and other networks that the engine keeps and will not remove. */
  readonly builtIn: boolean
}
