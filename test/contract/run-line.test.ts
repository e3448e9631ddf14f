import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { createBody } from '../../src/commands/run/create-body.ts'
import { specOfContainer } from '../../src/commands/run/from-inspect.ts'
import { inspectBoth } from '../../src/commands/run/inspect-both.ts'
import type { Engine, Raw } from '../../src/engine/engine.ts'
import { flags } from '../../src/shared/docker-run/flags.ts'
import { parseRunWords, printRunLine, type RunSpec } from '../../src/shared/docker-run/run-line.ts'
import { splitWords } from '../../src/shared/shell-words.ts'
import { contractEngine } from './contract-engine.ts'

const hosts = inject('hosts')
const surroundings = {
  readLines: () => Promise.resolve([]),
  variable: (name: string) => process.env[name],
  absolute: (path: string) => path,
}

const newest = hosts.engines.filter(({ name }) => name === 'Docker 28')
test.each(newest)('every flag that docker run of $name lists is known', async ({ dockerBin, env }) => {
  const { stdout } = await promisify(execFile)(dockerBin, ['run', '--help'], {
    env: { ...process.env, ...env },
  })
  const told = [...stdout.matchAll(/^ +(?:-(\w), )?--([\w-]+)/gm)].map(([, short = '', name = '']) => [
    name,
    short,
  ])
  const known = flags.map(({ name, short = '' }) => [name, short])
  // It hides those that are for Windows alone.
  expect(known).toEqual(expect.arrayContaining(told.filter(([name]) => name !== 'help')))
  expect(told.length).toBeGreaterThan(80)
})

/** Option lines whose containers must be the same from the CLI and from us. */
const lines = [
  'IMAGE',
  '-d --name NAME --restart on-failure:3 IMAGE sleep 60',
  '-it --rm -e A=1 -e B= -e "C=two words" IMAGE sh',
  '-p 18080:80 -p 127.0.0.1:18081:81/udp -p 82 -P --expose 90 --expose 7000-7001/udp IMAGE',
  '-p "[::1]:18082:80" IMAGE',
  '-v /tmp/a:/a:ro -v /anonymous -v named-volume:/n IMAGE',
  '--mount type=bind,src=/tmp,dst=/m,ro --mount type=volume,src=named-volume,dst=/v,volume-nocopy --mount type=tmpfs,dst=/t,tmpfs-size=1048576,tmpfs-mode=1770 --tmpfs /x:size=64k IMAGE',
  '-w /tmp -u 1000:1000 --entrypoint /bin/sh IMAGE -c "echo $HOME; exit 3"',
  "--entrypoint '' IMAGE sleep 1",
  '-h host1 --domainname example.org --add-host a:10.0.0.1 --dns 10.0.0.2 --dns-search example.org --dns-option ndots:1 IMAGE',
  '--network host IMAGE',
  '--network none --label a=b --label flag IMAGE',
  '--network contract-net --network-alias one --network-alias two --ip 172.31.77.9 IMAGE',
  '-m 64m --memory-reservation 32m --memory-swap 128m --cpus 0.5 --cpu-shares 512 --cpuset-cpus 0 --pids-limit 50 --shm-size 32m --ulimit nofile=100:200 --oom-score-adj 100 IMAGE',
  '--init --privileged --read-only --cap-add NET_ADMIN --cap-drop MKNOD --security-opt no-new-privileges --group-add 10 IMAGE',
  '--device /dev/null:/dev/mine:rw --sysctl net.ipv4.ip_forward=1 --ipc shareable --pid host --uts host IMAGE',
  '--health-cmd "test -e /ok" --health-interval 30s --health-timeout 5s --health-retries 2 --health-start-period 1s IMAGE',
  '--gpus all IMAGE',
  `--gpus '"device=0,1",capabilities=utility' IMAGE`,
  '--mount "type=volume,src=named-volume,dst=/v,volume-opt=type=tmpfs,volume-opt=device=tmpfs" --userns host IMAGE',
  '--cpu-period 50000 --cpu-quota 25000 IMAGE',
  '--no-healthcheck --stop-signal SIGINT --stop-timeout 3 --log-driver json-file --log-opt max-size=1m IMAGE',
]

// What names the one container: it differs between any two.
const own = new Set([
  'Id',
  'Created',
  'Name',
  'ResolvConfPath',
  'HostnamePath',
  'HostsPath',
  'LogPath',
  'Hostname',
  'GraphDriver',
  'Storage',
  'ConsoleSize',
  'MountLabel',
  'ProcessLabel',
  'State',
  'NetworkSettings',
  'Volumes',
])

function comparable(value: unknown, key = ''): unknown {
  if (own.has(key)) return undefined
  if (Array.isArray(value)) return value.length === 0 ? undefined : value.map((entry) => comparable(entry))
  if (typeof value !== 'object' || value === null)
    return value === null || value === '' || value === false || value === 0 ? undefined : anonymised(value)
  const entries = Object.entries(value).map(([name, entry]) => [name, comparable(entry, name)] as const)
  const known = entries.filter(([, entry]) => entry !== undefined).sort(([a], [b]) => (a < b ? -1 : 1))
  return known.length === 0 ? undefined : Object.fromEntries(known)
}

// Names of anonymous volumes and their paths are made up by the engine.
const anonymised = (value: unknown): unknown =>
  typeof value === 'string' ? value.replace(/[0-9a-f]{64}/g, 'ID') : value

/** The CLI and engines spell some defaults in two ways that mean the same. */
function normalised(inspected: Raw): unknown {
  const copy = structuredClone(inspected) as {
    Config: Record<string, unknown>
    HostConfig: Record<string, unknown>
    Mounts?: { Destination: string }[]
  }
  if (copy.HostConfig['NetworkMode'] === 'default') copy.HostConfig['NetworkMode'] = 'bridge'
  if (copy.HostConfig['MemorySwappiness'] === -1) delete copy.HostConfig['MemorySwappiness']
  if (copy.HostConfig['OomKillDisable'] === false) delete copy.HostConfig['OomKillDisable']
  // Engines keep the variables in a map while they merge them with the image's.
  copy.Config['Env'] = [...((copy.Config['Env'] as string[] | null) ?? [])].sort()
  // The CLI attaches and ours does not need to: which streams are attached is no property of what runs.
  for (const field of ['AttachStdin', 'AttachStdout', 'AttachStderr', 'StdinOnce']) delete copy.Config[field]
  // The CLI sends bind mounts in no fixed order, and newer ones spell capabilities out.
  for (const field of ['Binds', 'CapAdd', 'CapDrop']) {
    const entries = copy.HostConfig[field]
    if (Array.isArray(entries))
      copy.HostConfig[field] = entries
        .map((entry) => (field === 'Binds' ? String(entry) : String(entry).replace(/^CAP_/, '')))
        .sort()
  }
  copy.Mounts?.sort((a, b) => (a.Destination < b.Destination ? -1 : 1))
  return comparable(copy)
}

describe.each(
  hosts.engines
    .filter(({ name }) => name.startsWith('Docker'))
    .map((engine) => [engine.name, engine] as const),
)('%s', (_, host) => {
  let engine: Engine
  const made: string[] = []
  const docker = async (...args: readonly string[]): Promise<string> =>
    (await promisify(execFile)(host.dockerBin, args, { env: host.env })).stdout.trim()

  beforeAll(async () => {
    engine = contractEngine(host)
    await docker('network', 'create', '--subnet', '172.31.77.0/24', 'contract-net')
  })
  afterAll(async () => {
    for (const id of made) await engine.containers.remove(id, { force: true, volumes: true })
    await docker('network', 'rm', 'contract-net')
    await docker('volume', 'rm', 'named-volume')
    engine.dispose()
  })

  async function ours(spec: RunSpec): Promise<Raw> {
    const name = spec.flags.get('name')
    const { id } = await engine.containers.create(
      typeof name === 'string' ? name : undefined,
      await createBody(spec, surroundings),
    )
    made.push(id)
    return engine.containers.inspect(id)
  }

  function specFrom(words: readonly string[]): RunSpec {
    const result = parseRunWords(words)
    if ('problem' in result) throw new Error(`${result.problem.code} ${result.problem.subject}`)
    return result.spec
  }

  test.each(lines)('docker create %s', async (line) => {
    const split = splitWords(line.replace('IMAGE', `${host.imagePrefix}busybox:1.36`))
    if ('problem' in split) throw new Error(split.problem)
    const words = (which: string): readonly string[] =>
      split.words.map((word) => (word === 'NAME' ? `contract-${which}` : word))
    const cli = await docker('create', ...words('cli').filter((word) => word !== '-d'))
    made.push(cli)
    const fromCli = await engine.containers.inspect(cli)
    const fromUs = await ours(specFrom(words('ours')))
    expect(normalised(fromUs)).toEqual(normalised(fromCli))

    // Read back from what the engine says, printed as a line and read again, it makes the same container once more.
    const { inspected, image } = await inspectBoth(engine, cli)
    const printed = splitWords(printRunLine(specOfContainer(inspected, image)))
    if ('problem' in printed) throw new Error(printed.problem)
    const again = specFrom(printed.words.slice(2))
    const { name: _name, ...flags } = Object.fromEntries(again.flags)
    const copy = await ours({ ...again, flags: new Map(Object.entries(flags)) })
    expect(normalised(copy)).toEqual(normalised(fromCli))
  })
})
