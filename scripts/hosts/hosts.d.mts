/** A host that cannot be had on this machine; its message says exactly what to install. */
export class HostMissing extends Error {}

export type EngineVersion = '20.10' | '26' | '28'

export interface PrivateEngine {
  readonly version: EngineVersion
  /** For titles: `Docker 28`. */
  readonly name: string
  /** Its own folder, removed by `stop()`. */
  readonly folder: string
  /** The socket of the API. */
  readonly socketPath: string
  /** `unix:///…` */
  readonly dockerHost: string
  /** `tcp://127.0.0.1:PORT`, with `tcp` or `tls` only. */
  readonly tcpHost: string | undefined
  /** With `tls`: a folder for DOCKER_CERT_PATH (`ca.pem`, `cert.pem`, `key.pem`). */
  readonly tlsDir: string | undefined
  /** The docker program of the same version. */
  readonly dockerBin: string
  /** For a client of this engine only: DOCKER_HOST, a DOCKER_CONFIG of its own (compose and buildx in it), PATH. */
  readonly env: Record<string, string>
  readonly logFile: string
  /** Runs the docker program; answers its trimmed standard output, rejects with its last words. */
  docker(...args: string[]): Promise<string>
  /** Starts it again after `kill()`, on the same socket, with the same data. */
  start(): Promise<void>
  /** Ends the engine and all its containers at once, as a crash of the machine would; its data stay. */
  kill(): Promise<void>
  /** `kill()` and `start()`. */
  restart(): Promise<void>
  /** Ends it and removes all it had. */
  stop(): Promise<void>
}

export interface EngineOptions {
  /** Default '28'. */
  version?: EngineVersion
  name?: string
  /** Listens on the loopback too, with client certificates demanded. */
  tls?: boolean
  /** Listens on the loopback too, in the clear. */
  tcp?: boolean
  /** False: an engine with nothing in it. Default: `busybox:latest`, `busybox:1.36`, `quayside/busybox`, `quayside/distroless`. */
  images?: boolean
  /** More of daemon.json. */
  config?: Record<string, unknown>
  /** Given what stops the engine before it starts. */
  begun?: (stop: () => Promise<void>) => void
}

export const engineVersions: readonly EngineVersion[]
export function ensureEngine(version: EngineVersion): Promise<unknown>
export function startEngine(options?: EngineOptions): Promise<PrivateEngine>

export interface PrivatePodman {
  readonly version: 'podman'
  readonly name: string
  readonly folder: string
  readonly socketPath: string
  readonly dockerHost: string
  readonly env: Record<string, string>
  readonly logFile: string
  stop(): Promise<void>
}

export function ensurePodman(): Promise<void>
/** Images as in `startEngine`, under `localhost/…`. Its containers have no way to the machine's network. */
export function startPodman(options?: { name?: string; images?: boolean }): Promise<PrivatePodman>

export interface PrivateRegistry {
  /** `127.0.0.1:PORT`, as in the name of an image. */
  readonly address: string
  readonly url: string
  readonly user: string | undefined
  readonly password: string | undefined
  stop(): Promise<void>
}

export function ensureRegistry(): Promise<void>
export function startRegistry(options?: {
  name?: string
  user?: string
  password?: string
}): Promise<PrivateRegistry>

export interface PrivateSshd {
  readonly host: string
  readonly port: number
  readonly user: string
  /** `ssh://USER@127.0.0.1:PORT` */
  readonly dockerHost: string
  /** `ssh://quayside-test`, which only `sshConfig` knows. */
  readonly aliasHost: string
  /** For `ssh -F`. */
  readonly sshConfig: string
  readonly knownHosts: string
  readonly identity: string
  /** A folder with an `ssh` that always uses `sshConfig`; first in PATH of `env`. */
  readonly binDir: string
  readonly env: Record<string, string>
  readonly logFile: string
  stop(): Promise<void>
}

export function ensureSshd(): Promise<void>
/** A login there has `docker` of the engine's version in PATH, talking to that engine. */
export function startSshd(options: { engine: PrivateEngine; name?: string }): Promise<PrivateSshd>

/** Installs Debian's packages that are missing: each with a file or a program on PATH by which it is known. */
export function ensurePackages(purpose: string, needs: Readonly<Record<string, string>>): Promise<void>

/** The folder of a `shellcheck` program (for PATH), fetched on first use; on other systems than Debian that of the one on PATH. */
export function ensureShellCheck(): Promise<string>

/** A TCP port of the loopback that nobody listens on at this moment. */
export function freePort(): Promise<number>
