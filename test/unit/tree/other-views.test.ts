import { describe, expect, test } from 'vitest'
import type { EngineState } from '../../../src/engine/live/state.ts'
import { EngineError } from '../../../src/engine/errors.ts'
import type { Attachment, Container } from '../../../src/engine/model/container.ts'
import { printTree } from '../../../src/tree/print.ts'
import { container, endpoint, engineInfo, image, network, noon, volume } from '../../support/models.ts'
import { context, engineState, options, snapshotOf, type Known } from '../../support/snapshots.ts'

const day = 24 * 60 * 60_000

describe('the view of images', () => {
  const nginx = image('sha256:1', ['nginx:1.27', 'nginx:latest', 'registry:5000/team/nginx:1.27'], {
    size: 190_000_000,
  })
  const known: Known = {
    images: [
      image('sha256:4', [], { size: 1_234 }),
      nginx,
      image('sha256:2', ['nginx:1.9'], { size: 120_000_000, created: noon - 900 * day }),
      image('sha256:3', ['busybox:1.36']),
      image('sha256:5', [], { digests: ['alpine@sha256:abc'], dangling: false }),
    ],
    containers: [
      container('web', { imageId: 'sha256:1' }),
      container('old', { imageId: 'sha256:1', state: 'exited' }),
    ],
  }
  const print = (over = {}): string =>
    `\n${printTree('images', snapshotOf(engineState(known)), options('images', over), context)}\n`

  test('groups by repository, tells used from unused and dangling, and who uses it', () => {
    expect(print()).toBe(`
▸ (versions) alpine — 4.3 MB · 1 image · unused  [repository]
    (archive) 5 — 4.3 MB · unused · created 12:00  [image]
▸ (versions) busybox — 4.3 MB · 1 image · unused  [repository]
    (archive) 1.36 — 4.3 MB · unused · created 12:00  [image]
▸ (versions) nginx — 2 images · 2 used · 310 MB at most  [repository]
    (archive) 1.9 — 120 MB · unused · created Jul 30, 2023  [image]
  ▸ (package) 1.27 — 190 MB · used by web, old · created 12:00  [image used]
      (play-circle) web — busybox:latest · created 12:00  [container running]
      (stop-circle) old — busybox:latest · exited  [container stopped]
  ▸ (package) latest — 190 MB · used by web, old · created 12:00  [image used]
      (play-circle) web — busybox:latest · created 12:00  [container running]
      (stop-circle) old — busybox:latest · exited  [container stopped]
▸ (versions) registry:5000/team/nginx — 190 MB · 1 image · 1 used  [repository]
  ▸ (package) 1.27 — 190 MB · used by web, old · created 12:00  [image used]
      (play-circle) web — busybox:latest · created 12:00  [container running]
      (stop-circle) old — busybox:latest · exited  [container stopped]
▸ (circle-slash) dangling — 1.23 kB · 1 image · unused  [repository dangling]
    (circle-slash) 4 — 1.23 kB · dangling · created 12:00  [image dangling]
`)
  })

  test('without groups the whole name is shown, what has none comes last', () => {
    const labels = print({ groupBy: 'none' }).match(/^.{2}\([\w-]+\) \S+/gm)
    expect(labels?.map((label) => label.split(' ').at(-1))).toEqual([
      'busybox:1.36',
      'nginx:1.9',
      'nginx:1.27',
      'nginx:latest',
      'registry:5000/team/nginx:1.27',
      '4',
      '5',
    ])
  })

  test('largest first, newest first', () => {
    expect(print({ sortBy: 'size', filter: 'nginx' }).match(/^.{2}\(versions\) \S+/gm)).toEqual([
      '▸ (versions) nginx',
      '▸ (versions) registry:5000/team/nginx',
    ])
    expect(print({ sortBy: 'created', groupBy: 'none', filter: 'nginx' }).trimEnd()).toMatch(
      /nginx:1\.9 [^\n]*$/,
    )
  })

  test('can be filtered by who uses it', () => {
    expect(print({ filter: 'used:old name:latest' })).toContain('latest')
    expect(print({ filter: 'used:old 1.36' })).toBe('\n\n')
    expect(print({ scope: 'running' })).not.toContain('busybox:1.36')
  })
})

describe('the view of volumes', () => {
  const mount = (name: string): Partial<Container> => ({
    mounts: [{ type: 'volume', name, source: '', destination: '/data', readOnly: false }],
  })
  const anonymous = 'f'.repeat(64)
  const known: Known = {
    volumes: [
      volume(anonymous, { anonymous: true }),
      volume('shop_db', { size: 52_428_800, labels: { 'com.docker.compose.project': 'shop' } }),
      volume('nfs', { driver: 'nfs' }),
      volume('cache-10'),
      volume('cache-9', { size: 0 }),
    ],
    containers: [
      container('db', mount('shop_db')),
      container('a', mount('nfs')),
      container('b', mount('nfs')),
      container('c', mount('nfs')),
    ],
  }
  const print = (over = {}): string =>
    `\n${printTree('volumes', snapshotOf(engineState(known)), options('volumes', over), context)}\n`

  test('shows size, users, and which are anonymous', () => {
    expect(print()).toBe(`
  (archive) cache-9 — 0 B · unused  [volume]
  (archive) cache-10 — unused  [volume]
▸ (database) nfs — used by a, b +1 · nfs  [volume used]
    (play-circle) a — busybox:latest · created 12:00  [container running]
    (play-circle) b — busybox:latest · created 12:00  [container running]
    (play-circle) c — busybox:latest · created 12:00  [container running]
▸ (database) shop_db — 52.4 MB · used by db  [volume used]
    (play-circle) db — busybox:latest · created 12:00  [container running]
  (circle-slash) ffffffffffff — unused · anonymous  [volume anonymous]
`)
  })

  test('by project and by driver', () => {
    expect(print({ groupBy: 'project', filter: 'shop_db' })).toBe(`
▾ (layers) shop — 1  [group]
  ▸ (database) shop_db — 52.4 MB · used by db  [volume used]
      (play-circle) db — busybox:latest · created 12:00  [container running]
`)
    expect(print({ groupBy: 'driver' })).toMatch(/^\n▾ \(plug\) local — 4/)
  })

  test('largest first, where sizes are known', () => {
    expect(
      print({ sortBy: 'size' })
        .match(/\) (\S+) — .*\[volume/gm)
        ?.map((line) => line.split(' ')[1]),
    ).toEqual(['shop_db', 'cache-9', 'cache-10', 'nfs', 'ffffffffffff'])
  })
})

describe('the view of networks', () => {
  const attached = (over: Partial<Attachment> = {}): readonly Attachment[] => [
    { network: 'shop', networkId: 'net-shop', ipv4: '172.18.0.2', ipv6: '', aliases: [], ...over },
  ]
  const known: Known = {
    networks: [
      network('bridge', { builtIn: true }),
      network('shop', {
        ipv6: true,
        subnets: [
          { subnet: '172.18.0.0/16', gateway: '' },
          { subnet: 'fd00::/64', gateway: '' },
        ],
      }),
      network('inner', { internal: true, driver: 'overlay', subnets: [] }),
    ],
    containers: [
      container('web', { attachments: attached({ ipv6: 'fd00::2', aliases: ['web', 'www', 'api'] }) }),
      container('job', { state: 'exited', exitCode: 0, attachments: attached({ ipv4: '' }) }),
      container('never', { state: 'created', attachments: attached({ networkId: '', ipv4: '' }) }),
    ],
  }
  const print = (over = {}): string =>
    `\n${printTree('networks', snapshotOf(engineState(known)), options('networks', over), context)}\n`

  test('shows members with their addresses, running ones first; the built-in ones last', () => {
    expect(print()).toBe(`
  (shield) inner — overlay · no members  [network]
▸ (globe) shop — bridge · 172.18.0.0/16, fd00::/64 · 3 members  [network used]
    (play-circle) web — 172.18.0.2 fd00::2 · also www, api  [member]
    (circle-outline) never — no address · created  [member]
    (stop-circle) job — no address · exited with 0  [member]
  (lock) bridge — bridge · 172.18.0.0/16 · no members · built in  [network builtin]
`)
  })

  test('can be filtered by member and by subnet', () => {
    expect(print({ filter: 'member:web' })).toMatch(/^\n▸ \(globe\) shop/)
    expect(print({ filter: 'fd00' })).toMatch(/^\n▸ \(globe\) shop/)
    expect(print({ filter: 'driver:overlay' })).toBe('\n  (shield) inner — overlay · no members  [network]\n')
  })
})

describe('the view of engines', () => {
  const denied = new EngineError('denied', 'Permission to use the socket is denied.', {
    nextStep: 'Add yourself to the group docker.',
  })
  const print = (...states: readonly EngineState[]): string =>
    `\n${printTree('engines', snapshotOf(...states), options('engines'), context)}\n`

  test('shows the versions of every part, the storage driver and the warnings', () => {
    const info = engineInfo({
      warnings: ['WARNING: No swap limit support'],
      rootless: true,
      swarm: 'manager',
    })
    expect(print(engineState({ info }))).toBe(`
▾ (pass-filled) default — current · Docker 28.5.2 · unix:///var/run/docker.sock  [engine active connected swarm]
    (link) Address — unix:///var/run/docker.sock · the default of this system  [detail]
    (warning) Warning — No swap limit support  [detail]
    (versions) Docker Engine — 28.5.2  [detail]
    (plug) API — 1.51 · speaks 1.24 to 1.51  [detail]
    (circuit-board) containerd — 1.7.24  [detail]
    (circuit-board) runc — 1.1.5  [detail]
    (database) Storage driver — overlay2 · /var/lib/docker  [detail]
    (output) Logging driver — json-file  [detail]
    (settings) Control groups — v2  [detail]
    (vm) System — Debian GNU/Linux 12 · 6.1.0 · x86_64  [detail]
    (dashboard) Resources — 2 CPUs · 8.59 GB of memory  [detail]
    (shield) Rootless — runs without root  [detail]
    (type-hierarchy) Swarm — manager  [detail]
`)
  })

  test('a failed one says what was tried, where that came from, why it failed and what to do', () => {
    const far = endpoint({
      id: 'far',
      name: 'far',
      url: 'ssh://ann@far',
      origin: { from: 'context', name: 'far' },
    })
    const failed = { status: 'failed', error: denied, attempt: 2, retryAt: noon } as const
    expect(print(engineState({ endpoint: far, connection: failed }))).toBe(`
▾ (error) far — current · cannot be reached · ssh://ann@far  [engine active failed]
    (error) Problem — Permission to use the socket is denied.  [detail]
    (lightbulb) Next step — Add yourself to the group docker.  [detail]
    (link) Address — ssh://ann@far · from the context far  [detail]
`)
  })

  test('while it is tried again the failure stays; one nobody asked is just there', () => {
    const retrying = { status: 'connecting', attempt: 3, error: denied } as const
    const idle = engineState({
      endpoint: endpoint({ id: 'b', name: 'b', url: 'tcp://b:2376' }),
      connection: { status: 'idle' },
    })
    const printed = print(engineState({ connection: retrying }), {
      ...idle,
      info: engineInfo({ version: '20.10.24' }),
    })
    expect(printed).toContain('▾ (error) default — current · cannot be reached')
    expect(printed).toContain(
      '▸ (debug-disconnect) b — shown beside · not connected · Docker 20.10.24 · tcp://b:2376  [engine beside]',
    )
  })
})
