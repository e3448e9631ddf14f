import { describe, expect, test } from 'vitest'
import { containerOf } from '../../../src/engine/raw/container.ts'
import { diskUsageOf } from '../../../src/engine/raw/disk-usage.ts'
import { eventOf } from '../../../src/engine/raw/event.ts'
import { imageOf, layerOf } from '../../../src/engine/raw/image.ts'
import { infoOf } from '../../../src/engine/raw/info.ts'
import { networkOf } from '../../../src/engine/raw/network.ts'
import { pathStatOf } from '../../../src/engine/raw/path-stat.ts'
import { progressOf } from '../../../src/engine/raw/progress.ts'
import { volumeOf } from '../../../src/engine/raw/volume.ts'
import { rowOf, tooltipOf } from '../../../src/tree/kinds.ts'
import type { TreeNode } from '../../../src/tree/node.ts'
import { context } from '../../support/snapshots.ts'

type Row = Readonly<Record<string, unknown>>

const container: Row = {
  Id: 'c'.repeat(64),
  Names: ['/db/linked', '/shop-web-1'],
  Image: 'shop-web',
  ImageID: 'sha256:1',
  Command: 'node server.js',
  Created: 1_700_000_000,
  State: 'running',
  Status: 'Up 3 minutes (healthy)',
  Ports: [
    { IP: '0.0.0.0', PrivatePort: 80, PublicPort: 8080, Type: 'tcp' },
    { IP: '::', PrivatePort: 80, PublicPort: 8080, Type: 'tcp' },
    { PrivatePort: 53, Type: 'udp' },
  ],
  Labels: {
    'com.docker.compose.project': 'shop',
    'com.docker.compose.service': 'web',
    'com.docker.compose.container-number': '1',
    'com.docker.compose.oneoff': 'False',
    'com.docker.compose.project.working_dir': '/src/shop',
    'com.docker.compose.project.config_files': '/src/shop/compose.yaml,/src/shop/dev.yaml',
    __proto__x: 'kept',
  },
  Mounts: [
    { Type: 'volume', Name: 'data', Source: '/var/lib/v', Destination: '/data', RW: true },
    { Type: 'bind', Source: '/src', Destination: '/app', RW: false },
  ],
  NetworkSettings: {
    Networks: {
      shop_default: {
        NetworkID: 'n1',
        IPAddress: '172.18.0.2',
        GlobalIPv6Address: 'fd00::2',
        Aliases: ['web'],
      },
    },
  },
  HostConfig: { NetworkMode: 'shop_default' },
}
const image: Row = {
  Id: 'sha256:1',
  RepoTags: ['app:1', '<none>:<none>'],
  RepoDigests: ['app@sha256:2', '<none>@<none>'],
  ParentId: '',
  Created: 1_700_000_000,
  Size: 5,
  Labels: { a: 'b' },
}
const volume: Row = {
  Name: 'data',
  Driver: 'local',
  Mountpoint: '/var/lib/v',
  CreatedAt: '2024-01-02T03:04:05+01:00',
  Labels: null,
  Options: { type: 'nfs' },
  Scope: 'local',
  UsageData: { Size: 12, RefCount: 1 },
}
const network: Row = {
  Id: 'n1',
  Name: 'shop_default',
  Driver: 'bridge',
  Scope: 'local',
  Created: '2024-01-02T03:04:05.123456789Z',
  Internal: false,
  Attachable: true,
  Ingress: false,
  EnableIPv6: true,
  IPAM: { Config: [{ Subnet: '172.18.0.0/16', Gateway: '172.18.0.1' }] },
  Labels: {},
}

describe('a container', () => {
  test('as the engine lists it', () => {
    expect(containerOf('e', container)).toEqual({
      kind: 'container',
      engine: 'e',
      id: 'c'.repeat(64),
      name: 'shop-web-1',
      image: 'shop-web',
      imageId: 'sha256:1',
      command: 'node server.js',
      created: 1_700_000_000_000,
      state: 'running',
      status: 'Up 3 minutes (healthy)',
      health: 'healthy',
      ports: [
        { containerPort: 80, protocol: 'tcp', hostIp: '0.0.0.0', hostPort: 8080 },
        { containerPort: 80, protocol: 'tcp', hostIp: '::', hostPort: 8080 },
        { containerPort: 53, protocol: 'udp' },
      ],
      labels: container['Labels'],
      mounts: [
        { type: 'volume', name: 'data', source: '/var/lib/v', destination: '/data', readOnly: false },
        { type: 'bind', source: '/src', destination: '/app', readOnly: true },
      ],
      attachments: [
        { network: 'shop_default', networkId: 'n1', ipv4: '172.18.0.2', ipv6: 'fd00::2', aliases: ['web'] },
      ],
      networkMode: 'shop_default',
      compose: {
        project: 'shop',
        service: 'web',
        number: 1,
        oneoff: false,
        workingDir: '/src/shop',
        configFiles: ['/src/shop/compose.yaml', '/src/shop/dev.yaml'],
      },
    })
  })

  test.each([
    ['running', 'Up 2 seconds (health: starting)', 'running', 'starting', undefined],
    ['running', 'Up 2 seconds (unhealthy)', 'running', 'unhealthy', undefined],
    ['running', 'Up 2 hours (Paused)', 'running', undefined, undefined],
    ['exited', 'Exited (137) 4 days ago', 'exited', undefined, 137],
    ['exited', 'Exited (-1) 4 days ago', 'exited', undefined, -1],
    ['dead', 'Dead', 'dead', undefined, undefined],
    ['restarting', 'Restarting (1) 3 seconds ago', 'restarting', undefined, undefined],
    ['configured', '', 'created', undefined, undefined],
    ['stopping', '', 'running', undefined, undefined],
    ['toString', 'Up 1 second', 'running', undefined, undefined],
    ['', 'Created', 'created', undefined, undefined],
    ['what', 'ever', 'exited', undefined, undefined],
  ])('%s, "%s"', (State, Status, state, health, exitCode) => {
    const found = containerOf('e', { Id: 'a', State, Status })
    expect([found?.state, found?.health, found?.exitCode]).toEqual([state, health, exitCode])
  })

  test('health as API 1.52 lists it', () => {
    const row = { Id: 'a', State: 'running', Status: 'Up', Health: { Status: 'unhealthy', FailingStreak: 3 } }
    expect(containerOf('e', row)?.health).toBe('unhealthy')
    expect(containerOf('e', { ...row, Health: { Status: 'none' } })?.health).toBeUndefined()
  })

  test('labels called like parts of the language are labels', () => {
    const labels = containerOf('e', {
      Id: 'a',
      Labels: JSON.parse('{"__proto__":"x","constructor":"y","toString":"z"}') as unknown,
    })?.labels
    expect(Object.keys(labels!)).toEqual(['__proto__', 'constructor', 'toString'])
    expect(labels!['hasOwnProperty']).toBeUndefined()
  })
})

describe('what else there is', () => {
  test('an image, with its real names only', () => {
    expect(imageOf('e', image)).toMatchObject({
      tags: ['app:1'],
      digests: ['app@sha256:2'],
      created: 1_700_000_000_000,
      size: 5,
      dangling: false,
    })
    expect(imageOf('e', { Id: '1', RepoTags: ['<none>:<none>'], RepoDigests: null })).toMatchObject({
      id: 'sha256:1',
      tags: [],
      dangling: true,
    })
  })

  test('a volume; anonymous by its label or by its name', () => {
    expect(volumeOf('e', volume)).toMatchObject({
      id: 'data',
      created: Date.UTC(2024, 0, 2, 2, 4, 5),
      size: 12,
      anonymous: false,
      options: { type: 'nfs' },
    })
    const label = { 'com.docker.volume.anonymous': '' }
    expect(volumeOf('e', { Name: 'x', Labels: label })).toMatchObject({ anonymous: true })
    expect(volumeOf('e', { Name: '0f'.repeat(32) })).toMatchObject({ anonymous: true })
    expect(volumeOf('e', { Name: 'x', UsageData: { Size: -1 } })).not.toHaveProperty('size')
  })

  test('a network, and which ones are the engine’s own', () => {
    expect(networkOf('e', network)).toMatchObject({
      subnets: [{ subnet: '172.18.0.0/16', gateway: '172.18.0.1' }],
      created: Date.UTC(2024, 0, 2, 3, 4, 5, 123),
      ipv6: true,
      builtIn: false,
    })
    for (const Name of ['bridge', 'host', 'none', 'podman'])
      expect(networkOf('e', { Id: 'n', Name })?.builtIn).toBe(true)
    expect(networkOf('e', { Id: 'n', Name: 'x', Created: '0001-01-01T00:00:00Z' })).not.toHaveProperty(
      'created',
    )
  })

  test('layers', () => {
    expect(
      layerOf({ Id: '<missing>', Created: 1, CreatedBy: 'RUN x', Size: 3, Comment: 'c', Tags: null }),
    ).toEqual({
      id: '<missing>',
      created: 1000,
      createdBy: 'RUN x',
      size: 3,
      comment: 'c',
      tags: [],
    })
  })

  test('an engine', () => {
    const version = {
      Version: '28.5.2',
      ApiVersion: '1.51',
      MinAPIVersion: '1.24',
      Components: [{ Name: 'Engine' }],
    }
    const info = {
      ID: 'abc',
      OSType: 'linux',
      SecurityOptions: ['name=seccomp', 'name=rootless'],
      Swarm: { LocalNodeState: 'active', ControlAvailable: true },
      ContainersRunning: 2,
      Warnings: null,
    }
    expect(infoOf(version, info, '1.51')).toMatchObject({
      id: 'abc',
      product: 'docker',
      rootless: true,
      swarm: 'manager',
      maxApiVersion: '1.51',
      containers: { running: 2, paused: 0, stopped: 0 },
      warnings: [],
    })
    const podman = { Components: [{ Name: 'Podman Engine', Version: '4.3.1' }] }
    const first = infoOf(podman, { ID: 'random 1', Name: 'box', DockerRootDir: '/var/lib/c' }, '1.41')
    const second = infoOf(podman, { ID: 'random 2', Name: 'box', DockerRootDir: '/var/lib/c' }, '1.41')
    expect(first).toMatchObject({ product: 'podman', id: second.id })
  })

  test('disk usage, in the shape before API 1.52 and in that since', () => {
    const lists = {
      Images: [{ Id: 'i', Size: 10, SharedSize: -1, Containers: 2 }],
      Containers: [{ Id: 'c', SizeRw: 1, SizeRootFs: 11 }],
      Volumes: [{ Name: 'v', UsageData: { Size: 5, RefCount: 1 } }],
      BuildCache: [{ ID: 'b', Size: 7, InUse: true, Description: 'RUN x' }],
    }
    const old = diskUsageOf({ ...lists, LayersSize: 10 })
    const fresh = diskUsageOf({
      ImageUsage: { Items: lists.Images, TotalSize: 10 },
      ContainerUsage: { Items: lists.Containers },
      VolumeUsage: { Items: lists.Volumes },
      BuildCacheUsage: { Items: lists.BuildCache },
    })
    expect(old).toEqual({
      images: [{ id: 'i', size: 10, sharedSize: 0, containers: 2 }],
      containers: [{ id: 'c', sizeRw: 1, sizeRootFs: 11 }],
      volumes: [{ name: 'v', size: 5, refCount: 1 }],
      buildCache: [{ id: 'b', size: 7, inUse: true, description: 'RUN x' }],
      layersSize: 10,
    })
    expect(fresh).toEqual(old)
  })

  test('progress', () => {
    expect(progressOf({ id: 'a', status: 'Downloading', progressDetail: { current: 1, total: 2 } })).toEqual({
      id: 'a',
      status: 'Downloading',
      current: 1,
      total: 2,
    })
    expect(progressOf({ stream: 'Step 1', progressDetail: {}, aux: { ID: 'x' } })).toEqual({
      stream: 'Step 1',
      aux: { ID: 'x' },
    })
    expect(() => progressOf({ error: 'boom' })).toThrow('boom')
    expect(() => progressOf({ errorDetail: { message: 'no space left on device' } })).toThrow(
      expect.objectContaining({ nextStep: expect.stringContaining('Free space') }),
    )
  })

  test('events of old and new engines', () => {
    expect(eventOf('{"status":"die","id":"c","time":5}')).toEqual({
      type: 'container',
      action: 'die',
      id: 'c',
      attributes: {},
      timeNano: '5000000000',
    })
    expect(eventOf('{"Type":"container","Action":"health_status: healthy","timeNano":7}')).toMatchObject({
      action: 'health_status',
      timeNano: '7',
    })
    expect(
      eventOf('{"Type":"volume","Action":"create","Actor":{"ID":"","Attributes":{"name":"data"}}}'),
    ).toMatchObject({ id: 'data' })
    for (const line of ['', '[]', '{}', '{"Action":5}', '{"Action":"a"'])
      expect(eventOf(line)).toBeUndefined()
  })

  test.each([
    [0x80000000 + 0o755, 'directory', 0o755],
    [0x80000000 + 0x00100000 + 0o777, 'directory', 0o1777],
    [0x00800000 + 0x00400000 + 0o755, 'file', 0o6755],
    [0x08000000 + 0o777, 'symlink', 0o777],
    [0x04000000 + 0x00200000 + 0o620, 'device', 0o620],
    [0x02000000 + 0o644, 'fifo', 0o644],
    [0x01000000 + 0o600, 'socket', 0o600],
  ])('a path with Go’s mode %i is a %s', (mode, type, bits) => {
    const header = Buffer.from(JSON.stringify({ name: 'x', mode, size: 1 })).toString('base64')
    expect(pathStatOf(header)).toMatchObject({ type, mode: bits, mtime: 0, linkTarget: '' })
  })

  test('a stat that is none', () => {
    expect(pathStatOf('!!')).toBeUndefined()
  })
})

describe('every field may be missing, null or of another type', () => {
  const odd: readonly unknown[] = [undefined, null, 42, 'text', true, [], {}, [null, 1, {}], { a: null }]
  const readers: readonly (readonly [string, Row, (row: Row) => object | undefined])[] = [
    ['container', container, (row) => containerOf('e', row)],
    ['image', image, (row) => imageOf('e', row)],
    ['volume', volume, (row) => volumeOf('e', row)],
    ['network', network, (row) => networkOf('e', row)],
    ['layer', { Id: 'a', Tags: [] }, layerOf],
    ['version', { Components: [], Version: '1' }, (row) => infoOf(row, {}, '1.41')],
    ['info', { Swarm: {}, SecurityOptions: [], Warnings: [] }, (row) => infoOf({}, row, '1.41')],
    ['disk usage', { Images: [], ImageUsage: {}, Volumes: [], LayersSize: 1 }, diskUsageOf],
    ['progress', { id: 'a', progressDetail: {} }, progressOf],
  ]

  test.each(readers)('%s', (_name, row, read) => {
    const shape = Object.keys(read(row) ?? {})
    for (const key of Object.keys(row))
      for (const value of odd) {
        const found = read({ ...row, [key]: value })
        if (found === undefined) expect(['Id', 'Name']).toContain(key)
        else
          for (const [name, field] of Object.entries(found))
            expect([name, field]).not.toEqual([name, undefined])
      }
    expect(shape.length).toBeGreaterThan(0)
  })

  test.each<readonly [string, Row, (row: Row) => TreeNode | undefined]>([
    [
      'container',
      container,
      (row) => nodeWith(containerOf('e', row), (read) => ({ kind: 'container', container: read })),
    ],
    [
      'image',
      image,
      (row) =>
        nodeWith(imageOf('e', row), (read) => ({
          kind: 'image',
          image: read,
          tag: read.tags[0] ?? '?',
          usedBy: [],
        })),
    ],
    [
      'volume',
      volume,
      (row) => nodeWith(volumeOf('e', row), (read) => ({ kind: 'volume', volume: read, usedBy: [] })),
    ],
    [
      'network',
      network,
      (row) => nodeWith(networkOf('e', row), (read) => ({ kind: 'network', network: read, members: [] })),
    ],
  ])('and the row of a %s is shown all the same', (_name, row, nodeOf) => {
    for (const key of Object.keys(row))
      for (const value of odd) {
        const node = nodeOf({ ...row, [key]: value })
        if (node === undefined) continue
        const told = `${key}: ${JSON.stringify(value)}`
        expect(rowOf(node, context).description, told).not.toBe('cannot be shown')
        expect(tooltipOf(node, context), told).toMatch(/^\*\*/)
      }
  })
})

const nodeWith = <T>(read: T | undefined, make: (read: T) => TreeNode): TreeNode | undefined =>
  read === undefined ? undefined : make(read)
