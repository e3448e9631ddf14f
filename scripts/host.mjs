// A private host by hand: `node scripts/host.mjs engine 28`, `… podman`, `… registry [user password]`, `… ssh 28`.
// Prints what to export, runs until Ctrl-C, leaves nothing behind. `… install` fetches everything there is.
import {
  engineVersions,
  ensureEngine,
  ensurePodman,
  ensureRegistry,
  ensureShellCheck,
  ensureSshd,
  startEngine,
  startPodman,
  startRegistry,
  startSshd,
} from './hosts/hosts.mjs'

const [what = '', ...rest] = process.argv.slice(2)
const started = []
const keep = async (host) => (started.push(await host), started.at(-1))
const exported = (host) =>
  `export DOCKER_HOST=${host.dockerHost} DOCKER_CONFIG=${host.env.DOCKER_CONFIG ?? ''}`

switch (what) {
  case 'engine': {
    const engine = await keep(
      startEngine({ version: rest[0] ?? '28', tls: rest.includes('tls'), tcp: rest.includes('tcp') }),
    )
    console.log(`${exported(engine)}\nalias docker=${engine.dockerBin}\n# log: ${engine.logFile}`)
    if (engine.tcpHost)
      console.log(`# ${engine.tcpHost} ${engine.tlsDir ? `DOCKER_CERT_PATH=${engine.tlsDir}` : ''}`)
    break
  }
  case 'podman':
    console.log(exported(await keep(startPodman())))
    break
  case 'registry':
    console.log((await keep(startRegistry({ user: rest[0], password: rest[1] }))).address)
    break
  case 'ssh': {
    const server = await keep(startSshd({ engine: await keep(startEngine({ version: rest[0] ?? '28' })) }))
    console.log(`export DOCKER_HOST=${server.dockerHost} PATH=${server.binDir}:$PATH`)
    break
  }
  case 'install':
    for (const version of engineVersions) await ensureEngine(version)
    await ensurePodman()
    await ensureRegistry()
    await ensureSshd()
    await ensureShellCheck()
    break
  default:
    console.error(
      'usage: node scripts/host.mjs engine [20.10|26|28] [tls|tcp] | podman | registry [user password] | ssh [version] | install',
    )
    process.exitCode = 2
}

if (started.length > 0) {
  console.log('# running; Ctrl-C stops it')
  const stop = async () => {
    for (const host of started.reverse()) await host.stop()
    process.exit(0)
  }
  process.once('SIGINT', stop)
  process.once('SIGTERM', stop)
  setInterval(() => {}, 1 << 30)
}
