import type { Exchange, Scripts } from './scripted-engine.ts'

const padded = (index: number): string => String(index).padStart(4, '0')
const idOf = (kind: string, index: number): string =>
  Buffer.from(`${kind}${padded(index)}`)
    .toString('hex')
    .padEnd(64, '0')
const times = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index))

const created = 1_768_478_400

const container = (index: number): unknown => ({
  Id: idOf('c', index),
  Names: [`/c-${padded(index)}`],
  Image: `registry.test/app-${padded(index)}:1.0`,
  ImageID: `sha256:${idOf('i', index)}`,
  Command: 'server --port 8080',
  Created: created + index,
  Ports: [{ IP: '0.0.0.0', PrivatePort: 8080, PublicPort: 20_000 + index, Type: 'tcp' }],
  Labels: { team: `team-${index % 7}` },
  State: 'running',
  Status: 'Up 3 minutes',
  HostConfig: { NetworkMode: 'bridge' },
  NetworkSettings: { Networks: { bridge: { NetworkID: 'n', IPAddress: '172.17.0.2' } } },
  Mounts: [{ Type: 'volume', Name: `v-${padded(index % 500)}`, Destination: '/data', RW: true }],
})

const image = (index: number): unknown => ({
  Id: `sha256:${idOf('i', index)}`,
  RepoTags: [`registry.test/app-${padded(index)}:1.0`],
  RepoDigests: [],
  Created: created - index,
  Size: 10_000_000 + index,
  Labels: {},
  Containers: -1,
})

const volume = (index: number): unknown => ({
  Name: `v-${padded(index)}`,
  Driver: 'local',
  Mountpoint: `/var/lib/docker/volumes/v-${padded(index)}/_data`,
  CreatedAt: '2026-01-15T12:00:00Z',
  Labels: null,
  Scope: 'local',
  Options: null,
})

/** Objects as no engine should list them. */
const odd: readonly unknown[] = [
  null,
  42,
  {},
  {
    Id: 'f00d'.repeat(16),
    Names: null,
    Image: ['no', 'name'],
    Created: 'yesterday',
    Ports: {},
    Labels: 'none',
    State: 7,
    Status: { up: true },
    NetworkSettings: 'none',
    Mounts: [null, 'x'],
  },
]

/** An engine with 1,000 containers, 2,000 images and 500 volumes, and some odd objects among them. */
export const largeEngine: Scripts = {
  'GET /containers/json': [
    ...times(500, container),
    ...odd,
    ...times(500, (index) => container(500 + index)),
  ],
  'GET /images/json': [...times(2_000, image), ...odd],
  'GET /volumes': { Volumes: [...odd, ...times(500, volume)], Warnings: null },
  'GET /networks': [],
  'GET /events': ({ response }: Exchange) => {
    response?.writeHead(200, { 'Content-Type': 'application/json' })
    response?.flushHeaders()
  },
}
