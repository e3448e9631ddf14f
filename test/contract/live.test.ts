import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { describe, expect, test } from 'vitest'
import { startEngine } from '../../scripts/hosts/hosts.mjs'
import type { Engine } from '../../src/engine/engine.ts'
import type { LiveStore } from '../../src/engine/live/state.ts'
import type { Container } from '../../src/engine/model/container.ts'
import { startFaultProxy, type FaultProxy } from '../support/fault-proxy.ts'
import type { ContractEngine } from './global-setup.ts'
import { keeping, livePicture } from '../support/kept.ts'
import { columns, endpointOf, engineAt, engineBehind, fresh } from './under-test.ts'

const run = promisify(execFile)
const keep = keeping()

/** The live picture of an engine, as the extension has it. */
function live(engine: Engine): LiveStore {
  keep(engine)
  return keep(livePicture(engine))
}

/** Waits for the picture to be so; tells how it is when it does not become so. */
function until(store: LiveStore, what: string, so: () => boolean): Promise<void> {
  return new Promise((resolve, reject) => {
    const look = (): void => {
      if (!so()) return
      clearTimeout(timer)
      subscription.dispose()
      resolve()
    }
    const timer = setTimeout(() => {
      subscription.dispose()
      const { connection, containers } = store.state
      const shown = [...containers.items.values()].map(({ name, state }) => `${name} ${state}`)
      reject(new Error(`never: ${what}; ${JSON.stringify({ connection, status: containers.status, shown })}`))
    }, 40_000)
    const subscription = store.onDidChange(look)
    look()
  })
}

const named = (store: LiveStore, name: string): Container | undefined =>
  [...store.state.containers.items.values()].find((container) => container.name === name)

/** The docker program, behind the back of the store. */
const docker =
  ({ dockerBin, env }: ContractEngine) =>
  async (...args: string[]): Promise<string> =>
    (await run(dockerBin, args, { env })).stdout.trim()

describe.each(columns)('the live picture of %s', (_name, host) => {
  const outside = docker(host)
  const image = `${host.imagePrefix}busybox:latest`

  test('follows a container from its creation to its removal', async () => {
    const store = live(await engineAt(host))
    keep(store.watch('containers'))
    await store.settled('containers')
    expect(store.state.containers.error).toBeUndefined()
    const name = fresh('live')
    const other = fresh('renamed')
    keep({ dispose: () => outside('rm', '-f', name, other).catch(() => undefined) })

    await outside('create', '--name', name, '--label', 'team=blue', image, 'sleep', '3600')
    await until(store, 'created', () => named(store, name)?.state === 'created')
    expect(named(store, name)?.labels).toMatchObject({ team: 'blue' })
    await outside('start', name)
    await until(store, 'running', () => named(store, name)?.state === 'running')
    await outside('pause', name)
    await until(store, 'paused', () => named(store, name)?.state === 'paused')
    await outside('unpause', name)
    await until(store, 'running again', () => named(store, name)?.state === 'running')
    await outside('kill', name)
    await until(store, 'killed', () => named(store, name)?.state === 'exited')
    expect(named(store, name)?.exitCode).toBe(137)
    await outside('rename', name, other)
    await until(store, 'renamed', () => named(store, other) !== undefined && named(store, name) === undefined)
    await outside('rm', other)
    await until(store, 'removed', () => named(store, other) === undefined)
  })

  test('follows volumes, networks with their members, and names of images', async () => {
    const store = live(await engineAt(host))
    for (const what of ['containers', 'images', 'volumes', 'networks'] as const) keep(store.watch(what))
    for (const what of ['containers', 'images', 'volumes', 'networks'] as const) await store.settled(what)
    const name = fresh('thing')
    const tag = `${host.imagePrefix}${name}:v1`
    const tags = (): string[] => [...store.state.images.items.values()].flatMap((known) => known.tags)
    const networks = (): string[] => [...store.state.networks.items.values()].map((known) => known.name)
    keep({
      dispose: async () => {
        await outside('rm', '-f', name).catch(() => undefined)
        await outside('network', 'rm', name).catch(() => undefined)
        await outside('volume', 'rm', name).catch(() => undefined)
        await outside('rmi', tag).catch(() => undefined)
      },
    })

    await outside('volume', 'create', name)
    await until(store, 'volume', () => store.state.volumes.items.has(name))
    await outside('network', 'create', name)
    // Podman 4 tells of no network; it is found with the next container.
    if (host.version !== 'podman') await until(store, 'network', () => networks().includes(name))
    await outside('tag', image, tag)
    await until(store, 'tag', () => tags().includes(tag))
    await outside('run', '-d', '--name', name, '--network', name, image, 'sleep', '3600')
    await until(store, 'member', () => {
      const attachment = named(store, name)?.attachments.find(({ network }) => network === name)
      return attachment !== undefined && attachment.ipv4 !== ''
    })
    await until(store, 'its network', () => networks().includes(name))

    await outside('rm', '-f', name)
    await outside('network', 'rm', name)
    await outside('volume', 'rm', name)
    await outside('rmi', tag)
    if (host.version === 'podman') store.refresh()
    await until(
      store,
      'all gone',
      () => !networks().includes(name) && !store.state.volumes.items.has(name) && !tags().includes(tag),
    )
  })
})

const newest = columns.filter(([, host]) => host.version === '28')

describe.each(newest)('the live picture of %s over a bad line', (_name, host) => {
  const outside = docker(host)
  const image = `${host.imagePrefix}busybox:latest`

  async function behind(
    options: { tcp?: boolean; heartbeat?: number } = {},
  ): Promise<[LiveStore, FaultProxy]> {
    const { address } = await endpointOf({ DOCKER_HOST: host.dockerHost })
    const proxy = await startFaultProxy(address, { tcp: options.tcp === true })
    keep({ dispose: () => proxy.close() })
    const deadlines = options.heartbeat === undefined ? {} : { heartbeat: options.heartbeat, quick: 500 }
    const store = live(engineBehind(proxy.address, proxy.url, { deadlines }))
    keep(store.watch('volumes'))
    await store.settled('volumes')
    await until(store, 'connected', () => store.state.connection.status === 'connected')
    return [store, proxy]
  }

  async function volumeOf(word: string): Promise<string> {
    const name = fresh(word)
    await outside('volume', 'create', name)
    keep({ dispose: () => outside('volume', 'rm', '-f', name) })
    return name
  }

  test('a stream that is cut is opened anew, and what was missed is found', async () => {
    const [store, proxy] = await behind()
    proxy.cutAll()
    const name = await volumeOf('missed')
    await until(store, 'found', () => store.state.volumes.items.has(name))
    await until(store, 'connected', () => store.state.connection.status === 'connected')
  })

  test('answers and events that break off in the middle of a line do no lasting harm', async () => {
    const [store, proxy] = await behind()
    proxy.faults = { down: { cutAfter: 500, splitAfter: 200 } }
    proxy.cutAll()
    const during = await volumeOf('during')
    await until(store, 'the failure', () => store.state.connection.status === 'failed')
    proxy.faults = {}
    const after = await volumeOf('after')
    await until(store, 'both', () => [during, after].every((name) => store.state.volumes.items.has(name)))
  })

  test('a half-open connection over tcp is noticed', async () => {
    const [store, proxy] = await behind({ tcp: true, heartbeat: 300 })
    proxy.stallAll()
    const name = await volumeOf('stalled')
    await until(store, 'found', () => store.state.volumes.items.has(name))
  })

  test('a gap of more events than an engine remembers is closed by the list', async () => {
    const [store, proxy] = await behind()
    const engine = keep(await engineAt(host))
    const names = Array.from({ length: 300 }, () => fresh('gap'))
    proxy.cutAll()
    const lanes = Array.from({ length: 8 }, async (_, lane) => {
      for (let i = lane; i < names.length; i += 8) {
        await engine.volumes.create({ name: names[i]! })
        if (i % 3 !== 0) await engine.volumes.remove(names[i]!)
      }
    })
    await Promise.all(lanes)
    const left = names.filter((_, i) => i % 3 === 0)
    keep({ dispose: () => Promise.all(left.map((name) => engine.volumes.remove(name))) })
    await until(store, 'exactly those that are left', () => {
      const shown = names.filter((name) => store.state.volumes.items.has(name))
      return shown.length === left.length && left.every((name) => store.state.volumes.items.has(name))
    })
  })

  test('what a flood of 3,000 events made the engine drop for a reader that was held up is found by the list after it', async () => {
    const [store, proxy] = await behind()
    keep(store.watch('containers'))
    await store.settled('containers')
    const engine = keep(await engineAt(host))
    const busy = Array.from({ length: 8 }, () => fresh('busy'))
    const late = fresh('late')
    keep({ dispose: () => outside('rm', '-f', late).catch(() => undefined) })
    const release = proxy.holdAll()
    const lanes = busy.map(async (name) => {
      for (let times = 0; times < 188; times++) {
        await engine.volumes.create({ name })
        await engine.volumes.remove(name)
      }
    })
    await Promise.all(lanes)
    await outside('create', '--name', late, image, 'true')
    const before = proxy.sent().length
    release()
    await until(store, 'what was made last is there', () => named(store, late) !== undefined)
    const lists =
      proxy
        .sent()
        .slice(before)
        .match(/GET \S*\/containers\/json/g) ?? []
    expect(lists.length).toBeLessThan(100)
  }, 180_000)

  test('at rest nothing is sent', async () => {
    const [store, proxy] = await behind()
    keep(store.watch('containers'))
    keep(store.watch('images'))
    keep(store.watch('networks'))
    for (const what of ['containers', 'images', 'networks'] as const) await store.settled(what)
    const sent = proxy.sent().length
    await new Promise((resolve) => setTimeout(resolve, 3_000))
    expect(proxy.sent().slice(sent)).toBe('')
  })

  test('nothing is left open once nobody watches', async () => {
    const { address } = await endpointOf({ DOCKER_HOST: host.dockerHost })
    const proxy = await startFaultProxy(address)
    keep({ dispose: () => proxy.close() })
    const store = live(engineBehind(proxy.address, proxy.url))
    store.watch('containers')
    await store.settled('containers')
    store.rest()
    store.engine.dispose()
    await expect.poll(() => proxy.open(), { timeout: 20_000 }).toBe(0)
  })
})

describe.each(newest)('%s that goes away', () => {
  test('is shown as gone when it is killed, and as it is once it is back', async () => {
    const own = await startEngine({ version: '28' })
    keep({ dispose: () => own.stop() })
    const store = live(engineBehind({ kind: 'unix', path: own.socketPath }, own.dockerHost))
    keep(store.watch('containers'))
    await own.docker('run', '-d', '--name', 'survivor', 'busybox', 'sleep', '3600')
    await until(store, 'running', () => named(store, 'survivor')?.state === 'running')
    await own.kill()
    await until(store, 'gone', () => store.state.containers.error?.code === 'unreachable')
    expect(store.state.containers.status).toBe('failed')
    expect(named(store, 'survivor')).toBeDefined()
    await own.start()
    await until(store, 'back', () => store.state.connection.status === 'connected')
    await until(store, 'ended with the engine', () => named(store, 'survivor')?.state === 'exited')
    await own.docker('start', 'survivor')
    await until(store, 'running again', () => named(store, 'survivor')?.state === 'running')
  })
})
