import type { ServiceGraph } from '../shared/service-graph/graph.ts'
import type { FileStat, FolderEntry, LocalImage, ShellCheckRequest } from './host.ts'

/** What a client may tell when it starts the server; every member may be missing. */
export interface InitializationOptions {
  /** The requests of `HostRequests` that the client answers, without `quayside/`. Without them the server knows nothing of files and images. */
  readonly host?: readonly HostRequestName[]
  /** The commands of code lenses that the client can run: `quayside.build.dockerfile`, … */
  readonly commands?: readonly string[]
  /** Hashes of texts that once ended the server; they are left alone. */
  readonly quarantine?: readonly string[]
  /** Look at one text at a time: what ends the server is then known. */
  readonly oneAtATime?: boolean
  /** Where the pages of the rules are; the id and `.md` are appended. */
  readonly rulePages?: string
  /** The bundle of the editor's language: English text to translation. */
  readonly translations?: Readonly<Record<string, string>>
}

/** Requests from the server to the client. A result of `null` stands for "unknown". */
export interface HostRequests {
  'quayside/images': { readonly params: null; readonly result: readonly LocalImage[] | null }
  'quayside/imagePlatform': { readonly params: { readonly id: string }; readonly result: string | null }
  'quayside/registryTags': {
    readonly params: { readonly repository: string }
    readonly result: readonly string[] | null
  }
  'quayside/listFolder': {
    readonly params: { readonly uri: string }
    readonly result: readonly FolderEntry[] | null
  }
  'quayside/readFile': { readonly params: { readonly uri: string }; readonly result: string | null }
  'quayside/stat': { readonly params: { readonly uri: string }; readonly result: FileStat | null }
  'quayside/buildContext': {
    readonly params: { readonly dockerfile: string }
    readonly result: string | null
  }
  'quayside/shellCheck': { readonly params: ShellCheckRequest; readonly result: string | null }
}

/** Requests from the client to the server. They fail with a sentence for the user where the files once ended the server. */
export interface ServerRequests {
  /** The merged project of compose files; one file alone stands for the project that it is a part of. Null: it cannot be read. */
  'quayside/mergedProject': {
    readonly params: { readonly uris: readonly string[]; readonly secrets: boolean }
    readonly result: MergedProject | null
  }
  /** The services of the project, and what connects them. Null: it cannot be read. */
  'quayside/serviceGraph': {
    readonly params: { readonly uris: readonly string[] }
    readonly result: ServiceGraph | null
  }
}

export interface MergedProject {
  /** YAML; behind each value the file and line that gave it, as a comment. */
  readonly text: string
  /** How many values are hidden. */
  readonly hidden: number
  /** The files that origins are named after, from the name in the comment to the address. */
  readonly files: Readonly<Record<string, string>>
}

/** Notifications to the client. */
export interface ServerNotifications {
  /** The server begins to look at a text. When it ends before `quayside/idle`, with no other text begun, the text goes into quarantine. */
  'quayside/busy': { readonly uri: string; readonly hash: string }
  'quayside/idle': { readonly uri: string; readonly hash: string }
  /** A text or a file changed since a project was asked for. */
  'quayside/projectChanged': null
}

/** Requests from the client. */
export interface ClientRequests {
  /** A sign of life. */
  'quayside/ping': { readonly params: null; readonly result: null }
}

/** Notifications from the client. */
export interface ClientNotifications {
  /** What the server asked for is not what it was: images, files, build contexts. */
  'quayside/changed': null
}

type WithoutPrefix<Method> = Method extends `quayside/${infer Name}` ? Name : never

export type HostRequestName = WithoutPrefix<keyof HostRequests>
