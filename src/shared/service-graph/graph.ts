/** A compose project as a picture needs it: its services, what they wait for, and what they share. */
export interface ServiceGraph {
  /** The name of the project. */
  readonly project: string
  readonly services: readonly GraphService[]
  /** Networks that services are attached to, and volumes that they mount, in the order of the file. */
  readonly networks: readonly GraphShared[]
  readonly volumes: readonly GraphShared[]
  readonly dependencies: readonly GraphDependency[]
}

export interface GraphService {
  readonly name: string
  /** The image, or the folder that it is built from. */
  readonly image: string
  readonly built: boolean
  /** Published ports as `8080→80`; with the protocol where it is not TCP. */
  readonly ports: readonly string[]
  readonly profiles: readonly string[]
  /** False where its profiles are off. */
  readonly enabled: boolean
  /** How many containers it is to have. */
  readonly replicas: number
  /** Names of networks and of named volumes. */
  readonly networks: readonly string[]
  readonly volumes: readonly { readonly name: string; readonly path: string; readonly readOnly: boolean }[]
  /** Where it is written: the address of the file and the line, from 1. */
  readonly place?: { readonly uri: string; readonly line: number }
}

export interface GraphShared {
  readonly name: string
  /** Not of this project: it must be there. */
  readonly external: boolean
}

export interface GraphDependency {
  readonly from: string
  readonly to: string
  /** What is waited for: `service_started`, `service_healthy` or `service_completed_successfully`. */
  readonly condition: string
  /** Whether `depends_on` says so, or it follows from links, shared namespaces or `volumes_from`. */
  readonly declared: boolean
  readonly required: boolean
}
