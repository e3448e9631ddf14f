import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import { readChallenge } from '../../../../src/engine/registry/challenge.ts'
import { registryTags } from '../../../../src/engine/registry/registry-tags.ts'
import type { RegistryAuth } from '../../../../src/engine/registry-auth.ts'
import { Secret } from '../../../../src/engine/secret.ts'

const servers: Server[] = []
afterEach(() => {
  for (const server of servers.splice(0)) server.close()
})

/** A registry on this machine; resolves to `127.0.0.1:PORT`. */
async function registry(answer: RequestListener): Promise<string> {
  const server = createServer(answer)
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return `127.0.0.1:${(server.address() as AddressInfo).port}`
}

const auth = (serverAddress: string): RegistryAuth => ({
  serverAddress,
  username: 'ann',
  password: new Secret('pw'),
})
const ask = (repository: string, credentials?: RegistryAuth): ReturnType<typeof registryTags> =>
  registryTags(repository, {
    credentials: () => Promise.resolve(credentials),
    signal: AbortSignal.timeout(10_000),
  })

describe('the tags that a registry lists', () => {
  test('come with latest first, then the newest version', async () => {
    const address = await registry(({ url }, response) => {
      expect(url).toBe('/v2/a/b/tags/list?n=1000')
      response.end(JSON.stringify({ tags: ['1.9', 'edge', 'latest', '1.10', 'bad tag', 7, '1.10-alpine'] }))
    })
    expect(await ask(`${address}/a/b`)).toEqual(['latest', '1.10-alpine', '1.10', '1.9', 'edge'])
  })

  test('are read page by page, from the same server only', async () => {
    const seen: string[] = []
    const address = await registry(({ url }, response) => {
      seen.push(url ?? '')
      const link =
        seen.length === 1 ? '</v2/a/tags/list?last=1&n=1000>; rel="next"' : '<http://x.invalid/>; rel="next"'
      response.setHeader('link', link).end(JSON.stringify({ tags: [String(seen.length)] }))
    })
    expect(await ask(`${address}/a`)).toEqual(['2', '1'])
    expect(seen).toHaveLength(2)
  })

  test('are asked for with a token where the registry wants one', async () => {
    const address = await registry((request, response) => {
      if (request.url?.startsWith('/token') === true) {
        expect(request.url).toContain('scope=repository%3Aa%3Apull')
        expect(request.headers.authorization).toBe(`Basic ${Buffer.from('ann:pw').toString('base64')}`)
        response.end('{"token":"t1"}')
      } else if (request.headers.authorization === 'Bearer t1') response.end('{"tags":["3"]}')
      else
        response
          .writeHead(401, {
            'www-authenticate': `Bearer realm="http://${request.headers.host}/token",service="s"`,
          })
          .end()
    })
    expect(await ask(`${address}/a`, auth(address))).toEqual(['3'])
  })

  test('are asked for with name and password where it wants those', async () => {
    const address = await registry((request, response) => {
      if (request.headers.authorization === undefined)
        response.writeHead(401, { 'www-authenticate': 'Basic realm="x"' }).end()
      else response.end('{"tags":["1"]}')
    })
    expect(await ask(`${address}/a`, auth(address))).toEqual(['1'])
    expect(await ask(`${address}/a`)).toBeUndefined()
  })

  test('are not asked for where credentials would go over plain HTTP to another server', async () => {
    let asked = false
    const other = await registry((_, response) => {
      asked = true
      response.end('{"token":"t"}')
    })
    const address = await registry((_, response) =>
      response.writeHead(401, { 'www-authenticate': `Bearer realm="http://${other}/token"` }).end(),
    )
    expect(await ask(`${address}/a`, auth(address))).toBeUndefined()
    expect(asked).toBe(false)
  })

  test.each([
    [404, '{}'],
    [302, ''],
    [200, 'no json'],
    [200, '{"tags":null}'],
    [500, 'x'],
  ])('are none when it answers %i %s', async (status, body) => {
    const address = await registry((_, response) => response.writeHead(status, { location: '/x' }).end(body))
    expect((await ask(`${address}/a`)) ?? []).toEqual([])
  })

  test.each(['a/../b', 'A', '', 'x.io/', 'x.io/a b', 'x.io:99999999/a', 'x.io@y/a', '$A/b', 'x.io/a?b'])(
    'are not looked for under %j',
    async (repository) => {
      expect(await ask(repository)).toBeUndefined()
    },
  )
})

test.each([
  ['Bearer realm="https://a/t",service="b"', 'bearer'],
  ['bearer  realm="https://a/t"', 'bearer'],
  ['Basic realm="a"', 'basic'],
  ['Bearer realm="nothing"', undefined],
  ['Negotiate', undefined],
  [undefined, undefined],
])('the challenge %j is %s', (header, scheme) => {
  expect(readChallenge(header)?.scheme).toBe(scheme)
})
