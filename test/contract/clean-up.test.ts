import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startEngine, startRegistry } from '../../scripts/hosts/hosts.mjs'
import { createEngine } from '../../src/engine/create.ts'
import type { Engine } from '../../src/engine/engine.ts'
import { sceneOn } from '../support/command-deps.ts'
import { chooses, types } from '../support/scripted-ui.ts'
import { endpointOf } from './under-test.ts'

/** Pruning takes all there is: these engines are started for it. */
describe.each(['20.10', '28'] as const)('clean-up on Docker %s', (version) => {
  let host: Awaited<ReturnType<typeof startEngine>>
  let engine: Engine
  beforeAll(async () => {
    host = await startEngine({ version })
    engine = createEngine(await endpointOf({ DOCKER_HOST: host.dockerHost }), { env: host.env })
    await engine.connect()
  })
  afterAll(async () => {
    engine?.dispose()
    await host?.stop()
  })

  const names = async () => (await engine.containers.list()).map(({ name }) => name).sort()
  /** The engine lists an exit a moment after the program's end has been told. */
  const settled = (name: string) =>
    expect
      .poll(async () => (await engine.containers.list()).find((entry) => entry.name === name)?.state, {
        timeout: 20_000,
      })
      .toBe('exited')
  const volumes = async () => (await engine.volumes.list()).map(({ name }) => name)

  test('stopped containers: exactly what was listed', async () => {
    await host.docker('run', '-d', '--init', '--name', 'web', 'busybox', 'sleep', '3600')
    await host.docker('create', '--name', 'fresh', 'busybox', 'true')
    await host.docker('run', '--name', 'done', 'busybox', 'sh', '-c', 'head -c 100000 /dev/zero > /made')
    await settled('done')
    const s = sceneOn(engine, [chooses('Remove')])
    await s.run('containers.prune')
    const asked = s.transcript.filter((line) => line.startsWith('  ')).map((line) => line.trim())
    expect(
      asked.some((line) => /^done \(Exited \(0\).*, 1\d\d kB\)$/.test(line)),
      asked.join('\n'),
    ).toBe(true)
    expect(await names()).toEqual(['web'])
    expect(s.transcript.at(-1)).toMatch(/^info: Removed 2 containers and freed 1\d\d kB\.$/)
  })

  test('volumes: anonymous ones or all, never one that is in use', async () => {
    await host.docker('volume', 'create', 'named')
    await host.docker('create', '--name', 'user', '-v', 'used:/data', 'busybox', 'true')
    const anonymous = (await host.docker('volume', 'create')).trim()
    await host.docker('run', '--rm', '-v', `${anonymous}:/x`, 'busybox', 'true')
    await expect.poll(names, { timeout: 20_000 }).toEqual(['user', 'web'])
    const first = sceneOn(engine, [chooses('Anonymous volumes only'), chooses('Remove')])
    await first.run('volumes.prune')
    expect((await volumes()).sort()).toEqual(['named', 'used'])
    const second = sceneOn(engine, [chooses('Remove')])
    await second.run('volumes.prune')
    expect(await volumes()).toEqual(['used'])
    await host.docker('rm', 'user')
    await host.docker('volume', 'rm', 'used')
  })

  test('networks: those of stopped containers stay', async () => {
    await host.docker('network', 'create', 'kept')
    await host.docker('network', 'create', 'alone')
    await host.docker('create', '--name', 'user', '--network', 'kept', 'busybox', 'true')
    await sceneOn(engine, [chooses('Remove')]).run('networks.prune')
    const left = (await engine.networks.list()).filter(({ builtIn }) => !builtIn).map(({ name }) => name)
    expect(left).toEqual(['kept'])
    await host.docker('rm', 'user')
    await host.docker('network', 'rm', 'kept')
  })

  test('dangling images go, others stay', async () => {
    await host.docker('commit', 'web')
    const s = sceneOn(engine, [chooses('Remove')])
    await s.run('images.prune')
    expect(s.transcript[1]).toMatch(/^confirm: Remove the unused image [0-9a-f]{12} \(/)
    expect((await engine.images.list()).filter(({ dangling }) => dangling)).toEqual([])
    expect((await engine.images.list()).length).toBeGreaterThan(0)
  })

  test('Clean Up removes what it listed, and nothing that was not chosen', async () => {
    await host.docker('create', '--name', 'old', '--network', 'bridge', 'busybox', 'true')
    await host.docker('network', 'create', 'loose')
    await host.docker('volume', 'create', 'precious')
    await host.docker('commit', 'web')
    const s = sceneOn(engine, [
      chooses('Stopped containers', 'Unused networks', 'Dangling images'),
      chooses('Remove'),
    ])
    await s.run('system.prune')
    expect(s.transcript.filter((line) => line.startsWith('error'))).toEqual([])
    expect(await names()).toEqual(['web'])
    expect((await engine.networks.list()).some(({ name }) => name === 'loose')).toBe(false)
    expect((await engine.images.list()).some(({ dangling }) => dangling)).toBe(false)
    expect(await volumes()).toEqual(['precious'])
    await host.docker('volume', 'rm', 'precious')
  })

  test('hostile names of networks are asked for by id', async () => {
    for (const name of ['-rf', 'x;id', 'a b$(id)']) {
      const id = await engine.networks.create({ name, driver: 'bridge' })
      const network = (await engine.networks.list()).find((entry) => entry.id === id)!
      expect(network.name).toBe(name)
      await sceneOn(engine, [chooses('Remove')]).run('networks.remove', {
        kind: 'network',
        network,
        members: [],
      })
      expect((await engine.networks.list()).some((entry) => entry.id === id)).toBe(false)
    }
  })

  test('login, push, pull and logout at a registry of one’s own', async () => {
    const registry = await startRegistry({ user: 'ann', password: 'right' })
    try {
      const name = `${registry.address}/team/app:1`
      await host.docker('tag', 'busybox', name)
      const s = sceneOn(engine, [chooses('Log In…'), types('ann'), types('right')])
      const node = async () => {
        const image = (await engine.images.list()).find(({ tags }) => tags.includes(name))!
        return { kind: 'image', image, tag: name, usedBy: [] } as const
      }
      await s.run('images.push', await node())
      expect(s.transcript.at(-1)).toBe(`info: Pushed ${name}.`)
      await engine.images.remove(name)
      await s.run('images.pullAgain', { ...(await sourceNode()), tag: name })
      expect(s.transcript.at(-1)).toBe(`info: Pulled ${name}.`)
      await engine.images.remove(name)
      await expect(
        sceneOn(engine, [types(registry.address), types('ann'), types('wrong')]).run('registries.login'),
      ).rejects.toMatchObject({ code: 'unauthorized' })
      expect([...s.transcript, ...s.equivalents].join('\n')).not.toContain('right')
    } finally {
      await registry.stop()
    }
  })

  async function sourceNode() {
    const image = (await engine.images.list()).find(({ tags }) => tags.includes('busybox:latest'))!
    return { kind: 'image', image, usedBy: [] } as const
  }
})
