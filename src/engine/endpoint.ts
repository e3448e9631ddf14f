import type { EngineId } from './model/refs.ts'
import type { Secret } from './secret.ts'

/** Where an endpoint's address came from; shown with it. */
export type EndpointOrigin =
  /** With the context that it names, where it names no address. */
  | { readonly from: 'setting'; readonly context?: string }
  | { readonly from: 'environment'; readonly variable: 'DOCKER_HOST' | 'DOCKER_CONTEXT' }
  | { readonly from: 'context'; readonly name: string }
  | { readonly from: 'default' }
  | { readonly from: 'wellKnown'; readonly product: string }

export interface TlsMaterial {
  readonly ca?: Buffer
  readonly cert?: Buffer
  readonly key?: Secret
  readonly skipVerify: boolean
  readonly serverName?: string
}

export type Address =
  | { readonly kind: 'unix'; readonly path: string }
  | { readonly kind: 'npipe'; readonly path: string }
  | { readonly kind: 'tcp'; readonly host: string; readonly port: number; readonly tls?: TlsMaterial }
  | {
      readonly kind: 'ssh'
      readonly user?: string
      readonly host: string
      readonly port?: number
      readonly socket?: string
    }

/** One way to one engine, resolved wholly by us: nothing below this reads the environment. */
export interface Endpoint {
  readonly id: EngineId
  /** What the user knows it by: the context's name, `default`, `DOCKER_HOST`. */
  readonly name: string
  readonly description: string
  /** As the docker CLI writes it: `unix:///var/run/docker.sock`. */
  readonly url: string
  readonly address: Address
  readonly origin: EndpointOrigin
}
