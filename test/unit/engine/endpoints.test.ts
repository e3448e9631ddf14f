import { describe, expect, test } from 'vitest'
import type { Surroundings } from '../../../src/engine/config-files.ts'
import type { Endpoint } from '../../../src/engine/endpoint.ts'
import { type EndpointSettings, listEndpoints } from '../../../src/engine/endpoints.ts'
import { type Entry, contextEntries, surroundings } from '../../support/surroundings.ts'

const config = (value: unknown): Record<string, Entry> => ({
  '/home/me/.docker/config.json': JSON.stringify(value),
})
const lab = contextEntries('lab', { Host: 'ssh://me@lab' }, { description: 'The lab' })
const colima = contextEntries('colima', { Host: 'unix:///home/me/.colima/default/docker.sock' })

function line(endpoint: Endpoint | undefined): string {
  if (endpoint === undefined) return 'none'
  const { origin } = endpoint
  const from =
    origin.from === 'environment'
      ? origin.variable
      : origin.from === 'context'
        ? `context ${origin.name}`
        : origin.from
  return `${endpoint.name} = ${endpoint.url} by ${from}`
}

async function current(around: Surroundings, settings: EndpointSettings = {}): Promise<string> {
  const { current: endpoint, failure } = await listEndpoints(around, settings)
  expect(endpoint === undefined).toBe(failure !== undefined)
  return failure === undefined ? line(endpoint) : `${failure.subject}: ${failure.error.message}`
}

describe('which engine is meant', () => {
  const env = { DOCKER_HOST: 'tcp://env:1', DOCKER_CONTEXT: 'lab' }
  const files = { ...config({ currentContext: 'colima' }), ...lab, ...colima }

  test('setting, then DOCKER_HOST, then DOCKER_CONTEXT, then the configured context, then the default', async () => {
    expect(await current(surroundings(files, env), { host: 'tcp://set:2' })).toBe(
      'tcp://set:2 = tcp://set:2 by setting',
    )
    expect(await current(surroundings(files, env), { context: 'lab' })).toBe('lab = ssh://me@lab by setting')
    expect(await current(surroundings(files, env), { host: ' ', context: '' })).toBe(
      'DOCKER_HOST = tcp://env:1 by DOCKER_HOST',
    )
    expect(await current(surroundings(files, { DOCKER_CONTEXT: 'lab' }))).toBe(
      'lab = ssh://me@lab by DOCKER_CONTEXT',
    )
    expect(await current(surroundings(files))).toBe(
      'colima = unix:///home/me/.colima/default/docker.sock by context colima',
    )
    expect(await current(surroundings({ ...files, ...config({}) }))).toBe(
      'default = unix:///var/run/docker.sock by default',
    )
    expect(await current(surroundings())).toBe('default = unix:///var/run/docker.sock by default')
    expect(await current(surroundings({}, {}, 'win32'))).toBe(
      'default = npipe:////./pipe/docker_engine by default',
    )
  })

  test('DOCKER_CONTEXT=default and currentContext default mean the platform', async () => {
    expect(await current(surroundings(files, { DOCKER_CONTEXT: 'default' }))).toBe(
      'default = unix:///var/run/docker.sock by DOCKER_CONTEXT',
    )
    expect(await current(surroundings({ ...files, ...config({ currentContext: 'default' }) }))).toBe(
      'default = unix:///var/run/docker.sock by default',
    )
  })

  test('DOCKER_CONFIG moves all of it', async () => {
    const moved = {
      '/cfg/config.json': JSON.stringify({ currentContext: 'x' }),
      ...contextEntries('x', { Host: 'tcp://x' }, { root: '/cfg' }),
      ...config({ currentContext: 'lab' }),
      ...lab,
    }
    expect(await current(surroundings(moved, { DOCKER_CONFIG: '/cfg' }))).toBe(
      'x = tcp://x:2375 by context x',
    )
  })

  test('what is named and cannot be used is told; nothing else is taken in its place', async () => {
    const socket = { '/var/run/docker.sock': { socket: true } } as const
    expect(await current(surroundings({ ...socket, ...lab }, { DOCKER_CONTEXT: 'gone' }))).toBe(
      'DOCKER_CONTEXT: There is no Docker context named gone.',
    )
    expect(await current(surroundings({ ...socket, ...config({ currentContext: 'gone' }) }))).toBe(
      'gone: There is no Docker context named gone.',
    )
    expect(await current(surroundings(socket, { DOCKER_HOST: 'https://box' }))).toMatch(/^DOCKER_HOST: https/)
    expect(await current(surroundings({ ...socket, '/home/me/.docker/config.json': '{' }))).toMatch(
      /config\.json is not valid JSON/,
    )
    expect(await current(surroundings({ ...socket, ...config([]) }))).toMatch(/is not a JSON object/)
  })

  test('a broken config.json does not matter where the environment names the engine', async () => {
    const around = surroundings({ '/home/me/.docker/config.json': '{' }, { DOCKER_HOST: 'tcp://a' })
    expect(await current(around)).toBe('DOCKER_HOST = tcp://a:2375 by DOCKER_HOST')
  })
})

describe('the other engines', () => {
  test('all contexts, then sockets where known products put them; each once', async () => {
    const around = surroundings(
      {
        ...lab,
        ...colima,
        '/home/me/.colima/default/docker.sock': { socket: true },
        '/home/me/.colima/work/docker.sock': { socket: true },
        '/run/user/1000/podman/podman.sock': { socket: true },
        '/home/me/.rd/docker.sock': 'a plain file',
        '/var/run/docker.sock': { socket: true },
      },
      { XDG_RUNTIME_DIR: '/run/user/1000' },
    )
    const { current: endpoint, others, problems } = await listEndpoints(around)
    expect(line(endpoint)).toBe('default = unix:///var/run/docker.sock by default')
    expect(others.map(line)).toEqual([
      'colima = unix:///home/me/.colima/default/docker.sock by context colima',
      'lab = ssh://me@lab by context lab',
      'Colima (work) = unix:///home/me/.colima/work/docker.sock by wellKnown',
      'Podman = unix:///run/user/1000/podman/podman.sock by wellKnown',
    ])
    expect(others.find(({ name }) => name === 'lab')?.description).toBe('The lab')
    expect(problems).toEqual([])
  })

  test('a broken context hides no other, and is told', async () => {
    const broken = contextEntries('broken', { Host: 'https://x' })
    const { others, problems } = await listEndpoints(
      surroundings({
        ...lab,
        ...broken,
        ...contextEntries('empty', {}),
        ...contextEntries('unreadable', { Host: 'tcp://x' }, { tls: { 'ca.pem': 'ca', 'cert.pem': 'cert' } }),
        '/home/me/.docker/contexts/meta/0123/meta.json': 'no json',
        '/home/me/.docker/contexts/meta/4567/meta.json': JSON.stringify({ Name: 'moved' }),
        '/home/me/.docker/contexts/meta/89ab/meta.json': { fault: 'EACCES: permission denied' },
        '/home/me/.docker/contexts/meta/cdef/other': '',
      }),
    )
    expect(others.map(({ name }) => name)).toEqual(['lab'])
    expect(problems.map(({ subject, error }) => `${subject}: ${error.code}`)).toEqual([
      '0123: invalid',
      '89ab: denied',
      'broken: invalid',
      'empty: invalid',
      'moved: invalid',
      'unreadable: invalid',
    ])
  })
})

describe('TLS', () => {
  const pem = {
    '/certs/ca.pem': 'CA',
    '/certs/cert.pem': 'CERT',
    '/certs/key.pem': 'KEY',
    '/home/me/.docker/ca.pem': 'HOME CA',
  }
  async function tlsOf(env: Readonly<Record<string, string>>, files: Record<string, Entry> = pem) {
    const { current: endpoint, failure } = await listEndpoints(
      surroundings(files, { DOCKER_HOST: 'tcp://box:2376', ...env }),
    )
    if (failure !== undefined) return failure.error.message
    const tls = endpoint?.address.kind === 'tcp' ? endpoint.address.tls : undefined
    return (
      tls && {
        ...(tls.ca && { ca: tls.ca.toString() }),
        ...(tls.key && { cert: tls.cert?.toString(), key: tls.key.reveal() }),
        skip: tls.skipVerify,
      }
    )
  }

  test.each([
    ['nothing is plain, as the CLI has it', {}, undefined],
    ['an empty value is nothing', { DOCKER_TLS_VERIFY: '' }, undefined],
    ['a certificate path alone is nothing', { DOCKER_CERT_PATH: '/certs' }, undefined],
    ...['1', 'true', 'yes', '0', 'false'].map(
      (value) =>
        [
          `DOCKER_TLS_VERIFY=${value} verifies`,
          { DOCKER_TLS_VERIFY: value, DOCKER_CERT_PATH: '/certs' },
          { ca: 'CA', cert: 'CERT', key: 'KEY', skip: false },
        ] as const,
    ),
    ['the configuration folder is the default', { DOCKER_TLS_VERIFY: '1' }, { ca: 'HOME CA', skip: false }],
    [
      'DOCKER_TLS=1 encrypts without verifying',
      { DOCKER_TLS: '1', DOCKER_CERT_PATH: '/certs' },
      { ca: 'CA', cert: 'CERT', key: 'KEY', skip: true },
    ],
    [
      'no CA is an error, never a plain connection',
      { DOCKER_TLS_VERIFY: '1', DOCKER_CERT_PATH: '/none' },
      'There is no ca.pem in /none.',
    ],
  ] as const)('%s', async (_name, env, expected) => {
    expect(await tlsOf(env)).toEqual(expected)
  })

  test('half a client certificate is an error', async () => {
    const env = { DOCKER_TLS_VERIFY: '1', DOCKER_CERT_PATH: '/half' }
    expect(await tlsOf(env, { '/half/ca.pem': 'CA', '/half/key.pem': 'KEY' })).toContain('one is missing')
  })

  test('a context uses its own files, or says that nothing is verified; its id is its own', async () => {
    const tls = { 'ca.pem': 'A', 'cert.pem': 'B', 'key.pem': 'C' }
    const { others } = await listEndpoints(
      surroundings({
        ...contextEntries('plain', { Host: 'tcp://box:2375' }),
        ...contextEntries('safe', { Host: 'tcp://box:2376' }, { tls }),
        ...contextEntries('skip', { Host: 'tcp://box:2376', SkipTLSVerify: true }),
      }),
    )
    expect(
      others.map(({ id, address }) => [id, address.kind === 'tcp' ? address.tls?.skipVerify : '']),
    ).toEqual([
      ['tcp://box:2375', undefined],
      ['tcp://box:2376#safe', false],
      ['tcp://box:2376#skip', true],
    ])
    expect(JSON.stringify(others)).not.toContain('"C"')
  })
})
