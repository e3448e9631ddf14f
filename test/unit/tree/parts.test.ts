import { describe, expect, test } from 'vitest'
import fc from 'fast-check'
import type { Port } from '../../../src/engine/model/container.ts'
import { badgeOf } from '../../../src/tree/badge.ts'
import { matcher } from '../../../src/tree/filter.ts'
import { shortImage, splitName } from '../../../src/tree/image-names.ts'
import { childrenOf, rowOf, tooltipOf } from '../../../src/tree/kinds.ts'
import { fullMoment, shortMoment } from '../../../src/tree/moment.ts'
import { nodesOf } from '../../../src/tree/nodes-of.ts'
import { compareNames, sortedBy } from '../../../src/tree/order.ts'
import { fullPorts, publishedOnce, shortPorts } from '../../../src/tree/ports.ts'
import { printRow } from '../../../src/tree/print.ts'
import { belongsTo } from '../../../src/tree/workspace.ts'
import { container, endpoint, image, network, noon, volume } from '../../support/models.ts'
import { context, engineState, snapshotOf } from '../../support/snapshots.ts'

const second = 1_000
const minute = 60 * second
const hour = 60 * minute
const day = 24 * hour

describe('moments', () => {
  test.each([
    [noon - 2 * hour, second, '10:00'],
    [noon - 2 * hour - 5 * minute, hour, '≈09:25'],
    [noon - 13 * hour, second, 'Jan 14'],
    [noon - 3 * hour, day, 'Jan 14'],
    [noon - 40 * day, day, 'Dec 6, 2025'],
    [noon - 10 * day, second, 'Jan 5'],
    [Number.NaN, second, ''],
    [1e20, second, ''],
  ])('in a row: %d within %d is %j', (at, within, text) => {
    expect(shortMoment({ at, within }, context)).toBe(text)
  })

  test('in the user’s own time zone and language', () => {
    const seoul = { now: noon, locale: 'ko', offset: () => 9 * 60 }
    expect(shortMoment({ at: noon - hour, within: 0 }, seoul)).toBe('20:00')
    expect(fullMoment({ at: noon - 3 * minute, within: 0 }, seoul)).toContain('3분 전')
  })

  test('when asked for: how long ago, and exactly when that is known', () => {
    expect(fullMoment({ at: noon - 3 * minute, within: second }, context)).toBe(
      '3 minutes ago (Jan 15, 2026, 11:57:00)',
    )
    expect(fullMoment({ at: noon - 3 * day, within: day }, context)).toBe('3 days ago')
    expect(fullMoment({ at: noon + hour, within: day }, context)).toBe('now')
  })
})

describe('ports', () => {
  const port = (text: string): Port => {
    const [, hostIp, hostPort, containerPort, protocol] = /^(?:(.*?)@)?(?:(\d+):)?(\d+)\/(\w+)$/.exec(text)!
    return {
      containerPort: Number(containerPort),
      protocol: protocol as Port['protocol'],
      ...(hostIp === undefined ? {} : { hostIp }),
      ...(hostPort === undefined ? {} : { hostPort: Number(hostPort) }),
    }
  }

  test.each([
    ['0.0.0.0@8080:80/tcp ::@8080:80/tcp', '8080→80'],
    ['::1@8080:80/tcp', '[::1]:8080→80'],
    ['127.0.0.1@53:53/udp', '127.0.0.1:53→53/udp'],
    ['80/tcp', ''],
    [
      '0.0.0.0@8000:8000/tcp 0.0.0.0@8001:8001/tcp 0.0.0.0@8002:8002/tcp 0.0.0.0@9000:90/tcp',
      '9000→90, 8000-8002→8000-8002',
    ],
    ['@1:1/tcp @3:3/tcp @5:5/tcp @7:7/tcp @9:9/tcp', '1→1, 3→3, 5→5, +2'],
    ['', ''],
  ])('%s in short: %j', (ports, text) => {
    expect(shortPorts(ports.split(' ').filter(Boolean).map(port))).toBe(text)
  })

  test('in full: every address, exposed ones last', () => {
    expect(fullPorts(['443/tcp', '::@8080:80/tcp', '0.0.0.0@8080:80/tcp'].map(port))).toEqual([
      '[::]:8080→80/tcp',
      '0.0.0.0:8080→80/tcp',
      '443/tcp',
    ])
  })
})

describe('the rows of ports', () => {
  const web = container('web', {
    ports: [
      { containerPort: 53, protocol: 'udp', hostIp: '127.0.0.1', hostPort: 53 },
      { containerPort: 80, protocol: 'tcp', hostIp: '0.0.0.0', hostPort: 8080 },
      { containerPort: 80, protocol: 'tcp', hostIp: '::', hostPort: 8080 },
      { containerPort: 443, protocol: 'tcp' },
    ],
  })

  test('published ones only, IPv4 and IPv6 as one, and where the container is shown by itself', () => {
    expect(publishedOnce(web.ports)).toEqual([web.ports[0], web.ports[1]])
    const rowsBelow = (within?: string) =>
      childrenOf({ kind: 'container', container: web, ...(within === undefined ? {} : { within }) }).map(
        (node) => printRow(rowOf(node, context)),
      )
    expect(rowsBelow()).toEqual([
      '  (plug) 127.0.0.1:53→53/udp — published port  [port]',
      '  (plug) 8080→80 — published port  [port tcp]',
      expect.stringContaining('[files'),
      expect.stringContaining('[changes'),
    ])
    expect(rowsBelow('bridge')).toEqual([])
  })

  test('spoken in words, with every address in the tooltip', () => {
    const [, node] = childrenOf({ kind: 'container', container: web })
    expect(rowOf(node!, context).accessibilityLabel).toBe('8080 to 80, published port')
    expect(tooltipOf(node!, context)).toContain('`0.0.0.0:8080→80/tcp`, `[::]:8080→80/tcp`')
  })
})

describe('order', () => {
  test('as people read names', () => {
    const names = ['web-10', 'Web-2', 'web-02', 'alpha', 'web', 'web-2b', '10', '9']
    expect(sortedBy(names, (name) => name)).toEqual([
      '9',
      '10',
      'alpha',
      'web',
      'Web-2',
      'web-02',
      'web-2b',
      'web-10',
    ])
  })

  test('is an order: whatever the names', () => {
    const name = fc.string({ unit: fc.constantFrom('a', 'b', '-', '0', '1', '9', '10'), maxLength: 6 })
    fc.assert(
      fc.property(name, name, name, (a, b, c) => {
        expect(Math.sign(compareNames(a, b))).toBe(-Math.sign(compareNames(b, a)) + 0)
        if (compareNames(a, b) <= 0 && compareNames(b, c) <= 0)
          expect(compareNames(a, c)).toBeLessThanOrEqual(0)
      }),
      { seed: 7, numRuns: 2_000 },
    )
  })
})

describe('image names', () => {
  test.each([
    ['nginx:1.27', 'nginx', '1.27'],
    ['nginx', 'nginx', ''],
    ['registry:5000/team/web', 'registry:5000/team/web', ''],
    ['registry:5000/team/web:v1', 'registry:5000/team/web', 'v1'],
    ['alpine@sha256:abc', 'alpine', ''],
    ['alpine:3@sha256:abc', 'alpine', '3'],
  ])('%s', (name, repository, tag) => {
    expect(splitName(name)).toEqual({ repository, tag })
  })

  test('as a container tells them: ids cut short, digests left out', () => {
    expect(shortImage(`sha256:${'0123456789abcdef'.repeat(4)}`)).toBe('0123456789ab')
    expect(shortImage('redis:7@sha256:abc')).toBe('redis:7')
  })
})

describe('a filter', () => {
  const row = { name: 'Web-1', image: 'nginx:1.27', label: 'team=blue sky' }
  test.each([
    ['web nginx', true],
    ['web apache', false],
    ['image:web', false],
    ['name:web', true],
    ['-name:web', false],
    ['label:"blue sky"', true],
    ['"blue sky"', true],
    ['label:"sky blue"', false],
    ['unknown:web', false],
    ['name:', false],
  ])('%j: %s', (filter, matches) => {
    expect(matcher(filter, ['name', 'image', 'label'])!(row)).toBe(matches)
  })
  test.each(['', '  ', '-', '""', '-""'])('%j is none', (filter) => {
    expect(matcher(filter, [])).toBeUndefined()
  })
})

describe('this workspace', () => {
  const claim = (workingDir: string, configFiles: string[] = []) =>
    container('a', {
      compose: { project: 'p', service: 's', number: 1, oneoff: false, workingDir, configFiles },
    })
  const bind = (source: string) =>
    container('a', { mounts: [{ type: 'bind', source, destination: '/x', readOnly: false }] })

  test.each([
    ['/work/shop', claim('/work/shop'), true],
    ['/work/shop/', claim('/work/shop/deploy'), true],
    ['/work/shop', claim('/work'), false],
    ['/work/shop', claim('/work/shopping'), false],
    ['/work/shop', claim('/elsewhere', ['/work/shop/compose.yaml']), true],
    ['/work/shop', bind('/work/shop/src'), true],
    ['/work/shop', bind('/'), false],
    ['/Users/ann/shop', bind('/host_mnt/Users/ann/shop/src'), true],
    ['c:\\Users\\Ann\\shop', claim('C:\\Users\\ann\\shop'), true],
    ['c:\\Users\\Ann\\shop', bind('/run/desktop/mnt/host/c/Users/Ann/shop/src'), true],
    ['c:\\Users\\Ann\\shop', bind('/c/Users/Ann/shop/src'), false],
    ['/work/shop', container('a'), false],
    ['', claim('/anything'), false],
  ])('%s', (folder, of, inside) => {
    expect(belongsTo([folder])(of)).toBe(inside)
  })

  test('a volume’s own folder is no folder of the user', () => {
    const volumes = container('a', {
      mounts: [{ type: 'volume', name: 'v', source: '/work/shop', destination: '/x', readOnly: false }],
    })
    expect(belongsTo(['/work/shop'])(volumes)).toBe(false)
  })
})

describe('the badge', () => {
  const badge = (...containers: ReturnType<typeof container>[]) =>
    badgeOf(snapshotOf(engineState({ containers })))

  test('counts what needs attention, and is not there otherwise', () => {
    expect(badge(container('a'), container('b', { state: 'exited', health: 'unhealthy' }))).toBeUndefined()
    expect(badge(container('a', { health: 'unhealthy' }))).toEqual({
      value: 1,
      tooltip: '1 container needs attention',
    })
    expect(
      badge(
        container('a', { health: 'unhealthy' }),
        container('b', { state: 'restarting' }),
        container('c', { state: 'dead' }),
      ),
    ).toEqual({ value: 3, tooltip: '3 containers need attention' })
  })

  test('counts on the engines shown only', () => {
    const far = engineState({
      endpoint: endpoint({ id: 'far' }),
      containers: [container('a', { state: 'dead' })],
    })
    expect(badgeOf({ ...snapshotOf(engineState(), far), shown: new Set() })).toBeUndefined()
  })
})

describe('all nodes of a kind, for the palette', () => {
  const attachments = [{ network: 'n', networkId: 'net-n', ipv4: '', ipv6: '', aliases: [] }]
  const compose = { project: 'p', service: 's', number: 1, oneoff: false, workingDir: '', configFiles: [] }
  const one = engineState({
    containers: [container('b', { compose }), container('a', { attachments })],
    images: [image('sha256:1', ['x:1', 'x:2'])],
    volumes: [volume('v')],
    networks: [network('n')],
  })
  const two = engineState({
    endpoint: endpoint({ id: 'two', name: 'two' }),
    containers: [container('c', { engine: 'two' })],
  })

  test('are those of every engine shown', () => {
    const both = snapshotOf(one, two)
    expect(nodesOf(both, 'container').map((node) => node.container.name)).toEqual(['a', 'b', 'c'])
    expect(nodesOf(both, 'project').map((node) => node.name)).toEqual(['p'])
    expect(nodesOf(both, 'image').map((node) => node.tag)).toEqual(['x:1', 'x:2'])
    expect(nodesOf(both, 'repository').map((node) => node.name)).toEqual(['x'])
    expect(nodesOf(both, 'volume').map((node) => node.volume.name)).toEqual(['v'])
    expect(nodesOf(both, 'network').map((node) => node.network.name)).toEqual(['n'])
    expect(nodesOf(both, 'member').map((node) => node.container.name)).toEqual(['a'])
    expect(nodesOf(both, 'engine').map((node) => node.endpoint.name)).toEqual(['default', 'two'])
    expect(nodesOf(both, 'detail')).toEqual([])
    expect(nodesOf({ ...both, shown: new Set(['two']) }, 'container')).toHaveLength(1)
  })
})
