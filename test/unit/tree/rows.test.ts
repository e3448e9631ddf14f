import { describe, expect, test } from 'vitest'
import type { Container } from '../../../src/engine/model/container.ts'
import { childrenOf, rowOf, tooltipOf } from '../../../src/tree/kinds.ts'
import type { TreeNode, ViewId } from '../../../src/tree/node.ts'
import { roots, type TreeOptions } from '../../../src/tree/roots.ts'
import { sameNode } from '../../../src/tree/same-node.ts'
import { container, image, network, noon, volume } from '../../support/models.ts'
import { context, engineState, options, snapshotOf } from '../../support/snapshots.ts'

const web = container('web', {
  id: '0123456789abcdef',
  image: 'nginx:1.27',
  command: 'nginx -g "daemon off;" --token=s3cr3t --password hunter2',
  health: 'healthy',
  since: { at: noon - 60_000, within: 1_000 },
  ports: [
    { containerPort: 80, protocol: 'tcp', hostIp: '0.0.0.0', hostPort: 8080 },
    { containerPort: 80, protocol: 'tcp', hostIp: '::', hostPort: 8080 },
  ],
  mounts: [
    { type: 'bind', source: '/work/site', destination: '/www', readOnly: true },
    {
      type: 'volume',
      name: 'cache',
      source: '/var/lib/docker/volumes/cache/_data',
      destination: '/cache',
      readOnly: false,
    },
    { type: 'tmpfs', source: '', destination: '/tmp', readOnly: false },
  ],
  attachments: [{ network: 'shop', networkId: 'net-shop', ipv4: '172.18.0.2', ipv6: 'fd00::2', aliases: [] }],
  labels: { team: 'blue', API_TOKEN: 'abcdef', 'com.docker.compose.project': 'shop' },
  compose: {
    project: 'shop',
    service: 'web',
    number: 1,
    oneoff: false,
    workingDir: '/work',
    configFiles: [],
  },
})

describe('tooltips', () => {
  test('of a container: image, command, ports, mounts, networks, labels; secrets masked', () => {
    expect(tooltipOf({ kind: 'container', container: web }, context)).toBe(
      [
        '**web** — running, healthy',
        '',
        '- Image: `nginx:1.27`',
        '- Command: `nginx -g "daemon off;" --token=••• --password •••`',
        '- Ports: `0.0.0.0:8080→80/tcp`, `[::]:8080→80/tcp`',
        '- Mounts: `/work/site:/www:ro`, `cache:/cache`, `tmpfs:/tmp`',
        '- Networks: `shop 172.18.0.2 fd00::2`',
        '- Up since: `1 minute ago (Jan 15, 2026, 11:59:00)`',
        '- Created: `now (Jan 15, 2026, 12:00:00)`',
        '- Compose: `shop / web (/work)`',
        '- Labels: `team=blue`, `API_TOKEN=•••`',
        '- Id: `0123456789ab`',
      ].join('\n'),
    )
  })

  const hostile = [
    '![x](https://h/p.png)',
    '[a](command:evil)',
    '<img src=x onerror=alert(1)>',
    'line\n# heading\n- item',
    '`` ` code',
    '\u202egnp.exe',
    'https://example.com/x',
    '**bold** | table |',
    '&lt;b&gt; $(gear)',
  ]

  test.each(hostile)(
    'nothing in a name, label or path becomes a link, an image, HTML or a line: %j',
    (text) => {
      const labels = { [text]: text }
      const nodes: TreeNode[] = [
        {
          kind: 'container',
          container: container(text, { image: text, command: text, labels, networkMode: text }),
        },
        {
          kind: 'project',
          engine: 'e',
          name: text,
          containers: [{ ...web, compose: { ...web.compose!, workingDir: text } }],
        },
        { kind: 'image', image: image(text, [text], { labels }), tag: text, usedBy: [container(text)] },
        { kind: 'volume', volume: volume(text, { labels, options: labels, mountpoint: text }), usedBy: [] },
        { kind: 'network', network: network(text, { labels, driver: text }), members: [container(text)] },
        { kind: 'group', engine: 'e', by: 'label', value: text, children: [] },
        { kind: 'detail', id: '1', parent: 'p', label: text, description: text, icon: 'info' },
      ]
      for (const node of nodes) {
        const shown = tooltipOf(node, context)
        const lines = shown.split('\n')
        expect(
          lines.every((line, i) => (i === 0 ? line.startsWith('**') : line === '' || line.startsWith('- '))),
        ).toBe(true)
        const outsideCode = shown.replace(/(`+)[^\n]*?[^`]\1(?!`)/g, '')
        expect(outsideCode).not.toMatch(/(?<!\\)[[\]<>]|!\[|:\/\/|[\u202a-\u202e]/)
        const row = rowOf(node, context)
        expect(`${row.label}${row.description}${row.accessibilityLabel}`).not.toMatch(/[\n\u202a-\u202e]/)
      }
    },
  )

  test('the password of a network drive is in no tooltip of its volume', () => {
    const options = {
      type: 'cifs',
      o: 'password=hunter22,username=ann,secret=hunter22',
      credential: 'hunter22',
    }
    const shown = tooltipOf({ kind: 'volume', volume: volume('share', { options }), usedBy: [] }, context)
    expect(shown).toContain('username=ann')
    expect(shown).not.toContain('hunter22')
  })

  test('ten thousand labels and a label of a megabyte stay short', () => {
    const labels = Object.fromEntries(
      Array.from({ length: 10_000 }, (_, i) => [`label-${i}`, 'x'.repeat(i === 0 ? 1_000_000 : 10)]),
    )
    const shown = tooltipOf({ kind: 'container', container: container('a', { labels }) }, context)
    expect(shown.length).toBeLessThan(5_000)
    expect(shown).toContain('and 9990 more')
  })
})

describe('accessibility', () => {
  const spoken = (node: TreeNode): string => rowOf(node, context).accessibilityLabel

  test('says the state in words', () => {
    expect(spoken({ kind: 'container', container: web })).toBe(
      'web, container, running, healthy, image nginx:1.27, ports 8080 to 80',
    )
    const state = (over: Partial<Container>) => spoken({ kind: 'container', container: container('a', over) })
    expect(state({ state: 'exited', exitCode: 137 })).toContain('exited with 137')
    expect(state({ state: 'paused' })).toContain('paused')
    expect(spoken({ kind: 'volume', volume: volume('v'), usedBy: [web] })).toBe('v, volume, used by web')
    expect(spoken({ kind: 'network', network: network('n'), members: [web] })).toBe(
      'n, network, bridge, 1 member',
    )
    expect(spoken({ kind: 'member', network: network('shop'), container: web })).toBe(
      'web, member of shop, running, healthy, 172.18.0.2 fd00::2',
    )
    expect(spoken({ kind: 'project', engine: 'e', name: 'shop', containers: [web] })).toBe(
      'shop, compose project, 1/1 running',
    )
    expect(spoken({ kind: 'image', image: image('i', ['x:1']), tag: 'x:1', usedBy: [] })).toBe(
      'x:1, image, 4.3 MB, unused',
    )
  })

  test('every state of a container has a shape of its own, whatever the colours', () => {
    const states: Partial<Container>[] = [
      { state: 'running' },
      { state: 'running', health: 'healthy' },
      { state: 'running', health: 'starting' },
      { state: 'running', health: 'unhealthy' },
      { state: 'paused' },
      { state: 'restarting' },
      { state: 'created' },
      { state: 'exited', exitCode: 0 },
      { state: 'exited', exitCode: 1 },
      { state: 'dead' },
      { state: 'removing' },
    ]
    const icons = states.map(
      (over) => rowOf({ kind: 'container', container: container('a', over) }, context).icon.name,
    )
    expect(new Set(icons).size).toBe(states.length)
  })
})

describe('a whole engine', () => {
  const count = { containers: 1_000, images: 2_000, volumes: 500, networks: 30 }
  const numbers = (n: number): number[] => Array.from({ length: n }, (_, i) => i)
  const containers = numbers(count.containers).map((i) =>
    container(`web-${i}`, {
      imageId: `sha256:${i % 100}`,
      mounts: [
        {
          type: 'volume',
          name: `volume-${i % count.volumes}`,
          source: '',
          destination: '/data',
          readOnly: false,
        },
      ],
      attachments: [0, 1].map((n) => {
        const name = `network-${(i + n) % count.networks}`
        return { network: name, networkId: `net-${name}`, ipv4: '', ipv6: '', aliases: [] }
      }),
      ...(i % 3 === 0
        ? {
            compose: {
              project: `p${i % 50}`,
              service: 's',
              number: 1,
              oneoff: false,
              workingDir: '',
              configFiles: [],
            },
          }
        : {}),
    }),
  )
  const snapshot = snapshotOf(
    engineState({
      containers,
      images: numbers(count.images).map((i) =>
        image(`sha256:${i}`, i % 10 === 0 ? [] : [`repo-${i % 200}:${i}`]),
      ),
      volumes: numbers(count.volumes).map((i) => volume(`volume-${i}`)),
      networks: numbers(count.networks).map((i) => network(`network-${i}`)),
    }),
  )

  const views: { readonly [V in ViewId]: readonly Partial<TreeOptions<V>>[] } = {
    containers: (['project', 'none', 'image', 'network', 'state', 'label', 'engine'] as const).map(
      (groupBy) => ({ groupBy }),
    ),
    images: (['repository', 'none'] as const).map((groupBy) => ({ groupBy })),
    volumes: (['none', 'project', 'driver', 'label'] as const).map((groupBy) => ({ groupBy })),
    networks: (['none', 'project', 'driver', 'label'] as const).map((groupBy) => ({ groupBy })),
    engines: [{}],
  }

  test.each(Object.entries(views) as [ViewId, readonly Partial<TreeOptions>[]][])(
    '%s: every row has an id of its own, the same each time',
    (view, choices) => {
      for (const choice of choices) {
        const ids = (): string[] => {
          const found: string[] = []
          const walk = (node: TreeNode): void => {
            found.push(rowOf(node, context).id)
            childrenOf(node).forEach(walk)
          }
          roots(view, snapshot, options(view, choice)).forEach(walk)
          return found
        }
        const first = ids()
        expect(first.length).toBeGreaterThan(0)
        expect(new Set(first).size).toBe(first.length)
        expect(ids()).toEqual(first)
      }
    },
  )

  test('nothing is lost in any grouping', () => {
    for (const choice of views.containers) {
      const names = new Set<string>()
      const walk = (node: TreeNode): void => {
        if (node.kind === 'container') names.add(node.container.name)
        childrenOf(node).forEach(walk)
      }
      roots('containers', snapshot, options('containers', choice)).forEach(walk)
      expect(names.size).toBe(count.containers)
    }
  })
})

describe('a row that is asked for again', () => {
  const one = container('one')
  const node = (over: Partial<TreeNode> = {}): TreeNode =>
    ({ kind: 'volume', volume: cache, usedBy: [one], ...over }) as TreeNode
  const cache = volume('cache')

  test('is the same node when what it holds is', () => {
    expect(sameNode(node(), node())).toBe(true)
    expect(sameNode(node(), node({ usedBy: [] }))).toBe(false)
    expect(sameNode(node(), node({ usedBy: [container('one')] }))).toBe(false)
    expect(sameNode(node(), node({ volume: volume('cache') }))).toBe(false)
    expect(sameNode(node(), { kind: 'container', container: one })).toBe(false)
    expect(
      sameNode({ kind: 'container', container: one }, { kind: 'container', container: one, within: 'x' }),
    ).toBe(false)
  })

  test('what is below a group does not count', () => {
    const project = (containers: readonly Container[]): TreeNode => ({
      kind: 'project',
      engine: 'e',
      name: 'p',
      containers,
    })
    expect(sameNode(project([one]), project([]))).toBe(true)
  })

  test('is not computed anew for a container that has not changed', () => {
    const state = engineState({ containers: [one, web] })
    const rows = () =>
      roots('containers', snapshotOf(state), options('containers', { groupBy: 'none' })).map((n) =>
        rowOf(n, context),
      )
    const first = rows()
    expect(rows().every((row, i) => row === first[i])).toBe(true)
    const tomorrow = { ...context, now: context.now + 24 * 60 * 60_000 }
    expect(rowOf({ kind: 'container', container: web }, tomorrow).description).toContain('up since Jan 15')
  })
})
