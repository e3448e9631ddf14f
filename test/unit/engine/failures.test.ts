import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import type { Address } from '../../../src/engine/endpoint.ts'
import { SshFault } from '../../../src/engine/transport/dial-stdio.ts'
import { socketFailure } from '../../../src/engine/transport/failures.ts'
import { refusal } from '../../../src/engine/transport/refusals.ts'
import { endpointAt, failureOf, transportTo } from '../../support/transports.ts'

const cleanup: (() => void)[] = []
afterEach(() => {
  for (const step of cleanup.splice(0)) step()
})

const ping = { method: 'GET', path: '/_ping', lane: 'quick' } as const
const ssh: Address = { kind: 'ssh', host: 'box' }
const tls: Address = { kind: 'tcp', host: 'box', port: 2376, tls: { skipVerify: false } }

describe('an engine that cannot be reached: what is told, and what to do', () => {
  test('no socket, a stale socket, a file and a folder in its place, for real', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'qs-failures-'))
    cleanup.push(() => rmSync(folder, { recursive: true }))
    writeFileSync(join(folder, 'file'), '')
    mkdirSync(join(folder, 'folder'))
    const told: string[] = []
    for (const name of ['absent', 'file', 'folder']) {
      const transport = transportTo({ address: { kind: 'unix', path: join(folder, name) }, url: name })
      cleanup.push(() => transport.dispose())
      const failure = await failureOf(transport.send(ping))
      expect(failure.nextStep).toBeTruthy()
      told.push(`${failure.code}: ${failure.message}`)
    }
    expect(told).toEqual([
      'unreachable: No engine listens at absent: it does not exist.',
      'unreachable: Nothing answers at file.',
      'unreachable: Nothing answers at folder.',
    ])
  })

  test('another service: the banner of an ssh server is no engine', async () => {
    const server = createServer((socket) => {
      socket.on('error', () => undefined)
      socket.end('SSH-2.0-OpenSSH_9.2\r\n')
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    cleanup.push(() => server.close())
    const { port } = server.address() as { port: number }
    const transport = transportTo({ address: { kind: 'tcp', host: '127.0.0.1', port }, url: 'tcp://x' })
    cleanup.push(() => transport.dispose())
    expect(await failureOf(transport.send(ping))).toMatchObject({ code: 'notDocker' })
  })

  test.each([
    ['EACCES', { kind: 'unix', path: '/run/docker.sock' }, 'denied', /usermod/],
    ['ENOENT', { kind: 'unix', path: '/run/podman/podman.sock' }, 'unreachable', /podman\.socket/],
    ['ENOENT', { kind: 'npipe', path: '//./pipe/docker_engine' }, 'unreachable', /Docker Desktop/],
    ['ECONNREFUSED', { kind: 'tcp', host: 'box', port: 2375 }, 'unreachable', /listens on this address/],
    ['ENOTFOUND', { kind: 'tcp', host: 'box', port: 2375 }, 'unreachable', /spelling/],
    ['ETIMEDOUT', { kind: 'tcp', host: 'box', port: 2375 }, 'unreachable', /VPN/],
    ['ECONNRESET', { kind: 'tcp', host: 'box', port: 2375 }, 'unreachable', /starting or stopping/],
    ['ERR_TLS_CERT_ALTNAME_INVALID', tls, 'denied', /host name/],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', tls, 'denied', /ca\.pem/],
    ['ERR_SSL_WRONG_VERSION_NUMBER', tls, 'notDocker', /2376/],
    ['ERR_OSSL_UNSUPPORTED', tls, 'denied', /key\.pem/],
    ['ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED', tls, 'denied', /cert\.pem/],
  ] as const)('%s on %o', (code, address, as, step) => {
    const failure = socketFailure(
      Object.assign(new Error(code), { code }),
      endpointAt(address, 'there'),
      false,
    )
    expect(failure.code).toBe(as)
    expect(failure.nextStep).toMatch(step)
    expect(failure.message).toContain('there')
  })

  test.each([
    [255, 'Host key verification failed.', 'denied', /known_hosts/],
    [255, 'me@box: Permission denied (publickey).', 'denied', /ssh-add/],
    [127, 'bash: line 1: docker: command not found', 'unsupported', /Install the Docker CLI/],
    [1, "docker: 'system dial-stdio' is not a docker command.", 'unsupported', /18\.09/],
    [1, 'permission denied while trying to connect to the Docker daemon socket', 'denied', /docker ps/],
    [1, 'Cannot connect to the Docker daemon at unix:///x. Is it running?', 'unreachable', /docker ps/],
    [255, 'ssh: Could not resolve hostname box', 'unreachable', /in a terminal/],
  ] as const)('ssh that ends with %i and %j', (exitCode, said, code, step) => {
    const failure = socketFailure(new SshFault(exitCode, said), endpointAt(ssh, 'ssh://box'), false)
    expect(failure.code).toBe(code)
    expect(failure.nextStep).toMatch(step)
  })
})

describe('an answer that says no', () => {
  const json = (message: string): string => JSON.stringify({ message })
  test.each([
    [400, 'application/json', json('client version 1.99 is too new'), 'unsupported'],
    [401, 'application/json', json('x'), 'unauthorized'],
    [403, 'application/json', json('authorization denied by plugin'), 'denied'],
    [404, 'application/json', json('No such container: x'), 'notFound'],
    [409, 'application/json', json('name "/x" is already in use by container y'), 'conflict'],
    [
      500,
      'application/json',
      json('Get "https://r/v2/": unauthorized: incorrect username or password'),
      'unauthorized',
    ],
    [500, 'application/json', json('container 0123 is not paused'), 'conflict'],
    [
      500,
      'application/json',
      JSON.stringify({ cause: 'c', message: 'no such volume', response: 500 }),
      'notFound',
    ],
    [501, 'application/json', json('not supported'), 'unsupported'],
    [503, 'application/json', json('This node is not a swarm manager.'), 'conflict'],
    [500, 'application/json', json('boom'), 'internal'],
    [404, 'application/vnd.docker.raw-stream', 'No such container: x\r\n', 'notFound'],
    [304, '', '', 'notModified'],
    [400, 'text/plain', 'Client sent an HTTP request to an HTTPS server.\n', 'unsupported'],
    [403, 'text/html', '<html>Forbidden</html>', 'denied'],
    [407, 'text/html', '<html>Proxy</html>', 'denied'],
    [502, 'text/html', '<html>Bad Gateway</html>', 'unreachable'],
    [404, 'text/html', '<html>nginx</html>', 'notDocker'],
    [404, 'text/plain', 'page not found', 'unsupported'],
    [404, 'text/plain; charset=utf-8', 'Not Found\n', 'unsupported'],
    [500, 'application/json', '{"message":', 'notDocker'],
    [404, '', '', 'notFound'],
  ])('%i %s %s', (status, type, body, code) => {
    const failure = refusal(status, type, body, 'there')
    expect(failure.code).toBe(code)
    expect(failure.message).not.toContain('<')
    expect(failure.status).toBe(status)
  })
})
