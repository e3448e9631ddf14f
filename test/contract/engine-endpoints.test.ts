import { createHash } from 'node:crypto'
import { readFileSync, readdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, afterEach, describe, expect, test } from 'vitest'
import { createEngine } from '../../src/engine/create.ts'
import type { Endpoint } from '../../src/engine/endpoint.ts'
import type { Engine } from '../../src/engine/engine.ts'
import { Secret } from '../../src/engine/secret.ts'
import { codeOf, failureOf, textOf } from '../support/transports.ts'
import { Bench, columns, endpointOf, engineAt, fresh, hosts, unframed } from './under-test.ts'

const cleanup: (() => void)[] = []
afterEach(() => {
  for (const step of cleanup.splice(0).reverse()) step()
})

function open(endpoint: Endpoint, env: Readonly<Record<string, string>> = {}): Engine {
  const engine = createEngine(endpoint, { env, deadlines: { connect: 15_000 } })
  cleanup.push(() => engine.dispose())
  return engine
}

const docker28 = columns.find(([, { version }]) => version === '28')?.[1]

/** What has to work through any door: calls, streams, a hijacked connection both ways, its size, its end. */
async function useOf(engine: Engine): Promise<void> {
  await engine.connect()
  const it = new Bench(engine, docker28!)
  const id = await it.idle()
  const { id: exec, stream } = await engine.streams.exec(id, {
    command: ['sh', '-c', 'cat; exit 4'],
    tty: false,
    stdin: true,
  })
  await stream.write(Buffer.from('through'))
  stream.endInput()
  expect((await unframed(stream.output)).stdout).toBe('through')
  let state = await engine.streams.execState(exec)
  for (; state.running; state = await engine.streams.execState(exec)) await pause(20)
  expect(state.exitCode).toBe(4)
  const archive = await textOf(engine.files.getArchive(id, '/www/index.html', new AbortController().signal))
  expect(archive).toContain('It runs')
  await largeFile(engine, id)
  const calls = Array.from({ length: 12 }, () => engine.containers.list({ ids: [id] }))
  for (const rows of await Promise.all(calls)) expect(rows).toHaveLength(1)
  await engine.containers.remove(id, { force: true })
}

/** What is large goes both ways in memory that is used again. */
async function largeFile(engine: Engine, id: string): Promise<void> {
  const { signal } = new AbortController()
  const printed = async (script: string): Promise<string> => {
    const { stream } = await engine.streams.exec(id, {
      command: ['sh', '-c', script],
      tty: false,
      stdin: false,
    })
    return (await unframed(stream.output)).stdout
  }
  const size = 6 * 1024 * 1024
  const sum = (path: string): string => `sha256sum < ${path}`
  const wanted = await printed(`head -c ${size} /dev/urandom > /tmp/large; ${sum('/tmp/large')}`)
  const pieces: Buffer[] = []
  for await (const piece of engine.files.getArchive(id, '/tmp/large', signal, { lent: true }))
    pieces.push(Buffer.from(piece))
  const archive = Buffer.concat(pieces)
  const content = archive.subarray(512, 512 + size)
  expect(`${createHash('sha256').update(content).digest('hex')}  -\n`).toBe(wanted)
  const memory = Buffer.alloc(100_000)
  async function* again(): AsyncGenerator<Buffer> {
    for (let at = 0; at < archive.length; at += memory.length)
      yield memory.subarray(0, archive.copy(memory, 0, at, at + memory.length))
  }
  await engine.files.putArchive(id, '/www', again(), signal)
  expect(await printed(sum('/www/large'))).toBe(wanted)
}

describe.skipIf(hosts.tls === undefined)('TLS with client certificates', () => {
  const { dockerHost = '', certPath = '' } = hosts.tls ?? {}
  const env = { DOCKER_HOST: dockerHost, DOCKER_TLS_VERIFY: '1', DOCKER_CERT_PATH: certPath }

  test('all works through it', async () => {
    await useOf(open(await endpointOf(env)))
  })

  test('never without TLS, never without the client’s certificate, never with a CA of someone else', async () => {
    const plain = await failureOf(open(await endpointOf({ DOCKER_HOST: dockerHost })).connect())
    expect(plain).toMatchObject({
      code: 'unsupported',
      nextStep: expect.stringContaining('DOCKER_TLS_VERIFY'),
    })

    const folder = mkdtempSync(join(tmpdir(), 'qs-certs-'))
    cleanup.push(() => rmSync(folder, { recursive: true }))
    writeFileSync(join(folder, 'ca.pem'), readFileSync(join(certPath, 'ca.pem')))
    const without = await failureOf(open(await endpointOf({ ...env, DOCKER_CERT_PATH: folder })).connect())
    expect(without).toMatchObject({ code: 'denied', nextStep: expect.stringContaining('cert.pem') })

    // A client certificate is none that signs servers.
    writeFileSync(join(folder, 'ca.pem'), readFileSync(join(certPath, 'cert.pem')))
    const stranger = await failureOf(open(await endpointOf({ ...env, DOCKER_CERT_PATH: folder })).connect())
    expect(stranger).toMatchObject({ code: 'denied', nextStep: expect.stringContaining('ca.pem') })
  })

  test('not for another host than the certificate’s, unless nothing is to be verified', async () => {
    const endpoint = await endpointOf(env)
    const { address } = endpoint
    if (address.kind !== 'tcp') throw new Error('no tcp')
    const named = (skipVerify: boolean): Endpoint => ({
      ...endpoint,
      address: { ...address, tls: { ...address.tls, skipVerify, serverName: 'elsewhere.test' } },
    })
    expect(await codeOf(open(named(false)).connect())).toBe('denied')
    await open(named(true)).connect()
  })

  test('a key that is none is told, and is in no message', async () => {
    const endpoint = await endpointOf(env)
    if (endpoint.address.kind !== 'tcp') throw new Error('no tcp')
    const { address } = endpoint
    const tls = { ...address.tls!, key: new Secret('-----BEGIN nonsense hunter2') }
    const failure = await failureOf(open({ ...endpoint, address: { ...address, tls } }).connect())
    expect(`${failure.message} ${failure.nextStep} ${failure.stack}`).not.toContain('hunter2')
    expect(failure.code).toBe('denied')
  })

  test('an engine without TLS at an address that is to have it is no engine', async () => {
    const server = await import('node:net').then(({ createServer }) =>
      createServer((socket) => {
        socket.on('error', () => undefined)
        socket.end('HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n')
      }),
    )
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    cleanup.push(() => server.close())
    const { port } = server.address() as { port: number }
    const endpoint = await endpointOf({ ...env, DOCKER_HOST: `tcp://127.0.0.1:${port}` })
    expect(await codeOf(open(endpoint).connect())).toBe('notDocker')
  })
})

describe.skipIf(hosts.ssh === undefined)('ssh, by the user’s own', () => {
  const ssh = hosts.ssh!
  const env: Readonly<Record<string, string>> =
    hosts.ssh === undefined
      ? {}
      : { ...docker28!.env, PATH: `${ssh.binDir}:${docker28!.env['PATH'] ?? process.env['PATH']}` }

  test('all works through it, with few connections, and no process stays', async () => {
    const endpoint = await endpointOf({ DOCKER_HOST: ssh.dockerHost })
    const engine = open(endpoint, env)
    await useOf(engine)
    expect(dialling()).toBeLessThanOrEqual(4)
    expect(dialling()).toBeGreaterThan(0)
    engine.dispose()
    while (dialling() > 0) await pause(20)
  })

  test('a name that only their configuration knows', async () => {
    const endpoint = await endpointOf({ DOCKER_HOST: ssh.aliasHost })
    await open(endpoint, env).connect()
  })

  test.each([
    ['is not known', () => ''],
    [
      'has changed',
      () =>
        readFileSync(ssh.knownHosts, 'utf8').replace(
          /ssh-ed25519 .*/g,
          readFileSync(`${ssh.identity}.pub`, 'utf8'),
        ),
    ],
  ])('a host key that %s is not accepted', async (_case, known) => {
    const folder = mkdtempSync(join(tmpdir(), 'qs-ssh-'))
    cleanup.push(() => rmSync(folder, { recursive: true }))
    writeFileSync(join(folder, 'known_hosts'), known())
    const config = readFileSync(ssh.sshConfig, 'utf8').replace(ssh.knownHosts, join(folder, 'known_hosts'))
    writeFileSync(join(folder, 'config'), config)
    writeFileSync(
      join(folder, 'ssh'),
      `#!/bin/sh\nexec /usr/bin/ssh -F ${folder}/config -o StrictHostKeyChecking=yes "$@"\n`,
      {
        mode: 0o755,
      },
    )
    const endpoint = await endpointOf({ DOCKER_HOST: ssh.dockerHost })
    const failure = await failureOf(
      open(endpoint, { ...env, PATH: `${folder}:${env['PATH'] ?? ''}` }).connect(),
    )
    expect(failure).toMatchObject({ code: 'denied', nextStep: expect.stringContaining('known_hosts') })
  })

  test('no ssh, and a host where nobody answers', async () => {
    const endpoint = await endpointOf({ DOCKER_HOST: ssh.dockerHost })
    expect(await codeOf(open(endpoint, { PATH: '/nonexistent' }).connect())).toBe('unsupported')
    const closed = await endpointOf({ DOCKER_HOST: 'ssh://root@127.0.0.1:1' })
    expect(await codeOf(open(closed, env).connect())).toBe('unreachable')
  })

  /** The user's ssh processes that stand behind this test's connections. */
  function dialling(): number {
    return readdirSync('/proc').filter((pid) => {
      if (!/^\d+$/.test(pid)) return false
      try {
        const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0')
        const parent = /^PPid:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
        return words.includes('dial-stdio') && parent === String(process.pid)
      } catch {
        return false
      }
    }).length
  }
})

describe.skipIf(columns.length < 2)('two engines side by side', () => {
  const made: (() => Promise<unknown>)[] = []
  afterAll(async () => {
    for (const step of made) await step()
  })

  test('the one that is shown is the one that is used, whatever the environment says', async () => {
    const [one, two] = [columns[0]![1], columns[1]![1]]
    const before = process.env['DOCKER_HOST']
    process.env['DOCKER_HOST'] = two.dockerHost
    cleanup.push(() => {
      if (before === undefined) delete process.env['DOCKER_HOST']
      else process.env['DOCKER_HOST'] = before
    })
    const [first, second] = [await engineAt(one), await engineAt(two)]
    cleanup.push(
      () => first.dispose(),
      () => second.dispose(),
    )
    expect(first.info!.id).not.toBe(second.info!.id)
    const name = fresh('here')
    await first.volumes.create({ name })
    made.push(async () => {
      const engine = await engineAt(one)
      await engine.volumes.remove(name)
      engine.dispose()
    })
    const named = async (engine: Engine): Promise<boolean> =>
      (await engine.volumes.list()).some(({ id }) => id === name)
    expect([await named(first), await named(second)]).toEqual([true, false])
    expect((await first.containers.list()).every(({ engine }) => engine === first.id)).toBe(true)
  })
})
