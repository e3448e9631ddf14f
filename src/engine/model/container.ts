import type { EngineId } from './refs.ts'

export type ContainerState = 'created' | 'running' | 'paused' | 'restarting' | 'removing' | 'exited' | 'dead'
export type Health = 'starting' | 'healthy' | 'unhealthy'
export type Labels = Readonly<Record<string, string>>

/** One published or exposed port. Without `hostPort` it is exposed only. */
export interface Port {
  readonly containerPort: number
  readonly protocol: 'tcp' | 'udp' | 'sctp'
  readonly hostIp?: string
  readonly hostPort?: number
}

export interface Mount {
  readonly type: 'bind' | 'volume' | 'tmpfs' | 'npipe' | 'cluster' | 'image'
  /** Volume mounts: the volume's name. */
  readonly name?: string
  readonly source: string
  readonly destination: string
  readonly readOnly: boolean
}

export interface Attachment {
  readonly network: string
  readonly networkId: string
  readonly ipv4: string
  readonly ipv6: string
  readonly aliases: readonly string[]
}

/** What compose's labels claim of a container: claims of whoever made it, never instructions. */
export interface ComposeClaim {
  readonly project: string
  readonly service: string
  readonly number: number
  readonly oneoff: boolean
  readonly workingDir: string
  readonly configFiles: readonly string[]
  /** Of what the service was when the container was made. */
  readonly configHash?: string
}

/** A moment that is known to within some milliseconds only. */
export interface Moment {
  /** Milliseconds since the epoch, the latest it can have been. */
  readonly at: number
  readonly within: number
}

/** A row of `GET /containers/json`. */
export interface Container {
  readonly kind: 'container'
  readonly engine: EngineId
  readonly id: string
  /** Without the leading slash. */
  readonly name: string
  readonly image: string
  readonly imageId: string
  readonly command: string
  /** Milliseconds since the epoch, by the engine's clock. */
  readonly created: number
  readonly state: ContainerState
  /** The engine's own words: `Up 3 minutes (healthy)`. */
  readonly status: string
  readonly health?: Health
  /** Of an exited or dead container, as its status tells it. */
  readonly exitCode?: number
  /** Since when it has been in this state, as far as its status tells; filled in by the live store. */
  readonly since?: Moment
  readonly ports: readonly Port[]
  readonly labels: Labels
  readonly mounts: readonly Mount[]
  readonly attachments: readonly Attachment[]
  readonly networkMode: string
  readonly compose?: ComposeClaim
}
