// A private Docker engine of a known version: its own data, address range, control groups and socket, gone without a
// trace with the process that started it.
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { request } from 'node:http'
import { join } from 'node:path'
import { HostMissing, ensurePackages, unpackedSuite } from './debian.mjs'
import { imageArchives } from './images.mjs'
import { findProgram, freePort, isRoot, output, ready, spawnCaged } from './processes.mjs'
import { makeRun, takeSlot } from './runs.mjs'
import { tlsMaterials } from './tls.mjs'

const suites = { '20.10': 'bookworm', 26: 'trixie', 28: 'sid' }
const newer = ['docker.io', 'docker-cli', 'containerd', 'docker-compose', 'docker-buildx']
export const stablePackages = ['docker.io', 'containerd', 'runc', 'tini']
const packages = { bookworm: stablePackages, trixie: newer, sid: newer }

export const engineVersions = Object.keys(suites)

/** Fetches what an engine of the version needs; answers the root of its unpacked packages. */
export async function ensureEngine(version) {
  const suite = suites[version]
  if (suite === undefined) throw new Error(`no engine ${version}; known: ${engineVersions.join(', ')}`)
  if (!isRoot())
    throw new HostMissing(
      'a private Docker engine needs root on Linux; set DOCKER_HOST to use an engine of your own',
    )
  const library = `/usr/lib/${process.arch === 'arm64' ? 'aarch64' : 'x86_64'}-linux-gnu/libdevmapper.so.1.02.1`
  await ensurePackages('a private Docker engine', {
    iptables: 'iptables',
    iproute2: 'ip',
    procps: 'ps',
    'util-linux': 'unshare',
    'libdevmapper1.02.1': library,
  })
  // The older runc serves all of them (found by PATH); newer ones want a newer C library.
  const oldest = await unpackedSuite('bookworm', packages.bookworm)
  return { oldest, root: await unpackedSuite(suite, packages[suite]) }
}

/** Starts a private engine and waits until it answers; `begun` is given what stops it before it starts. */
export async function startEngine({
  version = '28',
  name = `engine-${version}`,
  tls = false,
  tcp = false,
  images = true,
  config = {},
  begun,
} = {}) {
  const { oldest, root } = await ensureEngine(version)
  const archives = images ? await imageArchives() : []
  const run = makeRun(name)
  // Root of such containers is no root here.
  if ('userns-remap' in config) chmodSync(run.folder, 0o711)
  try {
    const engine = await describe(run, { version, root, oldest, tls, tcp, config })
    begun?.(engine.stop)
    await engine.start()
    for (const archive of archives) await engine.docker('load', '--quiet', '--input', archive)
    return engine
  } catch (error) {
    run.remove()
    throw error
  }
}

async function describe(run, { version, root, oldest, tls, tcp, config }) {
  const slot = takeSlot(run.folder)
  const socketPath = run.path('docker.sock')
  const dockerBin = join(root, 'usr/bin/docker')
  const tlsDir = tls ? await tlsMaterials(run.path('tls')) : undefined
  const port = tls || tcp ? await freePort() : undefined
  const configDir = run.path('config')
  mkdirSync(join(configDir, 'cli-plugins'), { recursive: true })
  const plugins = join(root, 'usr/libexec/docker/cli-plugins')
  if (existsSync(plugins))
    for (const plugin of readdirSync(plugins))
      symlinkSync(join(plugins, plugin), join(configDir, 'cli-plugins', plugin))
  const path = [
    join(root, 'usr/bin'),
    join(root, 'usr/sbin'),
    join(oldest, 'usr/sbin'),
    process.env.PATH,
  ].join(':')
  const env = clientEnv({ PATH: path, DOCKER_HOST: `unix://${socketPath}`, DOCKER_CONFIG: configDir })
  await output('ip', ['link', 'add', `qs${slot}`, 'type', 'bridge'])
  await output('ip', ['addr', 'add', `10.${128 + slot}.0.1/17`, 'dev', `qs${slot}`])
  await output('ip', ['link', 'set', `qs${slot}`, 'up'])
  writeFileSync(
    run.path('daemon.json'),
    JSON.stringify({
      'data-root': run.path('data'),
      'exec-root': run.path('exec'),
      pidfile: run.path('docker.pid'),
      bridge: `qs${slot}`,
      'default-address-pools': [{ base: `10.${128 + slot}.128.0/17`, size: 24 }],
      'cgroup-parent': `/quayside-${slot}`,
      'exec-opts': ['native.cgroupdriver=cgroupfs'],
      // No rules of the machine's firewall are touched; published ports are served by docker-proxy.
      iptables: false,
      ip6tables: false,
      'storage-driver': overlayWorks() ? 'overlay2' : 'vfs',
      'shutdown-timeout': 3,
      'init-path': join(oldest, 'usr/bin/tini-static'),
      ...config,
    }),
  )
  const listeners = ['-H', env.DOCKER_HOST]
  if (port !== undefined) listeners.push('-H', `tcp://127.0.0.1:${port}`)
  if (tlsDir !== undefined)
    listeners.push(
      '--tlsverify',
      '--tlscacert',
      join(tlsDir, 'ca.pem'),
      '--tlscert',
      join(tlsDir, 'server-cert.pem'),
      '--tlskey',
      join(tlsDir, 'server-key.pem'),
    )

  let server
  const engine = {
    version,
    name: `Docker ${version}`,
    folder: run.folder,
    socketPath,
    dockerHost: env.DOCKER_HOST,
    tcpHost: port === undefined ? undefined : `tcp://127.0.0.1:${port}`,
    tlsDir,
    dockerBin,
    env,
    logFile: run.path('log'),
    async docker(...args) {
      return (await output(dockerBin, args, { env })).trim()
    },
    async start() {
      // What a killed daemon leaves: its pid file would stop the next one.
      for (const stale of ['docker.pid', 'exec', 'docker.sock'])
        rmSync(run.path(stale), { recursive: true, force: true })
      const daemon = ['--config-file', run.path('daemon.json'), ...listeners]
      // An init of its own takes in the orphans of containerd's shims.
      server = spawnCaged(
        join(oldest, 'usr/bin/tini-static'),
        ['--', join(root, 'usr/sbin/dockerd'), ...daemon],
        {
          env,
          output: run.log(),
          ownRun: true,
        },
      )
      await ready(`Docker ${version}`, async () => await ping(socketPath), { server, log: run.path('log') })
    },
    async kill() {
      await server?.stop()
    },
    async restart() {
      await engine.kill()
      await engine.start()
    },
    async stop() {
      await engine.kill()
      run.remove()
    },
  }
  return engine
}

/** The environment of a client of one engine only, whatever this process has. */
export function clientEnv(changes) {
  const env = { ...process.env }
  for (const name of Object.keys(env)) if (/^(DOCKER|COMPOSE|BUILDX|BUILDKIT)_/.test(name)) delete env[name]
  return { ...env, ...changes }
}

export function ping(socketPath) {
  return new Promise((settle) => {
    const call = request({ socketPath, path: '/_ping', timeout: 2000 }, (answer) => {
      answer.resume()
      settle(answer.statusCode === 200 ? true : undefined)
    })
    call.once('timeout', () => call.destroy())
    call.once('error', () => settle(undefined))
    call.end()
  })
}

function overlayWorks() {
  // An overlay on top of an overlay (a container as the machine) is refused by the kernel.
  const mounts = readFileSync('/proc/mounts', 'utf8')
    .split('\n')
    .map((line) => line.split(' '))
  const root = mounts.filter(([, at]) => at === '/').at(-1)
  return root?.[2] !== 'overlay' || findMount(mounts)
}

const findMount = (mounts) => mounts.some(([, at, type]) => at === '/var/tmp' && type !== 'overlay')
