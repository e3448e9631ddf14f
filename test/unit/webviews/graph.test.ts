import { describe, expect, test } from 'vitest'
import type { GraphService, ServiceGraph } from '../../../src/shared/service-graph/graph.ts'
import { place, type Box } from '../../../src/webviews/graph/layout.ts'
import { conditionWord, picture } from '../../../src/webviews/graph/picture.ts'

const measure = (text: string, bold: boolean): number => text.length * (bold ? 8 : 7)

function service(name: string, more: Partial<GraphService> = {}): GraphService {
  return {
    name,
    image: 'busybox:1.36',
    built: false,
    ports: [],
    profiles: [],
    enabled: true,
    replicas: 1,
    networks: ['default'],
    volumes: [],
    ...more,
  }
}

function graph(services: readonly GraphService[], more: Partial<ServiceGraph> = {}): ServiceGraph {
  return { project: 'shop', services, networks: [], volumes: [], dependencies: [], ...more }
}

const waits = (from: string, to: string, condition = 'service_started') => ({
  from,
  to,
  condition,
  required: true,
  declared: true,
})

const apart = (a: Box, b: Box): boolean =>
  a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y

const shop = graph(
  [
    service('web', { ports: ['8080→80', '8443→443', '53→53/udp'] }),
    service('api', { volumes: [{ name: 'cache', path: '/cache', readOnly: true }] }),
    service('db', { volumes: [{ name: 'data', path: '/var/lib', readOnly: false }] }),
  ],
  {
    volumes: [
      { name: 'cache', external: false },
      { name: 'data', external: true },
    ],
    dependencies: [waits('web', 'api'), waits('api', 'db', 'service_healthy'), waits('web', 'db')],
  },
)

describe('the layout of a service graph', () => {
  test('has services above what they depend on, and volumes below all that mount them', () => {
    const { services, volumes } = place(shop, measure)
    const top = new Map(services.map(({ service: { name }, y }) => [name, y]))
    expect(top.get('web')!).toBeLessThan(top.get('api')!)
    expect(top.get('api')!).toBeLessThan(top.get('db')!)
    const data = volumes.find(({ name }) => name === 'data')!
    const db = services.find(({ service: { name } }) => name === 'db')!
    expect(data.y).toBeGreaterThan(db.y + db.height)
  })

  test('lets no box cover another, and none stand out of the picture', () => {
    const many = Array.from({ length: 40 }, (_, index) =>
      service(`s${index}`, { volumes: [{ name: `v${index % 7}`, path: '/x', readOnly: false }] }),
    )
    const { services, volumes, width, height } = place(
      graph(many, {
        volumes: Array.from({ length: 7 }, (_, index) => ({ name: `v${index}`, external: false })),
        dependencies: many.slice(1).map(({ name }, index) => waits(name, `s${Math.floor(index / 3)}`)),
      }),
      measure,
    )
    const boxes: readonly Box[] = [...services, ...volumes]
    for (const [index, box] of boxes.entries()) {
      expect(box.x).toBeGreaterThanOrEqual(0)
      expect(box.x + box.width).toBeLessThanOrEqual(width)
      expect(box.y + box.height).toBeLessThanOrEqual(height)
      for (const other of boxes.slice(index + 1)) expect(apart(box, other)).toBe(true)
    }
  })

  test('copes with services that wait for each other, and with none at all', () => {
    const circle = graph([service('a'), service('b')], { dependencies: [waits('a', 'b'), waits('b', 'a')] })
    expect(place(circle, measure).edges.map(({ points }) => points.length > 1)).toEqual([true, true])
    expect(place(graph([]), measure).services).toEqual([])
  })
})

describe('the picture of a service graph', () => {
  const drawn = (of: ServiceGraph, networks: readonly string[] = ['default']): string =>
    picture(place(of, measure), {
      project: of.project,
      live: { web: { state: 'running', word: '2 of 2 running' } },
      networks,
    })

  test('shows names, images, ports, states and what is waited for', () => {
    const svg = drawn(shop)
    expect(svg).toContain('>web</text>')
    expect(svg).toContain('>8080→80  8443→443  +1</text>')
    expect(svg).toContain('>2 of 2 running</text>')
    expect(svg).toContain('class="service running"')
    expect(svg).toContain('>healthy</text>')
    expect(svg).toContain('aria-label="external volume data"')
    expect(svg.match(/class="edge mount/g)).toHaveLength(2)
  })

  test('says all of a service to those who hear it', () => {
    expect(drawn(shop)).toContain(
      'aria-label="web, service, 2 of 2 running, image busybox:1.36, ports 8080 to 80, 8443 to 443, 53 to 53/udp, networks default"',
    )
  })

  test('has dots for networks once there are two', () => {
    const two = graph([service('web', { networks: ['front', 'back'] })])
    expect(drawn(two, ['front', 'back']).match(/<circle/g)).toHaveLength(2)
    expect(drawn(two, ['front'])).not.toContain('<circle')
  })

  test('takes names for text, whatever is in them', () => {
    const odd = '"><script>alert(1)</script>&\u0000\u001b[31m'
    const svg = drawn(
      graph([service(odd, { image: odd, ports: [odd], networks: [odd], profiles: [odd] })], {
        project: odd,
        volumes: [{ name: odd, external: false }],
      }),
      [odd, 'other'],
    )
    expect(svg).not.toContain('<script')
    expect(svg).not.toMatch(/[\u0000-\u0009\u000b-\u001f]/)
    expect(svg).toContain('&#60;script&#62;')
  })

  test('cuts long names and keeps the whole one in the title', () => {
    const long = 'x'.repeat(10_000)
    const svg = drawn(graph([service(long)]))
    expect(svg).toContain(`>${'x'.repeat(31)}…</text>`)
    expect(svg).toContain(`<title>${long}, `)
  })
})

test('only what is more than a start has a word', () => {
  expect(
    ['service_started', 'service_healthy', 'service_completed_successfully', 'odd'].map((condition) =>
      conditionWord(waits('a', 'b', condition)),
    ),
  ).toEqual(['', 'healthy', 'completed', ''])
})
