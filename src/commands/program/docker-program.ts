import { execFile } from 'node:child_process'
import type { Engine } from '../../engine/engine.ts'

/** The docker program as far as we need it: for what the engine has no API for. */
export interface DockerProgram {
  /** From the setting; a name is looked up on the PATH by the system. */
  readonly path: string
  readonly env: Readonly<Record<string, string | undefined>>
}

const askMs = 15_000

/** What a plugin of the program prints for its version: `0.29.1`; undefined where the program or the plugin is missing. */
export function pluginVersion(
  { path, env }: DockerProgram,
  plugin: 'buildx' | 'compose',
): Promise<string | undefined> {
  const args = plugin === 'compose' ? ['compose', 'version', '--short'] : ['buildx', 'version']
  return new Promise((resolve) => {
    execFile(path, args, { env, timeout: askMs, windowsHide: true }, (fault, stdout) =>
      resolve(fault === null ? (/\d+\.\d+\.\d+/.exec(stdout)?.[0] ?? undefined) : undefined),
    )
  })
}

/** Arguments and environment that make the program talk to exactly this engine, whatever its own context is. */
export function programFor(
  engine: Engine,
  { env }: DockerProgram,
): { readonly args: readonly string[]; readonly env: Readonly<Record<string, string | undefined>> } {
  const { endpoint } = engine
  // The variables would beat the flag, or send TLS material to another place.
  const { DOCKER_HOST: _host, DOCKER_CONTEXT: _context, ...rest } = env
  const { origin } = endpoint
  if (
    origin.from === 'context' ||
    (origin.from === 'environment' && origin.variable === 'DOCKER_CONTEXT') ||
    (origin.from === 'setting' && origin.context !== undefined)
  )
    return { args: ['--context', endpoint.name], env: rest }
  return { args: [], env: { ...rest, DOCKER_HOST: endpoint.url } }
}
