import { describe, expect, test } from 'vitest'
import { codeOf, failureOf } from '../support/transports.ts'
import { bench, columns, fresh } from './under-test.ts'

describe.each(columns)('containers on %s', (_name, host) => {
  const open = bench(host)

  test('says who it is and what it speaks', async () => {
    const { engine, podman } = await open()
    const info = await engine.connect()
    expect(info.product).toBe(podman ? 'podman' : 'docker')
    expect(info.apiVersion).toBe(
      { '20.10': '1.41', '26': '1.45', '28': '1.51', podman: '1.41' }[host.version],
    )
    expect(info.id).not.toBe('')
    expect((await engine.connect()).id).toBe(info.id)
    expect(info).toMatchObject({ osType: 'linux', swarm: 'inactive' })
    expect(info.cpus).toBeGreaterThan(0)
    expect(info.memory).toBeGreaterThan(0)
    expect(info.components.length).toBeGreaterThan(0)
    expect(engine.info).toEqual(await engine.connect())
    expect(await engine.system.time()).toBeGreaterThan(1.7e12)
  })

  test('a container from creation to removal, each state as it is listed', async () => {
    const { engine, create } = await withCreate()
    const { containers } = engine
    const id = await create(['sleep', '3600'], {
      Labels: { 'com.docker.compose.project': 'shop', 'com.docker.compose.service': 'web' },
    })
    const listed = async () => {
      const rows = await containers.list({ ids: [id] })
      expect(rows).toHaveLength(1)
      return rows[0]!
    }
    expect(await listed()).toMatchObject({
      kind: 'container',
      engine: engine.id,
      id,
      state: 'created',
      compose: { project: 'shop', service: 'web' },
    })

    await containers.start(id)
    await containers.start(id)
    const running = await listed()
    expect(running).toMatchObject({ state: 'running', status: expect.stringMatching(/^Up/) })
    expect(running.command).toContain('sleep')
    expect(Math.abs(running.created - Date.now())).toBeLessThan(3_600_000)

    await containers.pause(id)
    expect((await listed()).state).toBe('paused')
    expect(await codeOf(containers.pause(id))).toBe('conflict')
    await containers.unpause(id)
    expect((await listed()).state).toBe('running')
    expect(await codeOf(containers.unpause(id))).toBe('conflict')

    const name = fresh('renamed')
    await containers.rename(id, name)
    expect((await listed()).name).toBe(name)

    const { titles, processes } = await containers.top(id)
    expect(titles.length).toBeGreaterThan(0)
    expect(processes.flat().join(' ')).toContain('sleep')

    await containers.restart(id, { timeoutSeconds: 1 })
    expect((await listed()).state).toBe('running')

    await containers.stop(id, { timeoutSeconds: 1 })
    await containers.stop(id)
    const stopped = await listed()
    expect(stopped).toMatchObject({ state: 'exited', status: expect.stringMatching(/^Exited/) })
    expect(stopped.exitCode).toBeTypeOf('number')

    await containers.start(id)
    expect(await codeOf(containers.remove(id))).toBe('conflict')
    await containers.kill(id, 'SIGKILL')
    expect((await containers.wait(id, 'not-running')).exitCode).toBe(137)
    await containers.remove(id, { force: true, volumes: true })
    await containers.remove(id)
    expect(await containers.list({ ids: [id] })).toEqual([])
    expect(await failureOf(containers.inspect(id))).toMatchObject({ code: 'notFound', status: 404 })
  })

  test('ports, mounts and networks as they were asked for', async () => {
    const { engine, run } = await withCreate()
    const volume = fresh('v')
    const id = await run(['sleep', '3600'], {
      ExposedPorts: { '80/tcp': {}, '53/udp': {} },
      HostConfig: {
        PortBindings: { '80/tcp': [{ HostIp: '127.0.0.1', HostPort: '' }] },
        Mounts: [
          { Type: 'volume', Source: volume, Target: '/data' },
          { Type: 'bind', Source: '/tmp', Target: '/mnt', ReadOnly: true },
        ],
      },
    })
    const [row] = await engine.containers.list({ ids: [id] })
    const published = row!.ports.filter(({ hostPort }) => hostPort !== undefined)
    expect(published).toEqual([
      { containerPort: 80, protocol: 'tcp', hostIp: '127.0.0.1', hostPort: expect.any(Number) },
    ])
    expect([...row!.mounts].map(({ destination }) => destination).sort()).toEqual(['/data', '/mnt'])
    expect(row!.attachments).toHaveLength(1)
    expect(row!.attachments[0]!.networkId).not.toBe('')
    const raw = await engine.containers.inspect(id)
    expect(raw['Id']).toBe(id)
    await engine.containers.remove(id, { force: true })
    await engine.volumes.remove(volume)
  })

  test('wait tells the exit code, begun before the start or after the end', async () => {
    const { engine, create } = await withCreate()
    const id = await create(['sh', '-c', 'sleep 0.5; exit 3'])
    const before = engine.containers.wait(id, 'next-exit')
    await engine.containers.start(id)
    expect(await before).toEqual({ exitCode: 3 })
    expect(await engine.containers.wait(id, 'not-running')).toEqual({ exitCode: 3 })
  })

  test('the exit code of a container that removes itself, however soon it ends', async () => {
    const { engine, create } = await withCreate()
    for (let turn = 0; turn < 8; turn += 1) {
      const id = await create(['sh', '-c', 'exit 3'], { HostConfig: { AutoRemove: true } })
      const ended = engine.containers.wait(id, 'next-exit')
      await engine.containers.start(id)
      expect(await ended).toEqual({ exitCode: 3 })
    }
  })

  test('a wait is left when its signal says so', async () => {
    const { engine, idle } = await withCreate()
    const id = await idle()
    const control = new AbortController()
    const waiting = codeOf(engine.containers.wait(id, 'not-running', control.signal))
    control.abort()
    expect(await waiting).toBe('cancelled')
  })

  test('what a container changed in its files', async () => {
    const { engine, run } = await withCreate()
    const id = await run(['sh', '-c', 'echo x >/added; rm /www/index.html; echo >>/etc/passwd'])
    await engine.containers.wait(id, 'not-running')
    const changes = await engine.containers.changes(id)
    const of = (path: string) => changes.find((change) => change.path === path)?.change
    expect([of('/added'), of('/www/index.html'), of('/etc/passwd')]).toEqual(['added', 'deleted', 'modified'])
  })

  test('limits can be changed while it runs', async () => {
    const { engine, idle, podman } = await withCreate()
    const id = await idle()
    if (podman) {
      expect(await codeOf(engine.containers.update(id, { CpuShares: 512 }))).not.toBe('lost')
      return
    }
    await engine.containers.update(id, { CpuShares: 512 })
    const raw = await engine.containers.inspect(id)
    expect((raw['HostConfig'] as Record<string, unknown>)['CpuShares']).toBe(512)
  })

  test('what cannot be is refused with a reason', async () => {
    const { engine, image } = await withCreate()
    const { containers } = engine
    const name = fresh('twice')
    const { id } = await containers.create(name, { Image: image, Cmd: ['true'] })
    expect(await codeOf(containers.create(name, { Image: image }))).toBe('conflict')
    expect(await codeOf(containers.create(undefined, { Image: 'no/such:image' }))).toBe('notFound')
    expect(await codeOf(containers.kill(id))).toBe('conflict')
    await containers.remove(id)
    const calls = [containers.start('no-such'), containers.stop('no-such'), containers.top('no-such')]
    expect(await Promise.all(calls.map(codeOf))).toEqual(['notFound', 'notFound', 'notFound'])
  })

  async function withCreate() {
    const it = await open()
    return {
      engine: it.engine,
      image: it.image,
      podman: it.podman,
      create: it.create.bind(it),
      run: it.run.bind(it),
      idle: it.idle.bind(it),
    }
  }
})
