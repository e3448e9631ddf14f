import { join } from 'node:path'
import type { Surroundings } from './config-files.ts'
import { urlOf } from './docker-host.ts'
import type { Address, Endpoint } from './endpoint.ts'

interface Place {
  readonly product: string
  readonly path: string
}

function unixPlaces({ env, home }: Surroundings, colimaProfiles: readonly string[]): Place[] {
  const runtime = env['XDG_RUNTIME_DIR'] ?? ''
  const inHome = (product: string, ...path: string[]): Place => ({ product, path: join(home, ...path) })
  return [
    { product: 'Docker', path: '/var/run/docker.sock' },
    inHome('Docker Desktop', '.docker', 'run', 'docker.sock'),
    inHome('Docker Desktop', '.docker', 'desktop', 'docker.sock'),
    ...(runtime === '' ? [] : [{ product: 'Docker (rootless)', path: join(runtime, 'docker.sock') }]),
    ...colimaProfiles.map((profile) =>
      inHome(profile === 'default' ? 'Colima' : `Colima (${profile})`, '.colima', profile, 'docker.sock'),
    ),
    inHome('OrbStack', '.orbstack', 'run', 'docker.sock'),
    inHome('Rancher Desktop', '.rd', 'docker.sock'),
    inHome('Lima', '.lima', 'docker', 'sock', 'docker.sock'),
    ...(runtime === '' ? [] : [{ product: 'Podman', path: join(runtime, 'podman', 'podman.sock') }]),
    inHome('Podman', '.local', 'share', 'containers', 'podman', 'machine', 'podman.sock'),
    { product: 'Podman (root)', path: '/run/podman/podman.sock' },
  ]
}

const pipes: readonly Place[] = [
  { product: 'Docker', path: '//./pipe/docker_engine' },
  { product: 'Docker Desktop', path: '//./pipe/dockerDesktopLinuxEngine' },
  { product: 'Podman', path: '//./pipe/podman-machine-default' },
]

/** Sockets that are there at places where known products put them: offered to the user, never taken by themselves. */
export async function findWellKnown(around: Surroundings): Promise<readonly Endpoint[]> {
  const windows = around.platform === 'win32'
  const profiles = windows ? [] : await around.files.list(join(around.home, '.colima')).catch(() => [])
  const places = windows
    ? pipes
    : unixPlaces(
        around,
        profiles.filter((name) => !name.startsWith('_')),
      )
  const there = await Promise.all(places.map(({ path }) => around.files.isSocket(path)))
  return places
    .filter((_, index) => there[index])
    .map(({ product, path }) => {
      const address: Address = windows ? { kind: 'npipe', path } : { kind: 'unix', path }
      const url = urlOf(address)
      return { id: url, name: product, description: '', url, address, origin: { from: 'wellKnown', product } }
    })
}
