import { afterEach, describe, expect, test } from 'vitest'
import { createEngine } from '../../../src/engine/create.ts'
import type { Engine } from '../../../src/engine/engine.ts'
import {
  type Exchange,
  type ScriptedEngine,
  type Scripts,
  startScriptedEngine,
} from '../../support/scripted-engine.ts'
import { all, codeOf, endpointAt, failureOf, until } from '../../support/transports.ts'

const cleanup: (() => Promise<void> | void)[] = []
afterEach(async () => {
  for (const step of cleanup.splice(0).reverse()) await step()
})

async function scripted(scripts: Scripts = {}): Promise<{ peer: ScriptedEngine; engine: Engine }> {
  const peer = await startScriptedEngine(scripts)
  const engine = createEngine(endpointAt(peer.address, peer.url), { env: {} })
  cleanup.push(
    () => peer.close(),
    () => engine.dispose(),
  )
  return { peer, engine }
}

const signal = new AbortController().signal
const never = (): void => undefined
const html = (x: Exchange): void => {
  x.response!.writeHead(200, { 'Content-Type': 'text/html' })
  x.response!.end('<html>Welcome</html>')
}
const speaks = (max: string, min = '1.24'): Scripts => ({
  'GET /_ping': (x: Exchange) => x.json('OK', 200, { 'Api-Version': max }),
  'GET /version': { Version: '1', ApiVersion: max, MinAPIVersion: min },
  'GET /containers/json': [],
})

describe('the API version', () => {
  test.each([
    ['1.41', '1.12', '1.41'],
    ['1.45', '1.24', '1.45'],
    ['1.51', '1.24', '1.51'],
    ['1.55', '1.44', '1.51'],
    ['1.60', '1.51', '1.51'],
    ['1.100', '1.44', '1.51'],
  ])('with an engine up to %s and from %s it is %s', async (max, min, spoken) => {
    const { engine, peer } = await scripted(speaks(max, min))
    expect((await engine.connect()).apiVersion).toBe(spoken)
    await engine.containers.list()
    expect(peer.requests.at(-1)).toBe(`GET /v${spoken}/containers/json?all=true`)
  })

  test.each([
    ['1.30', '1.12', 'Docker 20.10'],
    ['1.40', '1.24', 'Docker 20.10'],
    ['1.60', '1.52', 'Update Quayside'],
  ])('an engine up to %s and from %s is told with what to update', async (max, min, step) => {
    const { engine, peer } = await scripted(speaks(max, min))
    const failure = await failureOf(engine.connect())
    expect(failure).toMatchObject({ code: 'unsupported', nextStep: expect.stringContaining(step) })
    expect(await codeOf(engine.containers.list())).toBe('unsupported')
    expect(peer.requests.every((line) => /\/(_ping|version)$/.test(line))).toBe(true)
  })

  test('what is listed does not wait for what takes an engine long to say of itself', async () => {
    const { engine } = await scripted({
      ...speaks('1.45'),
      'GET /version': never,
      'GET /events': (x: Exchange) => x.response!.writeHead(200).flushHeaders(),
    })
    const connecting = codeOf(engine.connect(AbortSignal.timeout(500)))
    expect(await engine.containers.list()).toEqual([])
    await new Promise<void>((onOpen) => void all(engine.streams.events({ onOpen }, signal)).catch(never))
    expect(await connecting).toBe('cancelled')
  })

  test.each([
    ['Docker', {}, 'front'],
    ['Podman', { 'Libpod-API-Version': '4.3.1' }, 'looked-up'],
  ])('a ping tells %s', async (_name, header, networkId) => {
    const { engine } = await scripted({
      'GET /_ping': (x: Exchange) => x.json('OK', 200, { 'Api-Version': '1.41', ...header }),
      'GET /version': never,
      'GET /networks': [{ Name: 'front', Id: 'looked-up' }],
      'GET /containers/json': [{ Id: 'a', NetworkSettings: { Networks: { front: { NetworkID: 'front' } } } }],
    })
    const [container] = await engine.containers.list()
    expect(container?.attachments).toMatchObject([{ network: 'front', networkId }])
  })

  test('many calls at once ask for it once', async () => {
    const { engine, peer } = await scripted({ 'GET /containers/json': [], 'GET /images/json': [] })
    await Promise.all([engine.containers.list(), engine.images.list(), engine.connect()])
    expect(peer.requests.filter((line) => line.endsWith('/_ping'))).toHaveLength(1)
  })

  test('a caller that leaves does not take it from the others; when all have left it is given up', async () => {
    const held: Exchange[] = []
    const { engine, peer } = await scripted({
      'GET /_ping': (x: Exchange) => void held.push(x),
      'GET /containers/json': [],
    })
    const [one, two] = [new AbortController(), new AbortController()]
    const first = codeOf(engine.connect(one.signal))
    const second = engine.containers.list({}, two.signal)
    await until(() => held.length === 1)
    one.abort()
    expect(await first).toBe('cancelled')
    held[0]!.json('OK', 200, { 'Api-Version': '1.45' })
    expect(await second).toEqual([])

    const third = codeOf(engine.connect(two.signal))
    await until(() => held.length === 2)
    two.abort()
    expect(await third).toBe('cancelled')
    await until(() => [...peer.connections].length <= 2)
  })

  test.each([
    ['a web server', { 'GET /_ping': html, 'GET /version': html }],
    ['JSON that is no engine', { 'GET /_ping': 'hm', 'GET /version': {} }],
    ['a list', { 'GET /version': [] }],
    ['null', { 'GET /version': null }],
  ])('%s is no engine', async (_name, scripts) => {
    const { engine } = await scripted(scripts)
    expect(await codeOf(engine.connect())).toBe('notDocker')
  })

  test('a proxy that lets no one ask for /info does not keep the rest from working', async () => {
    const { engine } = await scripted({
      'GET /info': (x: Exchange) => {
        x.response!.writeHead(403, { 'Content-Type': 'text/html' })
        x.response!.end('<html><body>403 Forbidden</body></html>')
      },
    })
    expect(await engine.connect()).toMatchObject({ version: '26.1.0', name: '', cpus: 0 })
  })
})

describe('answers that are not what they should be', () => {
  const odd: readonly (readonly [string, unknown])[] = [
    ['an object', {}],
    ['a text', 'hm'],
    ['a number', 42],
    ['HTML', html],
    ['nothing', (x: Exchange) => void x.response!.writeHead(200).end()],
  ]

  test.each(odd)('%s where a list is promised', async (_name, answer) => {
    const { engine } = await scripted({
      'GET /containers/json': answer,
      'GET /images/json': answer,
      'GET /networks': answer,
      'GET /volumes': answer,
    })
    expect(await codeOf(engine.containers.list())).toBe('notDocker')
    expect(await codeOf(engine.images.list())).toBe('notDocker')
    expect(await codeOf(engine.networks.list())).toBe('notDocker')
    expect(await codeOf(engine.volumes.list())).toBe('notDocker')
  })

  test.each(odd.slice(1))('%s where an object is promised', async (_name, answer) => {
    const { engine } = await scripted({ 'GET /containers/a/json': answer, 'GET /system/df': answer })
    expect(await codeOf(engine.containers.inspect('a'))).toBe('notDocker')
    expect(await codeOf(engine.system.diskUsage())).toBe('notDocker')
  })

  test.each([
    ['null', null],
    ['an empty list', []],
    ['nothing', (x: Exchange) => void x.response!.writeHead(200).end()],
  ])('no changes, said as %s, are no changes', async (_name, answer) => {
    const { engine } = await scripted({ 'GET /containers/a/changes': answer })
    expect(await engine.containers.changes('a')).toEqual([])
  })

  test('null lists are empty ones, and one odd row does not take the others away', async () => {
    const { engine } = await scripted({
      'GET /containers/json': [
        null,
        42,
        {},
        { Id: 'a', Names: null, Ports: null, Labels: null, Mounts: [null] },
      ],
      'GET /images/json': null,
      'GET /volumes': { Volumes: null, Warnings: null },
      'GET /networks': null,
    })
    expect((await engine.containers.list()).map(({ name }) => name)).toEqual(['a'])
    expect(await engine.images.list()).toEqual([])
    expect(await engine.volumes.list()).toEqual([])
    expect(await engine.networks.list()).toEqual([])
  })

  test('an answer of creation without an id does not hang', async () => {
    const { engine } = await scripted({
      'POST /containers/create': (x: Exchange) => void x.response!.writeHead(201).end(),
      'POST /networks/create': (x: Exchange) => x.json(null, 201),
      'POST /volumes/create': (x: Exchange) => x.json({}, 201),
    })
    expect(await codeOf(engine.containers.create('a', {}))).toBe('notDocker')
    expect(await codeOf(engine.networks.create({ name: 'a' }))).toBe('notDocker')
    expect(await codeOf(engine.volumes.create({ name: 'a' }))).toBe('notDocker')
  })
})

describe('what is sent', () => {
  test('no value of a body is ever in the request line', async () => {
    const bodies: string[] = []
    const take = async (x: Exchange): Promise<void> => {
      bodies.push((await x.body()).toString())
      x.json({ Id: 'abc', Name: 'v' }, 201)
    }
    const { engine, peer } = await scripted({ '*': take })
    const secret = 'hunter2'
    await engine.containers.create('web', { Env: [`DB_PASSWORD=${secret}`] }, 'linux/amd64')
    await engine.volumes.create({ name: 'v', options: { o: `password=${secret}` } })
    await engine.networks.create({ name: 'n', labels: { token: secret } })
    await engine.containers.update('a', { Labels: { token: secret } })
    expect(bodies.filter((body) => body.includes(secret))).toHaveLength(4)
    expect(peer.requests.join('\n')).not.toContain(secret)
    expect(peer.requests).toContain('POST /v1.45/containers/create?name=web&platform=linux%2Famd64')
  })

  test('nothing is sent for ids that are none', async () => {
    const { engine, peer } = await scripted()
    for (const id of ['', '..', '/name', 'x/../../networks/none', '-rf']) {
      const codes = [
        engine.containers.inspect(id),
        engine.containers.remove(id, { force: true }),
        engine.containers.list({ ids: [id] }),
        engine.networks.remove(id),
        engine.images.remove(`../${id}`),
        engine.volumes.remove(`../${id}`),
        engine.files.stat(id, '/'),
        engine.streams.exec(id, { command: ['id'], tty: false, stdin: false }),
        all(
          engine.streams.logs(id, { follow: false, stdout: true, stderr: true, timestamps: false }, signal),
        ),
        all(engine.streams.pull(`-${id}`, {}, signal)),
      ]
      expect(new Set(await Promise.all(codes.map(codeOf)))).toEqual(new Set(['invalid']))
    }
    expect(peer.requests.every((line) => /\/(_ping|version)$/.test(line))).toBe(true)
  })

  test('DOCKER_HOST and DEBUG in the environment change nothing', async () => {
    const other = await startScriptedEngine({}, { tcp: true })
    cleanup.push(() => other.close())
    const before = { ...process.env }
    Object.assign(process.env, { DOCKER_HOST: other.url, DEBUG: '*', DOCKER_TLS_VERIFY: '1' })
    cleanup.push(() => {
      for (const name of ['DOCKER_HOST', 'DEBUG', 'DOCKER_TLS_VERIFY']) delete process.env[name]
      Object.assign(process.env, before)
    })
    const { engine } = await scripted({ 'GET /containers/json': [] })
    expect(await engine.containers.list()).toEqual([])
    expect(other.accepted).toBe(0)
  })

  test('credentials go into the header, and into no error', async () => {
    const { Secret } = await import('../../../src/engine/secret.ts')
    let header: unknown
    const { engine } = await scripted({
      'POST /images/create': (x: Exchange) => {
        header = x.headers['x-registry-auth']
        x.json({ message: 'unauthorized: incorrect username or password' }, 500)
      },
    })
    const auth = { serverAddress: 'r.test', username: 'u', password: new Secret('hunter2') }
    const failure = await failureOf(all(engine.streams.pull('r.test/app', { auth }, signal)))
    expect(failure.code).toBe('unauthorized')
    expect(Buffer.from(String(header), 'base64').toString()).toContain('hunter2')
    expect(JSON.stringify([failure, failure.message, failure.stack, auth])).not.toContain('hunter2')
  })
})

describe('states', () => {
  const status =
    (code: number, message = '') =>
    (x: Exchange) =>
      x.json({ message }, code)

  test('started already, stopped already, and removed already are fine', async () => {
    const { engine } = await scripted({
      'POST /containers/a/start': (x: Exchange) => void x.response!.writeHead(304).end(),
      'POST /containers/a/stop': (x: Exchange) => void x.response!.writeHead(304).end(),
      'DELETE /containers/a': status(404, 'No such container: a'),
    })
    await engine.containers.start('a')
    await engine.containers.stop('a')
    await engine.containers.remove('a')
  })

  test('a removal that is under way already is fine, and one that Podman fails while a container ends is tried again', async () => {
    let turn = 0
    const { engine, peer } = await scripted({
      'DELETE /containers/a': status(409, 'removal of container a is already in progress'),
      'DELETE /containers/b': (x: Exchange) => status((turn += 1) < 3 ? 500 : 204, 'unable to stop')(x),
      'DELETE /containers/c': status(500, 'driver failed'),
    })
    await engine.containers.remove('a')
    await engine.containers.remove('b')
    expect(turn).toBe(3)
    expect(await codeOf(engine.containers.remove('c'))).toBe('internal')
    expect(peer.requests.filter((line) => line.endsWith('/containers/c'))).toHaveLength(3)
  })

  test('an error in the middle of a pull fails it with its text', async () => {
    const { engine } = await scripted({
      'POST /images/create': (x: Exchange) => {
        x.response!.writeHead(200)
        x.response!.write('{"status":"Pulling","id":"latest"}\r\n')
        x.response!.end('{"errorDetail":{"message":"toomanyrequests"},"error":"toomanyrequests"}\r\n')
      },
    })
    const got: unknown[] = []
    const read = async (): Promise<void> => {
      for await (const record of engine.streams.pull('app', {}, signal)) got.push(record)
    }
    expect(await failureOf(read())).toMatchObject({ message: 'toomanyrequests' })
    expect(got).toEqual([{ status: 'Pulling', id: 'latest' }])
  })

  test('the digits of an event time survive, and the command line of an exec does not', async () => {
    const nano = '1754049600123456789'
    const line = (action: string): string =>
      `{"Type":"container","Action":"${action}","Actor":{"ID":"c","Attributes":{"name":"\\"timeNano\\":1"}},"time":1754049600,"timeNano":${nano}}\n`
    let opened = 0
    const { engine } = await scripted({
      'GET /events': (x: Exchange) => {
        expect(opened).toBe(0)
        x.raw(`HTTP/1.1 200 OK\r\n\r\n${line('exec_create: sh -c echo p4ss')}nonsense\n${line('die')}`, true)
      },
    })
    const events = await all(engine.streams.events({ since: '1.5', onOpen: () => (opened += 1) }, signal))
    expect(opened).toBe(1)
    expect(events.map(({ action, timeNano }) => `${action} ${timeNano}`)).toEqual([
      `exec_create ${nano}`,
      `die ${nano}`,
    ])
    expect(JSON.stringify(events)).not.toContain('p4ss')
  })

  test('a resize that fails is nobody’s trouble, and cells are kept in bounds', async () => {
    const { engine, peer } = await scripted({ 'POST /exec/e/resize': status(500, 'no such exec') })
    await engine.streams.resizeExec('e', { columns: 100_000, rows: -1 })
    expect(peer.requests.at(-1)).toBe('POST /v1.45/exec/e/resize?h=1&w=1000')
  })

  test('a compressed archive is never sent into a container', async () => {
    const { engine, peer } = await scripted({ 'PUT /containers/a/archive': never })
    const heads = ['1f8b0800', '425a6839', 'fd377a585a00', '28b52ffd']
    for (const head of heads) {
      async function* archive(): AsyncGenerator<Buffer> {
        for (const byte of Buffer.from(`${head}00000000`, 'hex')) yield Buffer.of(byte)
      }
      expect(await codeOf(engine.files.putArchive('a', '/', archive(), signal))).toBe('invalid')
    }
    expect(peer.requests.filter((line) => line.startsWith('PUT')).length).toBeLessThanOrEqual(heads.length)
  })

  test('Podman’s 404 with a stat is a stat; without one nothing is there', async () => {
    const stat = {
      name: 'l',
      size: 3,
      mode: 0x08000000 + 0o777,
      mtime: '2024-01-02T03:04:05Z',
      linkTarget: '/x',
    }
    const header = Buffer.from(JSON.stringify(stat)).toString('base64')
    const { engine } = await scripted({
      'HEAD /containers/a/archive': (x: Exchange) =>
        void x
          .response!.writeHead(
            404,
            x.query.get('path') === '/l' ? { 'X-Docker-Container-Path-Stat': header } : {},
          )
          .end(),
    })
    expect(await engine.files.stat('a', '/l')).toEqual({
      name: 'l',
      size: 3,
      mode: 0o777,
      type: 'symlink',
      mtime: Date.UTC(2024, 0, 2, 3, 4, 5),
      linkTarget: '/x',
    })
    expect(await codeOf(engine.files.stat('a', '/none'))).toBe('notFound')
  })
})
