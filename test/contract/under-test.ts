import { afterAll, inject } from 'vitest'
import { createEngine, type EngineDeps } from '../../src/engine/create.ts'
import { realConfigFiles } from '../../src/engine/config-files.ts'
import type { Address, Endpoint } from '../../src/engine/endpoint.ts'
import { listEndpoints } from '../../src/engine/endpoints.ts'
import type { Engine, Raw } from '../../src/engine/engine.ts'
import { FrameDecoder } from '../../src/engine/frames.ts'
import { pack } from 'tar-stream'
import type { ContractEngine } from './global-setup.ts'

export const hosts = inject('hosts')

/** Each engine with its name, for `describe.each`. */
export const columns = hosts.engines.map((host) => [host.name, host] as const)

/** The endpoint that this environment means, as the extension finds it. */
export async function endpointOf(env: Readonly<Record<string, string>>): Promise<Endpoint> {
  const { current, failure } = await listEndpoints({
    env,
    platform: process.platform,
    home: '/nonexistent',
    files: realConfigFiles,
  })
  if (current === undefined) throw failure?.error ?? new Error('no endpoint')
  return current
}

export async function engineAt(host: ContractEngine, deps: Partial<EngineDeps> = {}): Promise<Engine> {
  const engine = createEngine(await endpointOf({ DOCKER_HOST: host.dockerHost }), { env: host.env, ...deps })
  await engine.connect()
  return engine
}

/** The same engine through another door, such as a proxy. */
export function engineBehind(address: Address, url: string, deps: Partial<EngineDeps> = {}): Engine {
  const endpoint: Endpoint = {
    id: url,
    name: 'proxy',
    description: '',
    url,
    address,
    origin: { from: 'setting' },
  }
  return createEngine(endpoint, { env: {}, ...deps })
}

let serial = 0
/** A name that no other test uses. */
export function fresh(word: string): string {
  serial += 1
  return `qs-${word}-${process.pid}-${serial}`
}

/** Containers of one file, removed at its end. */
export class Bench {
  readonly engine: Engine
  readonly host: ContractEngine
  readonly #made: string[] = []

  constructor(engine: Engine, host: ContractEngine) {
    this.engine = engine
    this.host = host
  }

  get image(): string {
    return `${this.host.imagePrefix}busybox:latest`
  }

  get podman(): boolean {
    return this.host.version === 'podman'
  }

  async create(command: readonly string[], body: Raw = {}): Promise<string> {
    const { id } = await this.engine.containers.create(fresh('c'), {
      Image: this.image,
      Cmd: command,
      ...body,
      // A first process ignores signals that it does not handle: without this, stopping takes ten seconds. Podman would need
      // a program for it that is no part of it.
      HostConfig: { ...(this.podman ? {} : { Init: true }), ...(body['HostConfig'] as Raw | undefined) },
    })
    this.#made.push(id)
    return id
  }

  async run(command: readonly string[], body: Raw = {}): Promise<string> {
    const id = await this.create(command, body)
    await this.engine.containers.start(id)
    return id
  }

  /** A container that is there, running, until it is removed. */
  idle(body: Raw = {}): Promise<string> {
    return this.run(['sleep', '3600'], body)
  }

  async clear(): Promise<void> {
    for (const id of this.#made.splice(0))
      await this.engine.containers.remove(id, { force: true, volumes: true })
    this.engine.dispose()
  }
}

/** A bench for the tests of a `describe`; cleared after them. */
export function bench(host: ContractEngine): () => Promise<Bench> {
  let made: Promise<Bench> | undefined
  afterAll(async () => (await made)?.clear())
  return () => (made ??= engineAt(host).then((engine) => new Bench(engine, host)))
}

/** What a stream of frames says, `stdout` and `stderr` apart. */
export async function unframed(
  source: AsyncIterable<Buffer>,
): Promise<{ readonly stdout: string; readonly stderr: string }> {
  const decoder = new FrameDecoder()
  const said = { stdout: [] as Buffer[], stderr: [] as Buffer[] }
  for await (const chunk of source)
    for (const { stream, data } of decoder.push(chunk))
      if (stream in said) said[stream as 'stdout'].push(data)
  return { stdout: Buffer.concat(said.stdout).toString(), stderr: Buffer.concat(said.stderr).toString() }
}

export type TarEntry = {
  readonly name: string
  readonly text?: string
  readonly mode?: number
  readonly uid?: number
  readonly gid?: number
}

/** A tar with these files; without text, a folder. */
export function tarOf(entries: readonly TarEntry[]): AsyncIterable<Uint8Array> {
  const archive = pack()
  for (const { name, text, mode, uid, gid } of entries) {
    const header = {
      name,
      ...(mode === undefined ? {} : { mode }),
      ...(uid === undefined ? {} : { uid }),
      ...(gid === undefined ? {} : { gid }),
    }
    if (text === undefined) archive.entry({ ...header, type: 'directory' })
    else archive.entry(header, text)
  }
  archive.finalize()
  return archive as unknown as AsyncIterable<Uint8Array>
}
