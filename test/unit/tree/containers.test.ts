import { describe, expect, test } from 'vitest'
import type { Container } from '../../../src/engine/model/container.ts'
import { printTree } from '../../../src/tree/print.ts'
import type { TreeOptions } from '../../../src/tree/roots.ts'
import { container, endpoint, noon } from '../../support/models.ts'
import { context, engineState, options, snapshotOf } from '../../support/snapshots.ts'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

function service(project: string, name: string, over: Partial<Container> = {}): Container {
  const compose = {
    project,
    service: name,
    number: 1,
    oneoff: false,
    workingDir: `/work/${project}`,
    configFiles: [],
  }
  return container(`${project}-${name}-1`, { compose: { ...compose, ...over.compose }, ...over })
}

const shop = [
  service('shop', 'web', {
    image: 'nginx:1.27',
    health: 'healthy',
    since: { at: noon - 95 * minute, within: 1_000 },
    ports: [
      { containerPort: 80, protocol: 'tcp', hostIp: '0.0.0.0', hostPort: 8080 },
      { containerPort: 80, protocol: 'tcp', hostIp: '::', hostPort: 8080 },
      { containerPort: 443, protocol: 'tcp' },
    ],
  }),
  service('shop', 'db', {
    image: 'postgres:16',
    health: 'unhealthy',
    since: { at: noon - 3 * day, within: day },
    ports: [{ containerPort: 5432, protocol: 'tcp', hostIp: '127.0.0.1', hostPort: 5432 }],
  }),
  service('shop', 'worker', { image: 'shop-worker', since: { at: noon - 5 * hour, within: hour } }),
  service('shop', 'migrate', {
    image: 'shop-worker',
    state: 'exited',
    exitCode: 1,
    since: { at: noon - 2 * minute, within: minute },
  }),
]
const others = [
  container('lonely', { image: `sha256:${'ab'.repeat(32)}`, state: 'created', created: noon - 400 * day }),
  container('crash-2', { state: 'restarting' }),
  container('crash-10', { state: 'dead', exitCode: 139 }),
  container('asleep', { state: 'paused' }),
  container('going', { state: 'removing' }),
  container('stopped', { state: 'exited', exitCode: 137 }),
]
const snapshot = snapshotOf(engineState({ containers: [...others, ...shop] }))

const print = (over: Partial<TreeOptions<'containers'>> = {}, of = snapshot): string =>
  `\n${printTree('containers', of, options('containers', over), context)}\n`
const labels = (over: Partial<TreeOptions<'containers'>> = {}): string[] =>
  printTree('containers', snapshot, options('containers', over), context)
    .split('\n')
    .map((line) => /\) (.*?)( — |  \[)/.exec(line)?.[1] ?? line)

describe('the view of containers', () => {
  test('groups by compose project, with what people look for first', () => {
    expect(print()).toBe(`
▾ (warning) shop — 3/4 running · unhealthy  [project running stopped]
    (warning) shop-db-1 — postgres:16 · 127.0.0.1:5432→5432 · unhealthy · up since Jan 12  [container running unhealthy compose published]
    (error) shop-migrate-1 — shop-worker · exited (1) 11:58  [container stopped compose]
    (pass-filled) shop-web-1 — nginx:1.27 · 8080→80 · healthy · up since 10:25  [container running healthy compose published]
    (play-circle) shop-worker-1 — shop-worker · up since ≈06:30  [container running compose]
  (debug-pause) asleep — busybox:latest · paused  [container paused]
  (sync) crash-2 — busybox:latest · restarting  [container restarting]
  (circle-slash) crash-10 — busybox:latest · dead (139)  [container stopped]
  (trash) going — busybox:latest · being removed  [container]
  (circle-outline) lonely — abababababab · created Dec 11, 2024  [container created]
  (stop-circle) stopped — busybox:latest · exited (137)  [container stopped]
`)
  })

  test('without groups: names as people sort them', () => {
    expect(labels({ groupBy: 'none' })).toEqual([
      'asleep',
      'crash-2',
      'crash-10',
      'going',
      'lonely',
      'shop-db-1',
      'shop-migrate-1',
      'shop-web-1',
      'shop-worker-1',
      'stopped',
    ])
  })

  test.each([
    ['state', ['shop-db-1', 'shop-web-1', 'shop-worker-1', 'crash-2', 'asleep', 'lonely']],
    ['created', ['asleep', 'crash-2', 'crash-10', 'going']],
    ['image', ['lonely', 'asleep', 'crash-2', 'crash-10']],
  ] as const)('sorted by %s', (sortBy, first) => {
    expect(labels({ groupBy: 'none', sortBy }).slice(0, first.length)).toEqual(first)
    if (sortBy === 'created') expect(labels({ groupBy: 'none', sortBy }).at(-1)).toBe('lonely')
  })

  test('by state: the groups in the order in which people look for them', () => {
    expect(print({ groupBy: 'state', filter: '-shop' })).toBe(`
▾ (circle-large-outline) restarting — 0/1 running  [group]
    (sync) crash-2 — busybox:latest · restarting  [container restarting]
▾ (circle-large-outline) paused — 0/1 running  [group]
    (debug-pause) asleep — busybox:latest · paused  [container paused]
▾ (circle-large-outline) created — 0/1 running  [group]
    (circle-outline) lonely — abababababab · created Dec 11, 2024  [container created]
▾ (circle-large-outline) exited — 0/1 running  [group]
    (stop-circle) stopped — busybox:latest · exited (137)  [container stopped]
▾ (circle-large-outline) dead — 0/1 running  [group]
    (circle-slash) crash-10 — busybox:latest · dead (139)  [container stopped]
▾ (circle-large-outline) being removed — 0/1 running  [group]
    (trash) going — busybox:latest · being removed  [container]
`)
  })

  test('by image, by label: what lacks it comes last, without a group', () => {
    expect(labels({ groupBy: 'image', filter: 'shop' })).toEqual([
      'nginx:1.27',
      'shop-web-1',
      'postgres:16',
      'shop-db-1',
      'shop-worker',
      'shop-migrate-1',
      'shop-worker-1',
    ])
    const labelled = snapshotOf(
      engineState({
        containers: [
          container('a', { labels: { team: 'blue' } }),
          container('b', { labels: { toString: 'x' } }),
        ],
      }),
    )
    expect(print({ groupBy: 'label', label: 'team' }, labelled)).toBe(`
▾ (tag) blue — 1/1 running  [group]
    (play-circle) a — busybox:latest · created 12:00  [container running]
  (play-circle) b — busybox:latest · created 12:00  [container running]
`)
    expect(print({ groupBy: 'label', label: 'valueOf' }, labelled)).not.toContain('▾')
  })

  test('by network: a container in two of them has a row in each, of its own id', () => {
    const attachment = (network: string) => ({ network, networkId: network, ipv4: '', ipv6: '', aliases: [] })
    const both = container('both', { attachments: [attachment('front'), attachment('back')] })
    const of = snapshotOf(engineState({ containers: [both] }))
    expect(print({ groupBy: 'network' }, of)).toBe(`
▾ (globe) back — 1/1 running  [group]
    (play-circle) both — busybox:latest · created 12:00  [container running]
▾ (globe) front — 1/1 running  [group]
    (play-circle) both — busybox:latest · created 12:00  [container running]
`)
  })

  test('scope: running ones', () => {
    expect(labels({ scope: 'running' })).toEqual([
      'shop',
      'shop-db-1',
      'shop-web-1',
      'shop-worker-1',
      'asleep',
      'crash-2',
    ])
  })

  test('scope: this workspace', () => {
    expect(labels({ scope: 'workspace', folders: ['/work/shop'] })).toHaveLength(5)
    expect(labels({ scope: 'workspace', folders: ['/elsewhere'] })).toEqual([''])
    expect(labels({ scope: 'workspace', folders: [] })).toEqual([''])
  })

  test.each([
    ['web', ['shop', 'shop-web-1']],
    ['SHOP postgres', ['shop', 'shop-db-1']],
    ['8080', ['shop', 'shop-web-1']],
    ['port:443', ['shop', 'shop-web-1']],
    ['state:paused', ['asleep']],
    ['health:unhealthy', ['shop', 'shop-db-1']],
    ['service:worker', ['shop', 'shop-worker-1']],
    ['nginx:1.27', ['shop', 'shop-web-1']],
    ['-shop -crash -state:created', ['asleep', 'going', 'stopped']],
    ['   ', undefined],
    ['nothing-like-this', ['']],
  ])('filter %j', (filter, expected) => {
    expect(labels({ filter })).toEqual(expected ?? labels())
  })

  test('with several engines each has a group, and one that cannot be reached says so in its own', () => {
    const far = endpoint({ id: 'far', name: 'far' })
    const error = new (class extends Error {})('connection refused') as never
    const of = snapshotOf(
      engineState({ containers: [container('a')] }),
      engineState({
        endpoint: far,
        connection: { status: 'failed', error, attempt: 3, retryAt: noon },
        containers: [container('b', { engine: 'far' })],
      }),
    )
    expect(print({}, of)).toBe(`
▾ (server-environment) default — 1/1 running  [group]
    (play-circle) a — busybox:latest · created 12:00  [container running]
▾ (server-environment) far  [group]
    (error) Cannot be reached — connection refused  [detail]
`)
    expect(print({}, snapshotOf(of.engines[1]!))).toBe('\n\n')
    expect(print({ groupBy: 'engine' }, snapshotOf(of.engines[0]!))).toContain('(server-environment) default')
  })

  test('rows stay while a cut stream is opened anew, and go when that fails', () => {
    const state = engineState({ containers: [container('a')] })
    const connecting = { ...state, connection: { status: 'connecting', attempt: 1 } as const }
    expect(print({}, snapshotOf(connecting))).toContain('(play-circle) a')
  })

  test('what stands in for a volume while its files are read is no container of the user', () => {
    const standIn = container('standing', { state: 'created', labels: { 'dev.quayside.helper': 'host:1' } })
    const of = snapshotOf(engineState({ containers: [container('mine'), standIn] }))
    expect(print({}, of)).toContain('mine')
    expect(print({}, of)).not.toContain('standing')
  })

  test('one odd container never fails the view', () => {
    const broken = { kind: 'container', engine: 'e', id: 'broken', name: 'broken' } as unknown as Container
    const worse = null as unknown as Container
    const state = engineState({ containers: [container('good'), broken] })
    const items = new Map(state.containers.items).set('worse', worse)
    const of = snapshotOf({ ...state, containers: { status: 'ready', items } })
    expect(print({ filter: 'good', groupBy: 'network' }, of)).toContain('(play-circle) good')
    for (const groupBy of ['project', 'none', 'state', 'image', 'network', 'label'] as const)
      for (const filter of ['', 'o'])
        expect(print({ groupBy, filter }, of), groupBy).toMatch(/\(play-circle\) good — /)
    expect(print({}, of)).toBe(`
  (question) ? — cannot be shown  [detail]
  (question) broken — cannot be shown  [container]
  (play-circle) good — busybox:latest · created 12:00  [container running]
`)
  })

  test('hostile names stay one line and plain', () => {
    const of = snapshotOf(
      engineState({ containers: [container('id', { name: 'a\n▾ (x) b\u202e', image: '\u001b[31mred' })] }),
    )
    expect(print({}, of)).toBe(`
  (play-circle) a\\n▾ (x) b\\u202e — \\x1b[31mred · created 12:00  [container running]
`)
  })
})
