import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import { registryTags } from '../../../../src/engine/registry/registry-tags.ts'

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

const asked: string[] = []
const ask = (repository: string): ReturnType<typeof registryTags> =>
  registryTags(repository, {
    credentials: (name) => {
      asked.push(name)
      return Promise.resolve(undefined)
    },
    signal: AbortSignal.timeout(10_000),
  })

describe('the tags of what a Dockerfile names', () => {
  test('come with latest first, then the newest version', async () => {
    const address = await registry(({ url }, response) => {
      expect(url).toContain('/v2/a/b/tags/list')
      response.end(JSON.stringify({ tags: ['1.9', 'edge', 'latest', '1.10', 'bad tag', '1.10-alpine'] }))
    })
    expect(await ask(`${address}/a/b`)).toEqual(['latest', '1.10-alpine', '1.10', '1.9', 'edge'])
    expect(asked).toEqual([address])
  })

  test('are told by no registry that refuses', async () => {
    const address = await registry((_, response) => response.writeHead(404).end())
    await expect(ask(`${address}/a`)).rejects.toThrow()
  })

  test.each(['a/../b', 'A', '', 'x.io/', 'x.io/a b', 'x.io:99999999/a', 'x.io@y/a', '$A/b', 'x.io/a?b'])(
    'are not looked for under %j',
    async (repository) => {
      expect(await ask(repository)).toBeUndefined()
    },
  )
})
