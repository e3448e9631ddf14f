import { expect, it } from 'vitest'
import { serviceGraph } from '../../../../src/language/compose/features/graph.ts'
import { ask, home } from './asked.ts'

const graphOf = async (text: string, files: Readonly<Record<string, string>> = {}) => {
  const { doc, context } = ask(text, files, { whole: true })
  return await serviceGraph([doc.uri], context)
}

it('has services with what they show, what they wait for and what they share', async () => {
  const text = `name: shop
services:
  web:
    build: ./web
    ports: ["8080:80", "127.0.0.1:53:53/udp", "9000"]
    networks: [front, back]
    depends_on:
      db: { condition: service_healthy, required: false }
    links: [cache]
    deploy: { replicas: 2 }
  db:
    image: postgres:16
    networks: [back]
    volumes: ["data:/var/lib/postgresql:ro", "./init:/init", "/tmp"]
  cache:
    image: redis
    profiles: [fast]
networks: { front: {}, back: { external: true }, unused: {} }
volumes: { data: {} }
`
  const graph = await graphOf(text)
  expect(graph?.project).toBe('shop')
  expect(graph?.services).toEqual([
    {
      name: 'web',
      image: expect.stringContaining('web') as string,
      built: true,
      ports: ['8080→80', '53→53/udp', '9000'],
      profiles: [],
      enabled: true,
      replicas: 2,
      networks: ['front', 'back'],
      volumes: [],
      place: { uri: `${home}/compose.yaml`, line: 3 },
    },
    {
      name: 'db',
      image: 'postgres:16',
      built: false,
      ports: [],
      profiles: [],
      enabled: true,
      replicas: 1,
      networks: ['back'],
      volumes: [{ name: 'data', path: '/var/lib/postgresql', readOnly: true }],
      place: { uri: `${home}/compose.yaml`, line: 11 },
    },
    {
      name: 'cache',
      image: 'redis',
      built: false,
      ports: [],
      profiles: ['fast'],
      enabled: false,
      replicas: 1,
      networks: ['default'],
      volumes: [],
      place: { uri: `${home}/compose.yaml`, line: 15 },
    },
  ])
  expect(graph?.dependencies).toEqual([
    { from: 'web', to: 'db', condition: 'service_healthy', required: false, declared: true },
    { from: 'web', to: 'cache', condition: 'service_started', required: true, declared: false },
  ])
  expect(graph?.networks).toEqual([
    { name: 'front', external: false },
    { name: 'back', external: true },
    { name: 'default', external: false },
  ])
  expect(graph?.volumes).toEqual([{ name: 'data', external: false }])
})

it('takes what overrides and includes say, each with its own place', async () => {
  const graph = await graphOf('include: [more.yaml]\nservices:\n  web:\n    image: a\n', {
    'compose.override.yaml': 'services:\n  web:\n    image: b\n    depends_on: [db]\n',
    'more.yaml': 'services:\n  db:\n    image: c\n',
  })
  expect(graph?.services.map(({ name, image, place }) => [name, image, place?.uri])).toEqual(
    expect.arrayContaining([
      ['web', 'b', `${home}/compose.override.yaml`],
      ['db', 'c', `${home}/more.yaml`],
    ]),
  )
  expect(graph?.dependencies.map(({ from, to }) => `${from} → ${to}`)).toEqual(['web → db'])
})

it('is there while the file is being written, and not when it cannot be read', async () => {
  expect(
    (await graphOf('services:\n  web:\n    image: a\n    depends_on: [nobody, \n'))?.services,
  ).toHaveLength(1)
  const half = await graphOf('services:\n  web:\n    image: a\n    scale: two\n')
  expect(half?.services.map(({ replicas }) => replicas)).toEqual([1])
  expect(await graphOf('services: [1, 2]\n')).toMatchObject({ services: [], dependencies: [] })
  const { context } = ask('')
  expect(await serviceGraph([`${home}/gone.yaml`], context)).toBeUndefined()
  expect(await serviceGraph([], context)).toBeUndefined()
})
