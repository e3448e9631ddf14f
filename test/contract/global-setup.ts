import { startEngine, startPodman, startRegistry, startSshd } from '../../scripts/hosts/hosts.mjs'
import type { TestProject } from 'vitest/node'

/** An engine for the contract tests: what a test needs to reach it and to set things up behind our back. */
export interface ContractEngine {
  readonly name: string
  /** '20.10' | '26' | '28' | 'podman' | 'given' (QUAYSIDE_TEST_DOCKER_HOST) */
  readonly version: string
  /** `unix:///…`, or what QUAYSIDE_TEST_DOCKER_HOST says. */
  readonly dockerHost: string
  /** Set for all but a given one. */
  readonly socketPath: string | undefined
  /** For a client of this engine only. */
  readonly env: Record<string, string>
  /** A docker program that can talk to it. */
  readonly dockerBin: string
  /** Where the tests' images are: '' or 'localhost/' (Podman). */
  readonly imagePrefix: string
}

export interface ContractHosts {
  /** All engines that the run may touch; narrowed by QUAYSIDE_CONTRACT=28,podman. */
  readonly engines: readonly ContractEngine[]
  /** Docker 28 over TLS on the loopback. */
  readonly tls: { readonly dockerHost: string; readonly certPath: string } | undefined
  /** Docker 28 behind an ssh server; `binDir` has an ssh that knows the keys. */
  readonly ssh:
    | {
        readonly dockerHost: string
        readonly aliasHost: string
        readonly sshConfig: string
        readonly binDir: string
        readonly port: number
        readonly user: string
        readonly identity: string
        readonly knownHosts: string
      }
    | undefined
  /** A registry that asks for this user and password. */
  readonly registry:
    | { readonly address: string; readonly user: string; readonly password: string }
    | undefined
}

declare module 'vitest' {
  export interface ProvidedContext {
    hosts: ContractHosts
  }
}

interface Stoppable {
  stop(): Promise<void>
}

/** Starts what the contract run needs, once for all files; `inject('hosts')` gives it to them. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const started: Stoppable[] = []
  const keep = async <T extends Stoppable>(host: Promise<T>): Promise<T> => {
    const there = await host
    started.push(there)
    return there
  }
  const stopAll = async () => {
    for (const host of started.reverse()) await host.stop()
  }
  try {
    project.provide('hosts', await startHosts(keep))
  } catch (error) {
    await stopAll()
    throw error
  }
  return stopAll
}

async function startHosts(
  keep: <T extends Stoppable>(host: Promise<T>) => Promise<T>,
): Promise<ContractHosts> {
  const given = process.env['QUAYSIDE_TEST_DOCKER_HOST']
  if (given !== undefined && given !== '') {
    const env = { ...(process.env as Record<string, string>), DOCKER_HOST: given }
    const engine = {
      name: given,
      version: 'given',
      dockerHost: given,
      socketPath: undefined,
      env,
      dockerBin: 'docker',
      imagePrefix: '',
    }
    return { engines: [engine], tls: undefined, ssh: undefined, registry: undefined }
  }
  const wanted = (process.env['QUAYSIDE_CONTRACT'] ?? '20.10,26,28,podman').split(',')
  const engines: ContractEngine[] = []
  let tls: ContractHosts['tls']
  let ssh: ContractHosts['ssh']
  let dockerBin = 'docker'
  for (const version of ['20.10', '26', '28'] as const) {
    if (!wanted.includes(version)) continue
    const engine = await keep(startEngine({ version, tls: version === '28' }))
    dockerBin = engine.dockerBin
    const { name, dockerHost, socketPath, env } = engine
    engines.push({ name, version, dockerHost, socketPath, env, dockerBin, imagePrefix: '' })
    if (version !== '28' || engine.tcpHost === undefined || engine.tlsDir === undefined) continue
    tls = { dockerHost: engine.tcpHost, certPath: engine.tlsDir }
    const server = await keep(startSshd({ engine }))
    const { aliasHost, sshConfig, binDir, port, user, identity, knownHosts } = server
    ssh = { dockerHost: server.dockerHost, aliasHost, sshConfig, binDir, port, user, identity, knownHosts }
  }
  if (wanted.includes('podman')) {
    const { name, dockerHost, socketPath, env } = await keep(startPodman())
    engines.push({
      name,
      version: 'podman',
      dockerHost,
      socketPath,
      env,
      dockerBin,
      imagePrefix: 'localhost/',
    })
  }
  const login = { user: 'anna', password: 'correct horse' }
  const registry = await keep(startRegistry(login))
  return { engines, tls, ssh, registry: { address: registry.address, ...login } }
}
