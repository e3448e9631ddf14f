/**
 * What the language services may know of the world outside the text. The room itself opens no file and no connection: the client
 * answers, and each answer may be missing.
 */
export interface Host {
  /** The images of the user's engine; empty when there is none. Never a registry. */
  images(signal: AbortSignal): Promise<readonly LocalImage[]>
  /** `linux/amd64`, of an image of the engine by its id. */
  imagePlatform(id: string, signal: AbortSignal): Promise<string | undefined>
  /** Tags of a repository in a registry, newest first; undefined when it does not tell, or when the user did not allow such look-ups. */
  registryTags(repository: string, signal: AbortSignal): Promise<readonly string[] | undefined>
  /** The entries of a folder; undefined when it is none. */
  listFolder(uri: string, signal: AbortSignal): Promise<readonly FolderEntry[] | undefined>
  /** The text of a file in UTF-8; undefined when it is absent, no text, or larger than 1 MB. */
  readFile(uri: string, signal: AbortSignal): Promise<string | undefined>
  stat(uri: string, signal: AbortSignal): Promise<FileStat | undefined>
  /** The folder that a Dockerfile is built with, as far as the user has said so; undefined: the folder it is in. */
  buildContext(dockerfile: string, signal: AbortSignal): Promise<string | undefined>
  /** Runs ShellCheck on a script; undefined when it is not installed, not trusted or turned off. The answer is its `json1` output. */
  shellCheck(script: ShellCheckRequest, signal: AbortSignal): Promise<string | undefined>
}

export interface LocalImage {
  /** `repository:tag`, as the engine names it. */
  readonly name: string
  /** `sha256:…`, the content of the repository's manifest; undefined for an image that was never pulled or pushed. */
  readonly digest?: string
  readonly id: string
  /** In bytes. */
  readonly size: number
  /** In milliseconds since 1970. */
  readonly created: number
}

export interface FolderEntry {
  readonly name: string
  readonly kind: 'file' | 'folder' | 'link'
  /** In bytes; files only. */
  readonly size?: number
}

export interface FileStat {
  readonly kind: 'file' | 'folder' | 'link'
  readonly size: number
}

export interface ShellCheckRequest {
  readonly script: string
  readonly shell: 'sh' | 'bash' | 'dash' | 'ksh'
  /** Codes to leave out, `SC2187`. */
  readonly exclude: readonly string[]
}

/** A host that knows nothing, for tests and for clients that answer no requests. */
export const noHost: Host = {
  images: () => Promise.resolve([]),
  imagePlatform: () => Promise.resolve(undefined),
  registryTags: () => Promise.resolve(undefined),
  listFolder: () => Promise.resolve(undefined),
  readFile: () => Promise.resolve(undefined),
  stat: () => Promise.resolve(undefined),
  buildContext: () => Promise.resolve(undefined),
  shellCheck: () => Promise.resolve(undefined),
}
