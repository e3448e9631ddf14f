import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import type { Container } from '../../src/engine/model/container.ts'
import type { ContainerNode, ImageNode } from '../../src/tree/node.ts'
import { sceneOn } from '../support/command-deps.ts'
import { chooses, dismisses, types } from '../support/scripted-ui.ts'
import { bench, columns, fresh } from './under-test.ts'

const folder = mkdtempSync(join(tmpdir(), 'quayside-commands-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Engines list a change of state a moment after they have told that it is done. */
const slow = { timeout: 20_000 }

describe.each(columns)('commands on %s', (_name, host) => {
  const open = bench(host)

  /** The row of a container as it is now. */
  async function row(id: string): Promise<ContainerNode> {
    const { engine } = await open()
    const [container] = await engine.containers.list({ ids: [id] })
    return { kind: 'container', container: container! }
  }
  const stateOf = async (id: string): Promise<Container['state']> => (await row(id)).container.state

  async function imageRow(tag: string): Promise<ImageNode> {
    const { engine } = await open()
    // Podman puts a registry in front of short names.
    const is = (name: string): boolean => name === tag || name.endsWith(`/${tag}`)
    const images = await engine.images.list()
    const image = images.find(({ tags }) => tags.some(is))
    expect(image, `no image ${tag} in ${images.flatMap(({ tags }) => tags).join(' ')}`).toBeDefined()
    return { kind: 'image', image: image!, tag: image!.tags.find(is)!, usedBy: [] }
  }

  test('stop, start, restart, pause, unpause and kill several at once', async () => {
    const { engine, ...work } = await parts()
    const ids = [await work.idle(), await work.idle()]
    const s = sceneOn(engine, [chooses('SIGKILL')], { stopTimeoutSeconds: 2 })
    const rows = () => Promise.all(ids.map(row))
    const states = () => Promise.all(ids.map(stateOf))
    await s.run('containers.pause', ...(await rows()))
    await expect.poll(states, slow).toEqual(['paused', 'paused'])
    await s.run('containers.unpause', ...(await rows()))
    await expect.poll(states, slow).toEqual(['running', 'running'])
    await s.run('containers.stop', ...(await rows()))
    await expect.poll(states, slow).toEqual(['exited', 'exited'])
    // What is so already is no failure.
    await s.run('containers.stop', ...(await rows()))
    await s.run('containers.start', ...(await rows()))
    await s.run('containers.start', ...(await rows()))
    await expect.poll(states, slow).toEqual(['running', 'running'])
    await s.run('containers.restart', ...(await rows()))
    await expect.poll(states, slow).toEqual(['running', 'running'])
    await s.run('containers.kill', ...(await rows()))
    await expect.poll(states, slow).toEqual(['exited', 'exited'])
    expect(s.transcript.filter((line) => line.startsWith('error'))).toEqual([])
  })

  test('what the state forbids offers the missing step', async () => {
    const { engine, podman, ...work } = await parts()
    const id = await work.idle()
    const before = await row(id)
    await engine.containers.pause(id)
    if (!podman) {
      // Podman starts a paused container by unpausing it.
      const s = sceneOn(engine, [chooses('Unpause')])
      await s.run('containers.start', before)
      await expect.poll(() => stateOf(id), slow).toBe('running')
    } else await engine.containers.unpause(id)
    const s = sceneOn(engine, [chooses('Remove'), chooses('Remove by Force')])
    await s.run('containers.remove', { ...before, container: { ...before.container, state: 'exited' } })
    expect(await engine.containers.list({ ids: [id] })).toEqual([])
    // Gone already counts as removed.
    const again = sceneOn(engine, [chooses('Remove by Force')])
    await again.run('containers.remove', before)
    expect(again.transcript.filter((line) => line.startsWith('error'))).toEqual([])
  })

  test('anonymous volumes go only when that is chosen', async () => {
    const { engine, ...work } = await parts()
    const volumesOf = ({ container }: ContainerNode) => container.mounts.flatMap(({ name }) => name ?? [])
    for (const choice of ['Remove', 'Remove with Anonymous Volumes']) {
      const target = await row(await work.create(['true'], { Volumes: { '/data': {} } }))
      const [volume] = volumesOf(target)
      expect(volume).toMatch(/^[0-9a-f]{64}$/)
      await sceneOn(engine, [chooses(choice)]).run('containers.remove', target)
      const left = (await engine.volumes.list()).some(({ name }) => name === volume)
      expect(left).toBe(choice === 'Remove')
      if (left) await engine.volumes.remove(volume!)
    }
  })

  test('rename, change limits, look at processes and changed files, wait', async () => {
    const { engine, podman, ...work } = await parts()
    const id = await work.run(['sh', '-c', 'echo hello > /made; exec sleep 3600'])
    const name = fresh('renamed')
    await sceneOn(engine, [types(name)]).run('containers.rename', await row(id))
    expect((await row(id)).container.name).toBe(name)

    // Podman's Docker API learnt to update in version 5; older ones refuse it.
    if (!podman) {
      await sceneOn(engine, [
        chooses('Restart policy', 'Memory', 'CPUs', 'Processes'),
        chooses('on-failure'),
        types('2'),
        types('64m'),
        types('0.5'),
        types('100'),
      ]).run('containers.update', await row(id))
      expect(await engine.containers.inspect(id)).toMatchObject({
        HostConfig: {
          RestartPolicy: { Name: 'on-failure', MaximumRetryCount: 2 },
          Memory: 67_108_864,
          NanoCpus: 500_000_000,
          PidsLimit: 100,
        },
      })
    }

    const s = sceneOn(engine)
    await s.run('containers.top', await row(id))
    expect(s.documents[0]!.text).toMatch(/PID.*\n(?:.*\n)*.*sleep 3600/)
    await s.run('containers.diff', await row(id))
    expect(s.documents[1]!.text).toContain('\nA /made\n')
    await s.run('containers.whatRuns', await row(id))
    expect(s.documents[2]!.text.split('\n')[0]).toContain('sleep 3600')

    const job = await row(await work.run(['sh', '-c', 'sleep 1; exit 7']))
    await s.run('containers.wait', job)
    expect(s.transcript.at(-1)).toBe(`warn: ${job.container.name} ended with exit code 7.`)
  })

  test('inspect hides the environment until asked', async () => {
    const { engine, ...work } = await parts()
    const target = await row(
      await work.create(['true'], { Env: ['API_TOKEN=c4n4ry-value'], Labels: { note: 'c4n4ry-value' } }),
    )
    const s = sceneOn(engine)
    await s.run('containers.inspect', target)
    await s.run('containers.inspectWithSecrets', target)
    expect(s.documents[0]!.text).not.toContain('c4n4ry-value')
    expect(s.documents[1]!.text).toContain('c4n4ry-value')
  })

  test('commit, tag, history, save, load, export, import and remove images', async () => {
    const { engine, ...work } = await parts()
    const name = fresh('img').toLowerCase()
    const id = await work.run(['sh', '-c', 'echo hello > /made; exec sleep 3600'])
    await sceneOn(engine, [
      types(`${name}:1`),
      types('a message'),
      types('Ann'),
      chooses('Let it go on'),
      dismisses,
    ]).run('containers.commit', await row(id))
    const made = await imageRow(`${name}:1`)
    await sceneOn(engine, [types(`${name}:2`)]).run('images.tag', made)
    const s = sceneOn(engine)
    await s.run('images.history', made)
    expect(s.documents[0]!.text).toMatch(/^# .*\n# \d+ layers/)

    const path = join(folder, `${name}.tar`)
    await sceneOn(engine, [types(path)]).run('images.save', made)
    expect(statSync(path).size).toBeGreaterThan(1000)

    // A name of two: the image stays.
    await sceneOn(engine, [chooses('Remove')]).run('images.remove', await imageRow(`${name}:1`))
    await imageRow(`${name}:2`)
    await sceneOn(engine, [chooses('Remove')]).run('images.remove', await imageRow(`${name}:2`))
    expect((await engine.images.list()).some((image) => image.id === made.image.id)).toBe(false)

    await sceneOn(engine, [chooses(path)]).run('images.load')
    const loaded = await imageRow(`${name}:1`)
    const user = await work.create(['true'], { Image: loaded.image.id })
    const refused = sceneOn(engine, [chooses('Remove'), dismisses])
    await refused.run('images.remove', loaded)
    expect(refused.transcript.at(-1)).toContain(`It is used by ${(await row(user)).container.name}`)
    await engine.containers.remove(user)
    await sceneOn(engine, [chooses('Remove')]).run('images.remove', loaded)

    const files = join(folder, `${name}-files.tar`)
    await sceneOn(engine, [types(files)]).run('containers.export', await row(id))
    await sceneOn(engine, [chooses(files), types(`${name}:files`)]).run('images.import')
    await sceneOn(engine, [chooses('Remove')]).run('images.remove', await imageRow(`${name}:files`))
  })

  test('volumes: create, refuse while in use, remove', async () => {
    const { engine, ...work } = await parts()
    const name = fresh('vol')
    await sceneOn(engine, [types(name)]).run('volumes.create')
    const volume = (await engine.volumes.list()).find((entry) => entry.name === name)!
    const id = await work.create(['true'], { HostConfig: { Binds: [`${name}:/data`] } })
    const target = { kind: 'volume', volume, usedBy: [] } as const
    const refused = sceneOn(engine, [chooses('Remove')])
    await refused.run('volumes.remove', target)
    expect(refused.transcript.at(-1)).toContain(`It is used by ${(await row(id)).container.name} (created)`)
    await engine.containers.remove(id)
    await sceneOn(engine, [chooses('Remove')]).run('volumes.remove', target)
    expect((await engine.volumes.list()).some((entry) => entry.name === name)).toBe(false)
  })

  test('networks: create, connect with a name, disconnect, remove with the missing step', async () => {
    const { engine, podman, ...work } = await parts()
    const name = fresh('net')
    await sceneOn(engine, [
      types(name),
      chooses('bridge'),
      types('10.87.0.0/24'),
      types('10.87.0.1'),
      chooses(),
    ]).run('networks.create')
    const network = async () => (await engine.networks.list()).find((entry) => entry.name === name)!
    expect((await network()).subnets).toEqual([{ subnet: '10.87.0.0/24', gateway: '10.87.0.1' }])
    const id = await work.idle()
    const { name: member } = (await row(id)).container
    await sceneOn(engine, [chooses(member), types('db'), dismisses]).run('networks.connect', {
      kind: 'network',
      network: await network(),
      members: [],
    })
    const attachment = (await row(id)).container.attachments.find((entry) => entry.network === name)
    expect(attachment?.ipv4).toMatch(/^10\.87\.0\./)
    // Podman removes a network that is in use only by force, with the same refusal in other words.
    const remove = sceneOn(
      engine,
      podman ? [chooses('Remove')] : [chooses('Remove'), chooses('Disconnect All and Remove')],
    )
    if (podman)
      await sceneOn(engine).run('networks.disconnect', {
        kind: 'member',
        network: await network(),
        container: (await row(id)).container,
      })
    await remove.run('networks.remove', { kind: 'network', network: await network(), members: [] })
    expect((await engine.networks.list()).some((entry) => entry.name === name)).toBe(false)
  })

  test('Run publishes ports and tells the address; events and information are documents', async () => {
    const { engine } = await open()
    const s = sceneOn(engine)
    const tag = (await engine.images.list())
      .flatMap(({ tags }) => tags)
      .find((name) => name.includes('distroless'))!
    await s.run('images.run', await imageRow(tag))
    await expect.poll(() => s.transcript.at(-1), slow).toMatch(/was started/)
    const started = (await engine.containers.list()).filter(({ image }) => image.includes('distroless'))
    for (const { id } of started) await engine.containers.remove(id, { force: true })
    const node = {
      kind: 'engine',
      endpoint: engine.endpoint,
      status: 'connected',
      active: true,
      shown: true,
    } as const
    await s.run('engines.info', node)
    expect(JSON.parse(s.documents[0]!.text)).toMatchObject({
      product: host.version === 'podman' ? 'podman' : 'docker',
    })
    await s.run('engines.events', node)
    expect(s.documents[1]!.text).toMatch(/container\s+(start|create)/)
    await s.run('system.diskUsage')
    expect(s.documents[2]!.text).toMatch(/^TYPE +TOTAL +IN USE +SIZE +CAN GO\nImages/)
  })

  async function parts() {
    const work = await open()
    return {
      engine: work.engine,
      podman: work.podman,
      idle: work.idle.bind(work),
      run: work.run.bind(work),
      create: work.create.bind(work),
    }
  }
})
