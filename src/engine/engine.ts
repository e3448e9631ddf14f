import type { Endpoint } from './endpoint.ts'
import type { Container } from './model/container.ts'
import type { Image, ImageLayer } from './model/image.ts'
import type { Network } from './model/network.ts'
import type { Raw } from './model/raw.ts'
import type { EngineId } from './model/refs.ts'
import type { DiskUsage, EngineEvent, EngineInfo } from './model/system.ts'
import type { Volume } from './model/volume.ts'
import type { RegistryAuth } from './registry-auth.ts'

export type { Raw }

/**
 * One engine as a value: no global, no settings, no editor. Every call takes an AbortSignal, settles within the deadline of its
 * class (quick: 10 s; long: until it is done or cancelled; stream: heartbeat) and rejects with an `EngineError` only.
 */
export interface Engine {
  readonly id: EngineId
  readonly endpoint: Endpoint
  /** Pings, negotiates the API version and reads `/info` and `/version`. Also the test of whether the engine is there. */
  connect(signal?: AbortSignal): Promise<EngineInfo>
  /** What the last `connect` found; undefined before. */
  readonly info: EngineInfo | undefined
  readonly containers: ContainerCalls
  readonly images: ImageCalls
  readonly volumes: VolumeCalls
  readonly networks: NetworkCalls
  readonly system: SystemCalls
  readonly streams: StreamCalls
  readonly files: FileCalls
  /** Ends all streams and connections; later calls reject with `cancelled`. */
  dispose(): void
}

export interface ContainerCalls {
  list(options?: { readonly ids?: readonly string[] }, signal?: AbortSignal): Promise<readonly Container[]>
  inspect(id: string, signal?: AbortSignal): Promise<Raw>
  /** `body` is that of `POST /containers/create`; warnings are the engine's. */
  create(
    name: string | undefined,
    body: Raw,
    platform?: string,
    signal?: AbortSignal,
  ): Promise<{ readonly id: string; readonly warnings: readonly string[] }>
  /** Starting a running one and stopping a stopped one (304) succeed. */
  start(id: string, signal?: AbortSignal): Promise<void>
  stop(id: string, options?: { readonly timeoutSeconds?: number }, signal?: AbortSignal): Promise<void>
  restart(id: string, options?: { readonly timeoutSeconds?: number }, signal?: AbortSignal): Promise<void>
  kill(id: string, processSignal?: string, signal?: AbortSignal): Promise<void>
  pause(id: string, signal?: AbortSignal): Promise<void>
  unpause(id: string, signal?: AbortSignal): Promise<void>
  /** An absent one (404) counts as removed. */
  remove(
    id: string,
    options?: { readonly force?: boolean; readonly volumes?: boolean },
    signal?: AbortSignal,
  ): Promise<void>
  rename(id: string, name: string, signal?: AbortSignal): Promise<void>
  update(id: string, body: Raw, signal?: AbortSignal): Promise<readonly string[]>
  wait(
    id: string,
    condition: 'not-running' | 'next-exit' | 'removed',
    signal?: AbortSignal,
  ): Promise<{ readonly exitCode: number; readonly error?: string }>
  top(
    id: string,
    psArgs?: string,
    signal?: AbortSignal,
  ): Promise<{ readonly titles: readonly string[]; readonly processes: readonly (readonly string[])[] }>
  changes(
    id: string,
    signal?: AbortSignal,
  ): Promise<readonly { readonly path: string; readonly change: 'modified' | 'added' | 'deleted' }[]>
  prune(signal?: AbortSignal): Promise<PruneReport>
}

export interface PruneReport {
  readonly removed: readonly string[]
  /** Bytes. */
  readonly reclaimed: number
}

export interface ImageCalls {
  list(signal?: AbortSignal): Promise<readonly Image[]>
  inspect(id: string, signal?: AbortSignal): Promise<Raw>
  history(id: string, signal?: AbortSignal): Promise<readonly ImageLayer[]>
  tag(id: string, repository: string, tag: string, signal?: AbortSignal): Promise<void>
  /** What went: `untagged` names and `deleted` ids. */
  remove(
    reference: string,
    options?: { readonly force?: boolean; readonly noPrune?: boolean },
    signal?: AbortSignal,
  ): Promise<{ readonly untagged: readonly string[]; readonly deleted: readonly string[] }>
  prune(options: { readonly all: boolean }, signal?: AbortSignal): Promise<PruneReport>
  search(term: string, limit: number, signal?: AbortSignal): Promise<readonly SearchResult[]>
  commit(
    container: string,
    options: {
      readonly repository?: string
      readonly tag?: string
      readonly author?: string
      readonly message?: string
      readonly changes?: readonly string[]
      readonly pause?: boolean
    },
    signal?: AbortSignal,
  ): Promise<string>
}

export interface SearchResult {
  readonly name: string
  readonly description: string
  readonly stars: number
  readonly official: boolean
}

export interface VolumeCalls {
  list(signal?: AbortSignal): Promise<readonly Volume[]>
  inspect(name: string, signal?: AbortSignal): Promise<Raw>
  create(
    options: {
      readonly name?: string
      readonly driver?: string
      readonly labels?: Readonly<Record<string, string>>
      readonly options?: Readonly<Record<string, string>>
    },
    signal?: AbortSignal,
  ): Promise<Volume>
  remove(name: string, options?: { readonly force?: boolean }, signal?: AbortSignal): Promise<void>
  /** Before API 1.42 plain prune takes named volumes too; since then only with `all`. */
  prune(options: { readonly all: boolean }, signal?: AbortSignal): Promise<PruneReport>
}

export interface NetworkCalls {
  list(signal?: AbortSignal): Promise<readonly Network[]>
  inspect(id: string, signal?: AbortSignal): Promise<Raw>
  create(
    options: {
      readonly name: string
      readonly driver?: string
      readonly internal?: boolean
      readonly attachable?: boolean
      readonly ipv6?: boolean
      readonly subnet?: string
      readonly gateway?: string
      readonly labels?: Readonly<Record<string, string>>
    },
    signal?: AbortSignal,
  ): Promise<string>
  remove(id: string, signal?: AbortSignal): Promise<void>
  prune(signal?: AbortSignal): Promise<PruneReport>
  connect(
    id: string,
    container: string,
    options?: { readonly aliases?: readonly string[]; readonly ipv4?: string; readonly ipv6?: string },
    signal?: AbortSignal,
  ): Promise<void>
  disconnect(
    id: string,
    container: string,
    options?: { readonly force?: boolean },
    signal?: AbortSignal,
  ): Promise<void>
}

export interface SystemCalls {
  /** What the engine's clock says, in milliseconds since the epoch, to the second; undefined where it does not tell. */
  time(signal?: AbortSignal): Promise<number | undefined>
  diskUsage(signal?: AbortSignal): Promise<DiskUsage>
  /** Of volumes alone; an engine below API 1.42 measures all the rest for it too. */
  volumeUsage(signal?: AbortSignal): Promise<DiskUsage['volumes']>
  pruneBuildCache(options: { readonly all: boolean }, signal?: AbortSignal): Promise<PruneReport>
  /** Whether the registry accepts these credentials (`POST /auth`). */
  login(
    auth: RegistryAuth,
    signal?: AbortSignal,
  ): Promise<{ readonly identityToken?: string; readonly status: string }>
}

/** One record of a pull, push or build, or of `docker load`. */
export interface ProgressRecord {
  readonly id?: string
  readonly status?: string
  readonly current?: number
  readonly total?: number
  /** Text that a build prints. */
  readonly stream?: string
  /** Other content, such as a built image's id or BuildKit's trace. */
  readonly aux?: unknown
}

/** A two-way byte stream over a hijacked connection; ends in exactly one of ended, failed, cancelled. */
export interface DuplexStream {
  /** Raw for a TTY, else frames for `FrameDecoder`. */
  readonly output: AsyncIterable<Buffer>
  /** Resolves when the data has been handed to the system: a slow reader slows the writer. */
  write(data: Uint8Array): Promise<void>
  /** Half-closes: the program sees end of file, but not over a pipe of Windows. */
  endInput(): void
  destroy(): void
}

export interface ExecOptions {
  readonly command: readonly string[]
  readonly tty: boolean
  readonly stdin: boolean
  readonly user?: string
  readonly workingDir?: string
  readonly env?: readonly string[]
  readonly privileged?: boolean
  /** Keys that detach; the engine's own Ctrl-P would be held back from a shell. Empty keeps the engine's own. */
  readonly detachKeys?: string
  /** Columns and rows, for a TTY. */
  readonly size?: { readonly columns: number; readonly rows: number }
}

export interface LogOptions {
  readonly follow: boolean
  readonly stdout: boolean
  readonly stderr: boolean
  readonly timestamps: boolean
  /** Lines from the end; all without it. */
  readonly tail?: number
  /** Engine time, `seconds.nanoseconds` as digits. */
  readonly since?: string
  readonly until?: string
  /** A piece is the reader's only until it asks for the next, which comes in the same memory. */
  readonly lent?: boolean
}

/** What streams, hijacks, uploads or waits long: our own transport on `node:http`, with back-pressure. */
export interface StreamCalls {
  /** `onOpen` is called when the engine has answered with its headers: what happens from then on is told. */
  /** With `until` (engine time) the stream ends there: a look into the engine's history, which holds its last 256 events (Podman's: all). */
  events(
    options: {
      readonly since?: string
      readonly until?: string
      readonly container?: string
      readonly onOpen?: () => void
    },
    signal: AbortSignal,
  ): AsyncIterable<EngineEvent>
  /** Raw bytes as the engine sends them: frames when the container has no TTY. */
  logs(id: string, options: LogOptions, signal: AbortSignal): AsyncIterable<Buffer>
  attach(
    id: string,
    options: { readonly stdin: boolean; readonly logs?: boolean; readonly detachKeys?: string },
    signal?: AbortSignal,
  ): Promise<DuplexStream>
  exec(
    container: string,
    options: ExecOptions,
    signal?: AbortSignal,
  ): Promise<{ readonly id: string; readonly stream: DuplexStream }>
  /** Exit code once the exec has ended; undefined while it runs. */
  execState(
    execId: string,
    signal?: AbortSignal,
  ): Promise<{ readonly running: boolean; readonly exitCode?: number; readonly pid: number }>
  resizeExec(execId: string, size: { readonly columns: number; readonly rows: number }): Promise<void>
  resizeContainer(id: string, size: { readonly columns: number; readonly rows: number }): Promise<void>
  /** The records of `GET /containers/{id}/stats?stream=1`. */
  stats(id: string, signal: AbortSignal): AsyncIterable<Raw>
  pull(
    reference: string,
    options: { readonly platform?: string; readonly auth?: RegistryAuth },
    signal: AbortSignal,
  ): AsyncIterable<ProgressRecord>
  push(
    reference: string,
    options: { readonly auth?: RegistryAuth; readonly platform?: string },
    signal: AbortSignal,
  ): AsyncIterable<ProgressRecord>
  /** `context` is an uncompressed tar; `query` are the parameters of `POST /build`. */
  build(
    context: AsyncIterable<Uint8Array>,
    query: Readonly<Record<string, string>>,
    options: { readonly auths?: Readonly<Record<string, RegistryAuth>> },
    signal: AbortSignal,
  ): AsyncIterable<ProgressRecord>
  /** `docker save`: a tar of the named images. */
  save(references: readonly string[], signal: AbortSignal): AsyncIterable<Buffer>
  load(archive: AsyncIterable<Uint8Array>, signal: AbortSignal): AsyncIterable<ProgressRecord>
  /** `docker import`. */
  import(
    archive: AsyncIterable<Uint8Array>,
    options: {
      readonly repository: string
      readonly tag: string
      readonly message?: string
      readonly changes?: readonly string[]
    },
    signal: AbortSignal,
  ): AsyncIterable<ProgressRecord>
  /** `docker export`. */
  export(id: string, signal: AbortSignal): AsyncIterable<Buffer>
}

/** `X-Docker-Container-Path-Stat`, decoded. */
export interface PathStat {
  readonly name: string
  /** Bytes. */
  readonly size: number
  /** Permission bits with setuid, setgid and sticky, as in chmod(2). */
  readonly mode: number
  readonly type: 'file' | 'directory' | 'symlink' | 'device' | 'fifo' | 'socket'
  /** Milliseconds since the epoch. */
  readonly mtime: number
  readonly linkTarget: string
}

/** The archive API; only called once the user opens a container's files. Tars are always uncompressed. */
export interface FileCalls {
  stat(container: string, path: string, signal?: AbortSignal): Promise<PathStat>
  /** Where it is lent, a piece is the reader's only until it asks for the next, which comes in the same memory: much less work. */
  getArchive(
    container: string,
    path: string,
    signal: AbortSignal,
    options?: { readonly lent?: boolean | undefined },
  ): AsyncIterable<Buffer>
  /**
   * Sends `noOverwriteDirNonDir`: a directory is never replaced by a file, but where `overFolders` allows it. A piece of the
   * archive has been sent before the next is asked for, which may come in the same memory.
   */
  putArchive(
    container: string,
    directory: string,
    archive: AsyncIterable<Uint8Array>,
    signal: AbortSignal,
    options?: { readonly overFolders?: boolean },
  ): Promise<void>
}
