// Which engine `npm start` shows: the one of the user's environment, else a private one with something to look at.
import { existsSync, readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { ping } from '../hosts/engine.mjs'
import { HostMissing, startEngine } from '../hosts/hosts.mjs'
import { isRoot } from '../hosts/processes.mjs'

/**
 * Answers `{ said, env }`; throws with what to do where there is none and none can be started. `begun` is given what stops a
 * private one before that starts.
 */
export async function chooseEngine({ fresh, begun }) {
  const users = fresh ? undefined : await enginesOfUser()
  if (users !== undefined) return { said: `Engine: ${users}`, env: process.env }
  if (!isRoot()) {
    throw new HostMissing(
      fresh
        ? 'a private Docker engine needs root on Debian. Leave --fresh-engine out to see the engine of your environment.'
        : 'no Docker engine answers, and a private one needs root on Debian. Install Docker (or Podman with its socket), or set DOCKER_HOST.',
    )
  }
  const engine = await startEngine({ name: 'start', begun })
  await populate(engine)
  return {
    said: `Engine: a private Docker ${engine.version} with a few containers (${fresh ? 'as asked for' : 'no other one answers'}); it goes away with this program.\n  DOCKER_HOST=${engine.dockerHost}`,
    env: engine.env,
  }
}

/** What the environment points to, in words; undefined when it names nothing and no usual socket answers. */
async function enginesOfUser() {
  const { DOCKER_HOST, DOCKER_CONTEXT } = process.env
  if (DOCKER_HOST) return `DOCKER_HOST=${DOCKER_HOST}`
  const context = DOCKER_CONTEXT || currentContext()
  if (context && context !== 'default') return `the Docker context ${context}`
  const usual =
    process.platform === 'win32'
      ? ['//./pipe/docker_engine']
      : [
          '/var/run/docker.sock',
          join(homedir(), '.docker/run/docker.sock'),
          `/run/user/${process.getuid?.()}/docker.sock`,
        ]
  for (const socket of usual) if (existsSync(socket) && (await ping(socket))) return socket
  return undefined
}

function currentContext() {
  const folder = process.env.DOCKER_CONFIG || join(homedir(), '.docker')
  try {
    return JSON.parse(readFileSync(join(folder, 'config.json'), 'utf8')).currentContext
  } catch {
    return undefined
  }
}

/** A small scene: a compose project, a healthy and an unhealthy container, one that ended badly, a volume, networks. */
export async function populate(engine) {
  const run = async (...args) => await engine.docker('run', '--detach', '--init', ...args)
  const compose = (service) => [
    ...['--label', 'com.docker.compose.project=shop', '--label', `com.docker.compose.service=${service}`],
    ...[
      '--label',
      'com.docker.compose.container-number=1',
      '--network',
      'shop_default',
      '--network-alias',
      service,
    ],
  ]
  const ticking = [
    'busybox:1.36',
    'sh',
    '-c',
    'i=0; while :; do i=$((i+1)); echo "$(date -Iseconds) INFO request $i served in $((i % 37)) ms"; sleep 2; done',
  ]
  await engine.docker(
    'network',
    'create',
    'shop_default',
    '--label',
    'com.docker.compose.project=shop',
    '--label',
    'com.docker.compose.network=default',
  )
  await engine.docker(
    'volume',
    'create',
    'shop_data',
    '--label',
    'com.docker.compose.project=shop',
    '--label',
    'com.docker.compose.volume=data',
  )
  await engine.docker('volume', 'create', 'backups')
  await run(
    '--name',
    'shop-web-1',
    ...compose('web'),
    '--publish',
    '127.0.0.1::80',
    'busybox:1.36',
    'httpd',
    '-f',
    '-v',
    '-h',
    '/www',
  )
  await run(
    '--name',
    'shop-db-1',
    ...compose('db'),
    '--volume',
    'shop_data:/data',
    '--health-cmd',
    'test -d /data',
    '--health-interval',
    '5s',
    ...ticking,
  )
  await run(
    '--name',
    'shop-mail-1',
    ...compose('mail'),
    '--health-cmd',
    'false',
    '--health-interval',
    '1s',
    '--health-retries',
    '1',
    ...ticking,
  )
  await run('--name', 'ticker', '--env', 'API_TOKEN=not-a-real-secret', 'quayside/distroless')
  await run(
    '--name',
    'migrate',
    'busybox:1.36',
    'sh',
    '-c',
    'echo "FATAL: relation users does not exist" >&2; exit 3',
  )
  await engine.docker('create', '--name', 'spare', 'busybox:1.36', 'top')
}
