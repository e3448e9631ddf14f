/** One part of `GET /version`: the engine itself, containerd, runc … */
export interface Component {
  readonly name: string
  readonly version: string
}

/** What an engine says of itself, from `GET /version` and `GET /info`. */
export interface Ids {
  readonly uid: number
  readonly gid: number
}

export interface EngineInfo {
  /** The identity of the engine's data, the same through whichever endpoint it is reached. */
  readonly id: string
  readonly name: string
  readonly product: 'docker' | 'podman'
  readonly version: string
  /** What both sides speak, as negotiated: `1.45`. */
  readonly apiVersion: string
  readonly minApiVersion: string
  readonly maxApiVersion: string
  readonly os: string
  readonly osType: 'linux' | 'windows'
  readonly architecture: string
  readonly kernel: string
  readonly cpus: number
  /** Bytes. */
  readonly memory: number
  readonly storageDriver: string
  readonly loggingDriver: string
  readonly cgroupVersion: string
  readonly rootDir: string
  readonly rootless: boolean
  /** Where containers have other ids than the machine: what root of them is there. */
  readonly remapped?: Ids
  readonly swarm: 'inactive' | 'worker' | 'manager'
  readonly components: readonly Component[]
  readonly warnings: readonly string[]
  readonly containers: { readonly running: number; readonly paused: number; readonly stopped: number }
  readonly images: number
}

/** `GET /system/df`; sizes in bytes. */
export interface DiskUsage {
  readonly images: readonly {
    readonly id: string
    readonly size: number
    readonly sharedSize: number
    readonly containers: number
  }[]
  readonly containers: readonly {
    readonly id: string
    readonly sizeRw: number
    readonly sizeRootFs: number
  }[]
  readonly volumes: readonly { readonly name: string; readonly size: number; readonly refCount: number }[]
  readonly buildCache: readonly {
    readonly id: string
    readonly size: number
    readonly inUse: boolean
    readonly description: string
  }[]
  readonly layersSize: number
}

/** One record of `GET /events`; the action is cut at `:` since an exec's holds its whole command line. */
export interface EngineEvent {
  readonly type: string
  readonly action: string
  readonly id: string
  readonly attributes: Readonly<Record<string, string>>
  /** Nanoseconds since the epoch as the engine's own digits: larger than a safe integer. */
  readonly timeNano: string
}
