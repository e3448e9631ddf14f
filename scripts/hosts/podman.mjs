// Podman's Docker-compatible API on a private socket, with its own storage and its own network namespace.
import { createReadStream, mkdirSync, statSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { join } from 'node:path'
import { HostMissing, ensurePackages, unpackedSuite } from './debian.mjs'
import { clientEnv, ping, stablePackages } from './engine.mjs'
import { imageArchives } from './images.mjs'
import { isRoot, ready, spawnCaged } from './processes.mjs'
import { makeRun } from './runs.mjs'

export async function ensurePodman() {
  if (!isRoot()) throw new HostMissing('a private Podman service needs root on Linux')
  await ensurePackages('Podman', {
    podman: 'podman',
    crun: 'crun',
    tini: 'tini',
    iptables: 'iptables',
    iproute2: 'ip',
  })
}

/** Starts `podman system service`; answers as `startEngine` does, with `podman(...args)` instead of `docker`. */
export async function startPodman({ name = 'podman', images = true } = {}) {
  await ensurePodman()
  const archives = images ? await imageArchives() : []
  const run = makeRun(name)
  try {
    const socketPath = run.path('podman.sock')
    const dockerHost = `unix://${socketPath}`
    mkdirSync(run.path('tmp'))
    const driver = run.path('storage.conf')
    writeFileSync(
      driver,
      `[storage]\ndriver = "overlay"\ngraphroot = "${run.path('root')}"\nrunroot = "${run.path('runroot')}"\n`,
    )
    // crun refuses control groups of both versions mounted at once; Debian's runc takes them.
    const runc = join(await unpackedSuite('bookworm', stablePackages), 'usr/sbin/runc')
    const containers = run.path('containers.conf')
    writeFileSync(
      containers,
      `[engine]\ncgroup_manager = "cgroupfs"\nevents_logger = "file"\nruntime = "runc"\ntmp_dir = "${run.path('tmp')}"\n[engine.runtimes]\nrunc = ["${runc}"]\n[network]\nnetwork_config_dir = "${run.path('networks')}"\n`,
    )
    writeFileSync(run.path('policy.json'), '{"default":[{"type":"insecureAcceptAnything"}]}')
    const env = {
      ...clientEnv({ TMPDIR: run.path('tmp') }),
      CONTAINERS_STORAGE_CONF: driver,
      CONTAINERS_CONF: containers,
    }
    const service = ['podman', 'system', 'service', '--time=0', dockerHost]
    const server = spawnCaged('tini', ['--', 'sh', '-c', 'ip link set lo up && exec "$0" "$@"', ...service], {
      env,
      output: run.log(),
      ownRun: true,
      ownNetwork: true,
    })
    const engine = {
      version: 'podman',
      name: 'Podman',
      folder: run.folder,
      socketPath,
      dockerHost,
      env: clientEnv({ DOCKER_HOST: dockerHost, DOCKER_CONFIG: run.folder }),
      logFile: run.path('log'),
      async stop() {
        await server.stop()
        run.remove()
      },
    }
    await ready('Podman', async () => await ping(socketPath), { server, log: run.path('log') })
    for (const archive of archives) await loadImage(socketPath, archive)
    return engine
  } catch (error) {
    run.remove()
    throw error
  }
}

function loadImage(socketPath, archive) {
  return new Promise((done, failed) => {
    const headers = { 'content-type': 'application/x-tar', 'content-length': statSync(archive).size }
    const call = request({ socketPath, method: 'POST', path: '/images/load', headers }, (answer) => {
      answer.resume()
      answer.once('end', () =>
        answer.statusCode === 200
          ? done()
          : failed(new Error(`Podman answered ${answer.statusCode} to ${archive}`)),
      )
    })
    call.once('error', failed)
    createReadStream(archive).pipe(call)
  })
}
