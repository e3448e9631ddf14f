import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { EngineError } from '../../../../src/engine/errors.ts'
import type { Change, LiveStore } from '../../../../src/engine/live/state.ts'
import { createLiveStore, graceMs } from '../../../../src/engine/live/store.ts'
import { FakeClock, settled } from '../../../support/fake-clock.ts'
import { fakeEngine, type FakeEngine } from '../../../support/fake-engine.ts'
import { container, endpoint, engineInfo, image, network, volume } from '../../../support/models.ts'

let clock: FakeClock
let engine: FakeEngine
let store: LiveStore
let changes: Change[]

function open(over: Parameters<typeof fakeEngine>[0] = {}): void {
  clock = new FakeClock()
  engine = fakeEngine(over)
  store = createLiveStore(engine, {
    clock,
    random: () => 0.5,
    fault: (fault) => {
      throw fault
    },
  })
  changes = []
  store.onDidChange((change) => changes.push(change))
}

beforeEach(() => open())
afterEach(() => store.dispose())

const lists = (): string[] => engine.calls.filter((call) => /\.list\b/.test(call))
const names = (): string[] => [...store.state.containers.items.values()].map(({ name }) => name)
const states = (): Record<string, string> =>
  Object.fromEntries([...store.state.containers.items.values()].map(({ id, state }) => [id, state]))

function become(id: string, state: 'running' | 'exited', status = ''): void {
  engine.lists.containers = engine.lists.containers.map((known) =>
    known.id === id ? { ...known, state, status } : known,
  )
}

/** Watches the containers and waits until they are listed. */
async function watching(...ids: string[]): Promise<{ dispose(): void }> {
  engine.lists.containers = ids.map((id) => container(id, { status: 'Up 2 weeks' }))
  const watch = store.watch('containers')
  await store.settled('containers')
  await settled()
  await clock.advance(2_000)
  engine.calls.length = 0
  changes.length = 0
  return watch
}

describe('watching', () => {
  test('sends nothing before somebody watches', async () => {
    await settled()
    expect(engine.calls).toEqual([])
    expect(store.state).toMatchObject({ connection: { status: 'idle' }, containers: { status: 'idle' } })
  })

  test('lists what is watched only, after the event stream is open', async () => {
    engine.lists.containers = [container('a'), container('b')]
    const open = engine.hold('streams.events')
    store.watch('containers')
    await settled()
    expect(engine.calls.sort()).toEqual(['connect', 'streams.events'])
    expect(store.state.containers.status).toBe('loading')
    open()
    await store.settled('containers')
    expect(lists()).toEqual(['containers.list'])
    expect(names()).toEqual(['a', 'b'])
    expect(store.state.connection.status).toBe('connected')
    expect(store.state.info?.version).toBe('28.5.2')
  })

  test('does not wait for what the engine says of itself to show a list', async () => {
    engine.lists.containers = [container('a')]
    const answer = engine.hold('connect')
    store.watch('containers')
    await store.settled('containers')
    expect(names()).toEqual(['a'])
    expect(store.state.connection.status).toBe('connecting')
    answer()
    await settled()
    expect(store.state.connection.status).toBe('connected')
  })

  test('a second watcher, and a second resource, share the one stream', async () => {
    await watching('a')
    store.watch('containers')
    expect(engine.calls).toEqual([])
    engine.lists.images = [image('sha256:1', ['busybox:latest'])]
    store.watch('images')
    await store.settled('images')
    expect(engine.calls).toEqual(['images.list'])
    expect(engine.openStreams).toBe(1)
  })

  test('at rest nothing runs: no request and no timer, however long it lasts', async () => {
    await watching('a')
    store.watch('images')
    store.watch('volumes')
    store.watch('networks')
    await clock.advance(1_000)
    engine.calls.length = 0
    expect(clock.timers).toBe(0)
    await clock.advance(60 * 60_000)
    expect(engine.calls).toEqual([])
    expect(clock.timers).toBe(0)
  })

  test('goes on for a moment after the last watcher has gone, then stops all', async () => {
    const watch = await watching('a')
    watch.dispose()
    expect(engine.openStreams).toBe(1)
    await clock.advance(graceMs - 1)
    expect(engine.openStreams).toBe(1)
    await clock.advance(1)
    expect(engine.openStreams).toBe(0)
    expect(clock.timers).toBe(0)
    expect(store.state).toMatchObject({ connection: { status: 'idle' }, containers: { status: 'idle' } })
    expect(names()).toEqual(['a'])
  })

  test('a view that is hidden and shown again costs nothing when nothing has changed', async () => {
    const watch = await watching('a')
    watch.dispose()
    watch.dispose()
    await clock.advance(1_000)
    store.watch('containers')
    await clock.advance(60_000)
    expect(engine.calls).toEqual([])
    expect(engine.openStreams).toBe(1)
  })

  test('what changed while nobody watched is listed when somebody does', async () => {
    const watch = await watching('a')
    store.watch('engine')
    watch.dispose()
    engine.lists.containers = []
    engine.emit('container', 'destroy', 'a')
    await clock.advance(60_000)
    expect(engine.calls).toEqual([])
    store.watch('containers')
    await clock.advance(0)
    expect(engine.calls).toEqual(['containers.list'])
    expect(names()).toEqual([])
  })

  test('shows what was known last at once when it is watched again after a rest', async () => {
    const watch = await watching('a')
    watch.dispose()
    await clock.advance(graceMs)
    store.watch('containers')
    expect(store.state.containers).toMatchObject({ status: 'loading' })
    expect(names()).toEqual(['a'])
    await store.settled('containers')
    expect(store.state.containers.status).toBe('ready')
  })

  test('who asks soon after nobody watched waits for what changed in between, though much is known', async () => {
    for (const becomes of [[], [container('a')]]) {
      const watch = await watching('a')
      store.watch('engine')
      watch.dispose()
      engine.lists.containers = becomes
      engine.emit('container', 'die', 'a')
      await settled()
      const answer = engine.hold('containers.list')
      store.watch('containers')
      let isSettled = false
      const asked = store.settled('containers').then(() => (isSettled = true))
      await settled()
      expect(isSettled).toBe(false)
      answer()
      await asked
      expect(names()).toEqual(becomes.map(({ name }) => name))
      store.dispose()
      open()
    }
  })

  test('a disposed store has ended its stream, its lists and its timers', async () => {
    await watching('a')
    const answer = engine.hold('containers.list')
    engine.emit('container', 'die', 'a')
    await settled()
    store.dispose()
    await settled()
    answer()
    await clock.advance(60_000)
    expect(engine.openStreams).toBe(0)
    expect(clock.timers).toBe(0)
    expect(
      changes.filter(({ what }) => what === 'containers' && store.state.containers.status !== 'idle'),
    ).toEqual([])
  })
})

describe('events', () => {
  test('the first change after quiet is listed at once, alone, and once more when things have calmed down', async () => {
    await watching('a', 'b')
    become('a', 'exited')
    engine.emit('container', 'die', 'a')
    await settled()
    expect(engine.calls).toEqual(['containers.list a'])
    expect(states()).toEqual({ a: 'exited', b: 'running' })
    expect(changes).toEqual([{ what: 'containers', added: [], changed: ['a'], removed: [] }])
    await clock.advance(60_000)
    expect(engine.calls).toEqual(['containers.list a', 'containers.list a'])
    expect(clock.timers).toBe(0)
  })

  test('an engine that tells of a change before its lists show it is asked again', async () => {
    await watching('a')
    engine.emit('container', 'die', 'a')
    await settled()
    expect(states()).toEqual({ a: 'running' })
    become('a', 'exited')
    await clock.advance(500)
    expect(states()).toEqual({ a: 'exited' })
  })

  test('`docker start` is shown by its last event at once, though others came just before', async () => {
    await watching('a')
    become('a', 'exited')
    engine.emit('network', 'connect', 'net', { attributes: { container: 'a' } })
    await clock.advance(80)
    expect(engine.calls).toEqual([])
    become('a', 'running')
    engine.emit('container', 'start', 'a')
    await settled()
    expect(engine.calls).toEqual(['containers.list a'])
  })

  test('created and removed containers come and go', async () => {
    await watching('a')
    engine.lists.containers.push(container('b'))
    engine.emit('container', 'create', 'b')
    await settled()
    expect(changes).toEqual([{ what: 'containers', added: ['b'], changed: [], removed: [] }])
    engine.lists.containers.shift()
    engine.emit('container', 'destroy', 'a')
    await settled()
    expect(names()).toEqual(['b'])
  })

  test('equal state causes no update, though the engine words it anew every minute', async () => {
    await watching('a')
    const before = store.state.containers
    engine.lists.containers = [container('a', { status: 'Up 3 weeks' })]
    engine.emit('container', 'update', 'a')
    await clock.advance(1_000)
    expect(engine.calls).toHaveLength(2)
    expect(changes).toEqual([])
    expect(store.state.containers).toBe(before)
  })

  test('a container that was restarted unseen is another one by its status alone', async () => {
    await watching('a')
    await clock.advance(10 * 60_000)
    engine.lists.containers = [container('a', { status: 'Up 1 second' })]
    store.refresh()
    await settled()
    expect(changes).toEqual([{ what: 'containers', added: [], changed: ['a'], removed: [] }])
  })

  test('health checks, shells and copies cause no list', async () => {
    await watching('a')
    for (const action of [
      'exec_create',
      'exec_start',
      'exec_die',
      'attach',
      'resize',
      'top',
      'archive-path',
      'kill',
    ])
      engine.emit('container', action, 'a')
    engine.emit('volume', 'mount', 'v')
    engine.emit('daemon', 'reload', 'engine')
    engine.emit('builder', 'prune', '')
    await clock.advance(60_000)
    expect(engine.calls).toEqual([])
  })

  test('changes of what nobody watches cause no list', async () => {
    await watching('a')
    engine.emit('image', 'tag', 'sha256:1')
    engine.emit('volume', 'create', 'v')
    engine.emit('network', 'create', 'n')
    await clock.advance(60_000)
    expect(engine.calls).toEqual([])
  })

  test('images, volumes and networks follow their events', async () => {
    for (const what of ['images', 'volumes', 'networks'] as const) store.watch(what)
    await clock.advance(5_000)
    engine.calls.length = 0
    engine.lists.images = [image('sha256:1', ['a:1'])]
    engine.emit('image', 'tag', 'sha256:1')
    engine.lists.volumes = [volume('v')]
    engine.emit('volume', 'create', 'v')
    engine.lists.networks = [network('n')]
    engine.emit('network', 'create', 'net-n')
    await clock.advance(60_000)
    expect(engine.calls).toEqual(['images.list', 'volumes.list', 'networks.list'])
    expect([
      store.state.images.items.size,
      store.state.volumes.items.size,
      store.state.networks.items.size,
    ]).toEqual([1, 1, 1])
  })

  test('an engine that tells of no networks is asked for them with changes of containers, and when somebody looks', async () => {
    open({ info: engineInfo({ product: 'podman' }) })
    const watch = store.watch('networks')
    await clock.advance(5_000)
    engine.calls.length = 0
    engine.emit('container', 'create', 'a')
    await clock.advance(1_000)
    expect(engine.calls).toEqual(['networks.list'])
    store.resume()
    await settled()
    expect(engine.calls).toEqual(['networks.list', 'networks.list'])
    watch.dispose()
    await clock.advance(1_000)
    store.watch('networks')
    await settled()
    expect(engine.calls).toHaveLength(3)
    await clock.advance(60_000)
    expect(engine.calls).toHaveLength(3)
    expect(clock.timers).toBe(0)
  })

  test('an image made by commit is seen, a little later', async () => {
    store.watch('images')
    await clock.advance(5_000)
    engine.calls.length = 0
    engine.emit('container', 'commit', 'a')
    await settled()
    expect(engine.calls).toEqual([])
    await clock.advance(500)
    expect(engine.calls).toEqual(['images.list'])
  })

  test('an event that comes while a list is on its way is not lost with it', async () => {
    await watching('a')
    const answer = engine.hold('containers.list')
    engine.emit('container', 'die', 'a')
    await settled()
    become('a', 'exited')
    engine.emit('container', 'die', 'a')
    answer()
    await settled()
    expect(states()).toEqual({ a: 'exited' })
  })

  test('events out of order, doubled or of objects long gone do no harm', async () => {
    await watching('a')
    engine.emit('container', 'destroy', 'b')
    engine.emit('container', 'start', 'b')
    engine.emit('container', 'create', 'b')
    engine.emit('container', 'create', 'b')
    engine.emit('container', 'die', '')
    await clock.advance(1_500)
    expect(names()).toEqual(['a'])
    expect(changes).toEqual([])
  })
})

describe('floods', () => {
  test('10,000 events of 10,000 containers: a few lists of all, and the last of them is after the last event', async () => {
    await watching()
    for (let second = 0; second < 5; second++) {
      for (let i = 0; i < 2_000; i++) {
        const id = `c${second * 2_000 + i}`
        engine.lists.containers.push(container(id))
        engine.emit('container', 'create', id)
      }
      await clock.advance(1_000)
    }
    const during = lists().length
    await clock.advance(60_000)
    expect(store.state.containers.items.size).toBe(10_000)
    expect(during).toBeLessThanOrEqual(2 * 5 + 4)
    expect(lists().length - during).toBeGreaterThanOrEqual(1)
    expect(lists().length - during).toBeLessThanOrEqual(2)
    expect(clock.timers).toBe(0)
  })

  test('10,000 events of one container: at most two lists a second, and the last state is the one shown', async () => {
    await watching('a')
    for (let i = 0; i < 10_000; i++) {
      become('a', i % 2 === 0 ? 'exited' : 'running')
      engine.emit('container', i % 2 === 0 ? 'die' : 'start', 'a')
      if (i % 1_000 === 999) await clock.advance(1_000)
    }
    const during = lists().length
    become('a', 'exited')
    await clock.advance(60_000)
    expect(during).toBeLessThanOrEqual(2 * 10 + 8)
    expect(states()).toEqual({ a: 'exited' })
  })

  test('what the engine dropped in a flood is found by the list after it, in every resource that is watched', async () => {
    await watching('a', 'b')
    store.watch('volumes')
    await clock.advance(5_000)
    engine.lists.volumes = [volume('dropped')]
    engine.lists.containers = [container('a', { status: 'Up 2 weeks' })]
    for (let i = 0; i < 300; i++) engine.emit('container', 'start', 'a')
    await clock.advance(5_000)
    expect(names()).toEqual(['a'])
    expect([...store.state.volumes.items.keys()]).toEqual(['dropped'])
  })

  test('one list is in flight at a time', async () => {
    await watching('a')
    const answer = engine.hold('containers.list')
    for (let i = 0; i < 50; i++) {
      engine.emit('container', 'start', `c${i}`)
      await clock.advance(100)
    }
    expect(lists()).toHaveLength(1)
    answer()
    await settled()
    expect(lists()).toHaveLength(2)
  })
})

describe('the connection', () => {
  test('a stream that is cut is opened anew at once, from where it was, and all is listed', async () => {
    await watching('a', 'b')
    engine.emit('container', 'exec_start', 'a', { timeNano: '1768478400123456789' })
    await clock.advance(20_000)
    engine.lists.containers = [container('b')]
    engine.cut(new EngineError('lost', 'cut in the middle of a line'))
    await settled()
    expect(engine.calls).toEqual(['streams.events 1768478400.123456789', 'connect', 'containers.list'])
    expect(names()).toEqual(['b'])
    expect(store.state.connection.status).toBe('connected')
    expect(store.state.containers.status).toBe('ready')
  })

  test('rows stay while a cut stream is opened anew', async () => {
    await watching('a')
    const open = engine.hold('streams.events')
    engine.cut()
    await settled()
    expect(store.state.connection).toMatchObject({ status: 'connecting' })
    expect(store.state.connection).not.toHaveProperty('error')
    expect(store.state.containers.status).toBe('ready')
    open()
  })

  test('retries for ever: 0.5 s, doubling, and no longer than 30 s', async () => {
    open({ endpoint: endpoint({ address: { kind: 'tcp', host: 'far', port: 2376 } }) })
    engine.down = new EngineError('unreachable', 'connection refused')
    store.watch('containers')
    const waits: number[] = []
    for (let i = 0; i < 12; i++) {
      await settled()
      const { connection } = store.state
      if (connection.status !== 'failed') throw new Error(connection.status)
      expect(connection).toMatchObject({ attempt: i + 1, error: { code: 'unreachable' } })
      waits.push(connection.retryAt - clock.now())
      await clock.advance(connection.retryAt - clock.now())
    }
    expect(waits.map((ms) => ms / 1000)).toEqual([0.5, 1, 2, 4, 8, 16, 30, 30, 30, 30, 30, 30])
    expect(clock.timers).toBe(1)
  })

  test('an engine of this machine that is restarted is back within two seconds of its return', async () => {
    await watching('a')
    engine.down = new EngineError('unreachable', 'no such file')
    await clock.advance(20_000)
    expect(store.state.connection.status).toBe('failed')
    expect(store.state.containers).toMatchObject({ status: 'failed', error: { code: 'unreachable' } })
    engine.lists.containers = [container('a', { state: 'exited', status: 'Exited (255) 3 seconds ago' })]
    engine.down = undefined
    await clock.advance(2_000)
    expect(states()).toEqual({ a: 'exited' })
    expect(store.state.connection.status).toBe('connected')
  })

  test('an engine that takes connections and drops them is not hammered', async () => {
    store.watch('containers')
    await settled()
    engine.calls.length = 0
    for (let second = 0; second < 60; second++) {
      engine.cut()
      await clock.advance(1_000)
    }
    expect(engine.calls.filter((call) => call === 'connect').length).toBeLessThanOrEqual(60)
    expect(engine.calls.filter((call) => call === 'connect').length).toBeGreaterThanOrEqual(30)
  })

  test('tells the last failure while it tries again', async () => {
    engine.down = new EngineError('denied', 'permission denied')
    store.watch('containers')
    await settled()
    engine.down = undefined
    const open = engine.hold('streams.events')
    await clock.advance(1_000)
    expect(store.state.connection).toMatchObject({
      status: 'connecting',
      attempt: 2,
      error: { code: 'denied' },
    })
    open()
    await settled()
    expect(store.state.connection).toEqual({ status: 'connected' })
  })

  test('a view that is shown while the engine is away fails at once with the reason', async () => {
    engine.down = new EngineError('unreachable', 'gone')
    store.watch('engine')
    await settled()
    store.watch('containers')
    expect(store.state.containers).toMatchObject({ status: 'failed', error: { code: 'unreachable' } })
  })

  test('an answer that comes after its connection has gone is dropped', async () => {
    await watching('a')
    const answer = engine.hold('containers.list')
    engine.emit('container', 'start', 'a')
    await settled()
    engine.lists.containers = []
    engine.cut()
    await clock.advance(20_000)
    answer()
    await clock.advance(1_000)
    expect(names()).toEqual([])
    expect(store.state.containers.status).toBe('ready')
  })

  test('a list that cannot reach the engine means the connection is gone', async () => {
    await watching('a')
    engine.failNext('containers.list', new EngineError('unreachable', 'connection reset'))
    engine.emit('container', 'die', 'a')
    await settled()
    await clock.advance(1_000)
    expect(engine.calls).toContain('connect')
    expect(store.state.containers.status).toBe('ready')
  })

  test('a list that fails of something else leaves the others alone and is tried again', async () => {
    await watching('a')
    engine.failNext('containers.list', new EngineError('internal', 'layer does not exist', { status: 500 }))
    engine.emit('container', 'die', 'a')
    await settled()
    expect(store.state.containers).toMatchObject({ status: 'failed', error: { code: 'internal' } })
    expect(names()).toEqual(['a'])
    expect(store.state.connection.status).toBe('connected')
    await clock.advance(1_000)
    expect(store.state.containers.status).toBe('ready')
    expect(clock.timers).toBe(0)
  })

  test('retryNow does not wait', async () => {
    engine.down = new EngineError('unreachable', 'gone')
    store.watch('containers')
    await settled()
    engine.down = undefined
    store.retryNow()
    await settled()
    expect(store.state.connection.status).toBe('connected')
    await clock.advance(0)
    expect(clock.timers).toBe(0)
  })

  test('a machine that slept finds the truth when the user comes back', async () => {
    await watching('a')
    store.resume()
    await settled()
    expect(engine.calls).toEqual([])
    clock.jump(8 * 60 * 60_000)
    engine.lists.containers = []
    store.resume()
    await settled()
    expect(engine.calls).toEqual(['streams.events', 'connect', 'containers.list'])
    expect(engine.openStreams).toBe(1)
    expect(names()).toEqual([])
  })

  test('the first event after long silence lists all, soon', async () => {
    await watching('a', 'missed')
    clock.jump(60 * 60_000)
    engine.lists.containers = [container('a')]
    engine.emit('container', 'exec_start', 'a')
    await clock.advance(1_000)
    expect(names()).toEqual(['a'])
  })

  test('refresh lists what is watched, and nothing else', async () => {
    await watching('a')
    store.refresh()
    await settled()
    expect(engine.calls).toEqual(['containers.list'])
  })
})

describe('sizes of volumes', () => {
  test('are asked for only when wanted, and kept over later lists', async () => {
    engine.lists.volumes = [volume('v'), volume('w')]
    store.watch('volumes')
    await store.settled('volumes')
    expect(store.state.volumes.items.get('v')?.size).toBeUndefined()
    engine.usage = {
      ...engine.usage,
      volumes: [
        { name: 'v', size: 42, refCount: 1 },
        { name: 'w', size: -1, refCount: 0 },
      ],
    }
    changes.length = 0
    await store.measure()
    expect(changes).toEqual([{ what: 'volumes', added: [], changed: ['v'], removed: [] }])
    engine.emit('volume', 'create', 'x')
    await clock.advance(1_000)
    expect(store.state.volumes.items.get('v')?.size).toBe(42)
    expect(store.state.volumes.items.get('w')?.size).toBeUndefined()
  })
})
