import { mkdirSync, rmSync } from 'node:fs'
import { type Server, createServer } from 'node:http'
import { expect, test } from './fixtures.ts'

const socket = '/var/tmp/quayside-quiet/docker.sock'
const asked: string[] = []
let server: Server

test.use({
  engineVersion: 'none',
  hostEnv: { DOCKER_HOST: `unix://${socket}` },
  files: { 'bad/Dockerfile': 'FROM busybox\nMAINTAINER Ann\n' },
})

test.beforeAll(async () => {
  rmSync(socket, { force: true })
  mkdirSync('/var/tmp/quayside-quiet', { recursive: true })
  server = createServer((request, answer) => {
    const path = request.url ?? ''
    asked.push(path)
    answer.setHeader('Api-Version', '1.47')
    if (path.includes('/events')) answer.flushHeaders()
    else answer.end(/\/json(?:\?|$)/.test(path) ? '[]' : '{}')
  })
  await new Promise<void>((listening) => server.listen(socket, listening))
})

test.afterAll(() => {
  server.closeAllConnections()
  server.close()
})

test('Lists no containers for a Dockerfile before a view is opened', async ({ workbench }) => {
  const lists = (): readonly string[] => asked.filter((path) => path.includes('/containers/json'))
  await workbench.openFile('bad/Dockerfile')
  await expect.poll(async () => (await workbench.problems()).join('\n')).toMatch(/MAINTAINER` is deprecated/)
  // What is known of a base image is asked for, after all that the extension does of itself when it starts.
  await expect.poll(() => asked.some((path) => path.includes('/images/json'))).toBe(true)
  expect(lists()).toEqual([])
  await workbench.view('Containers')
  await expect.poll(() => lists().length).toBeGreaterThan(0)
})
