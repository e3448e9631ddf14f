import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import { openRegistry } from '../../../../src/engine/registry/registry.ts'
import { Secret } from '../../../../src/engine/secret.ts'
import { codeOf, failureOf } from '../../../support/transports.ts'

const { signal } = new AbortController()
const stops: (() => void)[] = []
afterEach(() => {
  for (const stop of stops.splice(0)) stop()
})

type Answer = (request: IncomingMessage, response: ServerResponse, host: string) => void

/** A registry that answers by path; what it was asked is written down with the credentials it got. */
async function serve(answers: Readonly<Record<string, Answer>>): Promise<{ host: string; asked: string[] }> {
  const asked: string[] = []
  const server = createServer((request, response) => {
    const { host = '' } = request.headers
    asked.push(`${request.url} ${request.headers.authorization ?? '-'}`)
    const answer = answers[(request.url ?? '').split('?')[0]!]
    if (answer === undefined) response.writeHead(404).end('{}')
    else answer(request, response, host)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  stops.push(() => server.close())
  return { host: `127.0.0.1:${(server.address() as AddressInfo).port}`, asked }
}

const json =
  (value: unknown, headers: Readonly<Record<string, string>> = {}): Answer =>
  (_, response) =>
    void response.writeHead(200, headers).end(JSON.stringify(value))

const credentials = (serverAddress: string) => ({
  serverAddress,
  username: 'me',
  password: new Secret('p:w'),
})

describe('a registry', () => {
  test('lists repositories and tags page by page, never from elsewhere', async () => {
    const { host, asked } = await serve({
      '/v2/_catalog': ({ url = '' }, response) =>
        url.includes('last=b')
          ? json({ repositories: ['c'] }, { Link: '<https://elsewhere.example/other?x>; rel="next"' })(
              {} as never,
              response,
              '',
            )
          : json({ repositories: ['a', 'b'] }, { Link: '</v2/_catalog?n=200&last=b>; rel="next"' })(
              {} as never,
              response,
              '',
            ),
      '/v2/team/app/tags/list': json({ name: 'team/app', tags: ['1', '2'] }),
      '/v2/empty/tags/list': json({ name: 'empty', tags: null }),
    })
    const registry = openRegistry(host, undefined)
    expect(await registry.repositories(signal)).toEqual(['a', 'b', 'c'])
    expect(asked).toHaveLength(2)
    expect(await registry.tags('team/app', signal)).toEqual(['1', '2'])
    expect(await registry.tags('empty', signal)).toEqual([])
    expect(await codeOf(registry.tags('no/such', signal))).toBe('notFound')
  })

  test('tells the platforms of a tag, of a list and of a single image', async () => {
    const digest = `sha256:${'a'.repeat(64)}`
    const { host } = await serve({
      '/v2/app/manifests/many': json(
        {
          manifests: [
            { digest, platform: { os: 'linux', architecture: 'arm64', variant: 'v8' } },
            { digest: 'x', platform: { os: 'unknown', architecture: 'unknown' } },
          ],
        },
        { 'Docker-Content-Digest': 'sha256:list' },
      ),
      '/v2/app/manifests/one': json(
        { config: { digest }, layers: [{ size: 10 }, { size: 5 }] },
        { 'Docker-Content-Digest': 'sha256:one' },
      ),
      [`/v2/app/blobs/${encodeURIComponent(digest)}`]: json({ os: 'linux', architecture: 'amd64' }),
    })
    const registry = openRegistry(host, undefined)
    expect(await registry.image('app', 'many', signal)).toEqual({
      digest: 'sha256:list',
      platforms: [{ platform: 'linux/arm64/v8', digest }],
    })
    expect(await registry.image('app', 'one', signal)).toEqual({
      digest: 'sha256:one',
      platforms: [{ platform: 'linux/amd64', digest: 'sha256:one', size: 15 }],
    })
  })
})

describe('credentials', () => {
  const guarded =
    (challenge: (host: string) => string, right: string, answer: Answer): Answer =>
    (request, response, host) => {
      if (request.headers.authorization === right) answer(request, response, host)
      else response.writeHead(401, { 'WWW-Authenticate': challenge(host) }).end('{}')
    }
  const password = `Basic ${Buffer.from('me:p:w').toString('base64')}`

  test('are sent as a password only once the registry asks for one', async () => {
    const { host, asked } = await serve({
      '/v2/app/tags/list': guarded(() => 'Basic realm="x"', password, json({ tags: ['1'] })),
    })
    expect(await openRegistry(host, credentials(host)).tags('app', signal)).toEqual(['1'])
    expect(asked).toEqual(['/v2/app/tags/list?n=500 -', `/v2/app/tags/list?n=500 ${password}`])
    expect(await codeOf(openRegistry(host, undefined).tags('app', signal))).toBe('unauthorized')
    const wrong = await failureOf(
      openRegistry(host, { ...credentials(host), password: new Secret('wr0ng') }).tags('app', signal),
    )
    expect([wrong.code, String(wrong).includes('wr0ng')]).toEqual(['denied', false])
  })

  test('fetch a token where it asks for one, for what is wanted and no more', async () => {
    const { host, asked } = await serve({
      '/token': guarded(() => 'Basic', password, json({ token: 'T1' })),
      '/v2/team/app/tags/list': guarded(
        (at) => `Bearer realm="http://${at}/token",service="reg"`,
        'Bearer T1',
        json({ tags: ['9'] }),
      ),
    })
    expect(await openRegistry(host, credentials(host)).tags('team/app', signal)).toEqual(['9'])
    expect(asked[1]).toBe(`/token?service=reg&scope=repository%3Ateam%2Fapp%3Apull ${password}`)
  })

  test('are not told to another machine in the clear', async () => {
    const { host, asked } = await serve({
      '/v2/app/tags/list': guarded(() => 'Bearer realm="http://elsewhere.example/token"', 'never', json({})),
    })
    expect(await codeOf(openRegistry(host, credentials(host)).tags('app', signal))).toBe('denied')
    expect(asked).toHaveLength(1)
  })
})

test('no registry, an odd answer, and a cancelled question are told apart', async () => {
  const { host } = await serve({ '/v2/app/tags/list': (_, response) => void response.end('<html>') })
  expect(await codeOf(openRegistry(host, undefined).tags('app', signal))).toBe('invalid')
  expect(await codeOf(openRegistry('127.0.0.1:1', undefined).tags('app', signal))).toBe('unreachable')
  const control = new AbortController()
  control.abort()
  expect(await codeOf(openRegistry(host, undefined).tags('app', control.signal))).toBe('cancelled')
})
