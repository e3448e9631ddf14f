import { afterAll, describe, expect, test } from 'vitest'
import { startEngine, startPodman } from '../../scripts/hosts/hosts.mjs'
import type { Engine } from '../../src/engine/engine.ts'
import { codeOf, failureOf } from '../support/transports.ts'
import { Bench, bench, columns, engineAt, fresh } from './under-test.ts'

describe.each(columns)('volumes and networks of %s', (_name, host) => {
  const open = bench(host)

  test('a volume from creation to removal', async () => {
    const it = await open()
    const { volumes } = it.engine
    const name = fresh('v')
    expect(await volumes.create({ name, labels: { canary: 'yes' } })).toMatchObject({
      kind: 'volume',
      id: name,
      driver: 'local',
      labels: { canary: 'yes' },
      anonymous: false,
    })
    const listed = (await volumes.list()).find(({ id }) => id === name)!
    expect(listed).toMatchObject({ scope: 'local', mountpoint: expect.stringContaining(name) as string })
    expect(Math.abs(listed.created! - Date.now())).toBeLessThan(3_600_000)
    expect((await volumes.inspect(name))['Name']).toBe(name)

    const user = await it.create(['true'], { HostConfig: { Binds: [`${name}:/data`] } })
    const refused = await failureOf(volumes.remove(name))
    expect(refused.code).toBe('conflict')
    expect(refused.nextStep).toContain('containers')
    await it.engine.containers.remove(user)
    await volumes.remove(name)
    expect(await codeOf(volumes.remove(name))).toBe('notFound')
    expect(await codeOf(volumes.inspect(name))).toBe('notFound')
  })

  test('a network, its members, and what cannot be removed', async () => {
    const it = await open()
    const { networks, containers } = it.engine
    const name = fresh('n')
    const id = await networks.create({
      name,
      internal: true,
      subnet: '10.213.7.0/24',
      gateway: '10.213.7.1',
      labels: { canary: 'yes' },
    })
    const listed = (await networks.list()).find((network) => network.id === id)!
    expect(listed).toMatchObject({
      name,
      driver: 'bridge',
      internal: true,
      builtIn: false,
      labels: { canary: 'yes' },
      subnets: [{ subnet: '10.213.7.0/24', gateway: '10.213.7.1' }],
    })
    expect((await networks.inspect(id))['Name']).toBe(name)
    const builtIn = (await networks.list())
      .filter((network) => network.builtIn)
      .map((network) => network.name)
    expect([...builtIn].sort()).toEqual(host.version === 'podman' ? ['bridge'] : ['bridge', 'host', 'none'])

    const member = await it.idle()
    await networks.connect(id, member, { aliases: ['alias'], ipv4: '10.213.7.77' })
    const [row] = await containers.list({ ids: [member] })
    expect(row!.attachments.find(({ network }) => network === name)).toMatchObject({
      networkId: id,
      ipv4: '10.213.7.77',
    })
    expect(await codeOf(networks.remove(id))).toBe('conflict')
    await networks.disconnect(id, member, { force: true })
    await networks.remove(id)
    expect(await codeOf(networks.remove(id))).toBe('notFound')
    expect((await networks.list()).some((network) => network.id === id)).toBe(false)
  })

  test('how much disk all of it takes', async () => {
    const it = await open()
    const id = await it.run(['sh', '-c', 'head -c 100000 /dev/zero >/big'])
    await it.engine.containers.wait(id, 'not-running')
    const usage = await it.engine.system.diskUsage()
    expect(usage.images.length).toBeGreaterThan(0)
    expect(usage.images.every((image) => image.size > 0)).toBe(true)
    expect(usage.containers.find((container) => container.id === id)!.sizeRw).toBeGreaterThanOrEqual(100_000)
  })

  test('the sizes of volumes alone', async () => {
    const it = await open()
    const name = fresh('measured')
    await it.engine.volumes.create({ name })
    const id = await it.run(['sh', '-c', 'head -c 100000 /dev/zero >/data/big'], {
      HostConfig: { Binds: [`${name}:/data`] },
    })
    await it.engine.containers.wait(id, 'not-running')
    const usage = await it.engine.system.volumeUsage()
    expect(usage.find((volume) => volume.name === name)!.size).toBeGreaterThanOrEqual(100_000)
    await it.engine.containers.remove(id, { force: true })
    await it.engine.volumes.remove(name)
  })
})

interface Own {
  readonly name: string
  readonly start: () => Promise<{ dockerHost: string; env: Record<string, string>; stop(): Promise<void> }>
}

const versions = new Set(columns.map(([, { version }]) => version))
const own: readonly Own[] = [
  ...(['20.10', '28'] as const)
    .filter((version) => versions.has(version))
    .map((version) => ({ name: version, start: () => startEngine({ version }) })),
  ...(versions.has('podman') ? [{ name: 'podman', start: () => startPodman() }] : []),
]

describe.each(own.map((one) => [one.name, one] as const))(
  'pruning an engine of its own: %s',
  (name, { start }) => {
    const opened: Promise<{ it: Bench; engine: Engine }> = open()
    const stops: (() => Promise<void>)[] = []
    afterAll(async () => {
      for (const stop of stops.reverse()) await stop()
    })

    test('volumes: the anonymous ones alone, unless all are asked for, whatever the engine’s version', async () => {
      const { it, engine } = await opened
      const { volumes, containers } = engine
      for (const label of ['named', 'used']) await volumes.create({ name: label })
      const user = await it.create(['true'], {
        Volumes: { '/anon': {} },
        HostConfig: { Binds: ['used:/data'] },
      })
      const anonymous = (await volumes.list()).find((volume) => volume.anonymous)!
      expect((await volumes.prune({ all: false })).removed).toEqual([])
      // The anonymous volume is unused once its container is gone without its volumes.
      await containers.remove(user)
      const keeper = await it.create(['true'], { HostConfig: { Binds: ['used:/data'] } })
      expect((await volumes.prune({ all: false })).removed).toEqual([anonymous.name])
      expect((await volumes.list()).map((volume) => volume.name).sort()).toEqual(['named', 'used'])
      expect((await volumes.prune({ all: true })).removed).toEqual(['named'])
      expect((await volumes.list()).map((volume) => volume.name)).toEqual(['used'])
      await containers.remove(keeper)
      await volumes.remove('used')
    })

    test('containers that have ended, networks without members, images without names', async () => {
      const { it, engine } = await opened
      const running = await it.idle()
      const ended = await it.run(['true'])
      await engine.containers.wait(ended, 'not-running')
      expect((await engine.containers.prune()).removed).toEqual([ended])
      expect(await engine.containers.list({ ids: [running] })).toHaveLength(1)

      const empty = fresh('empty')
      await engine.networks.create({ name: empty })
      expect((await engine.networks.prune()).removed).toContain(empty)

      const committed = await engine.images.commit(running, { pause: false, message: 'nameless' })
      const pruned = await engine.images.prune({ all: false })
      expect(pruned.removed.join()).toContain(committed.replace('sha256:', ''))
      expect((await engine.images.list()).some((image) => image.dangling)).toBe(false)
      const unused = await engine.images.prune({ all: true })
      expect(unused.removed.length).toBeGreaterThan(0)
      const imageId = (await engine.containers.list({ ids: [running] }))[0]!.imageId
      expect((await engine.images.list()).map(({ id }) => id)).toEqual([expect.stringContaining(imageId)])
    })

    test('the build cache, where there is one', async () => {
      const { engine } = await opened
      if (name === 'podman')
        expect(await codeOf(engine.system.pruneBuildCache({ all: true }))).toBe('unsupported')
      else expect((await engine.system.pruneBuildCache({ all: true })).reclaimed).toBeGreaterThanOrEqual(0)
    })

    async function open(): Promise<{ it: Bench; engine: Engine }> {
      const private_ = await start()
      stops.push(() => private_.stop())
      const column = columns.find(([, { version }]) => version === name)![1]
      const host = { ...column, dockerHost: private_.dockerHost, env: private_.env }
      const engine = await engineAt(host)
      stops.push(() => Promise.resolve(engine.dispose()))
      return { it: new Bench(engine, host), engine }
    }
  },
)
