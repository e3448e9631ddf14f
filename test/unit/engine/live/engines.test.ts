import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  createLiveEngines,
  type EnginesChange,
  type LiveEngines,
} from '../../../../src/engine/live/engines.ts'
import { FakeClock, settled } from '../../../support/fake-clock.ts'
import { fakeEngine, type FakeEngine } from '../../../support/fake-engine.ts'
import { container, endpoint } from '../../../support/models.ts'

const here = endpoint({ id: 'here', name: 'here' })
const there = endpoint({ id: 'there', name: 'there', address: { kind: 'tcp', host: 'there', port: 2376 } })

let clock: FakeClock
let made: Map<string, FakeEngine>
let log: string[]
let engines: LiveEngines
let changes: EnginesChange[]

beforeEach(() => {
  clock = new FakeClock()
  made = new Map()
  log = []
  changes = []
  engines = createLiveEngines({
    clock,
    random: () => 0.5,
    fault: (fault) => {
      throw fault
    },
    create: (at) => {
      const engine = fakeEngine({ endpoint: at })
      engine.lists.containers = [container(`${at.name}-1`, { engine: at.id })]
      const { dispose } = engine
      engine.dispose = () => {
        log.push(`dispose ${at.name}`)
        dispose()
      }
      made.set(at.id, engine)
      return engine
    },
  })
  engines.onDidChange((change) => changes.push(change))
  engines.setEndpoints([here, there])
})
afterEach(() => engines.dispose())

const shown = (): string[] =>
  engines.snapshot.engines
    .filter(({ endpoint: { id } }) => engines.snapshot.shown.has(id))
    .flatMap(({ containers }) => [...containers.items.keys()])
const streams = (): number[] => ['here', 'there'].map((id) => made.get(id)!.openStreams)

describe('several engines', () => {
  test('are known without being asked anything', async () => {
    engines.watch('containers')
    await clock.advance(60_000)
    expect(engines.snapshot.engines.map(({ endpoint: { name } }) => name)).toEqual(['here', 'there'])
    expect([...made.values()].flatMap(({ calls }) => calls)).toEqual([])
  })

  test('only the active one runs', async () => {
    engines.activate('here')
    engines.watch('containers')
    await settled()
    expect(streams()).toEqual([1, 0])
    expect(shown()).toEqual(['here-1'])
    expect(engines.active?.engine.id).toBe('here')
  })

  test('switching closes the streams of the one before first, and at once', async () => {
    engines.activate('here')
    engines.watch('containers')
    await settled()
    const answer = made.get('here')!.hold('containers.list')
    made.get('here')!.emit('container', 'die', 'here-1')
    await settled()
    const order: string[] = []
    engines.onDidChange((change) => {
      if (change.engine !== undefined && change.what === 'engine')
        order.push(`${change.engine} ${engines.store(change.engine)!.state.connection.status}`)
    })
    engines.activate('there')
    expect(order).toEqual(['here idle', 'there connecting'])
    answer()
    await settled()
    expect(streams()).toEqual([0, 1])
    expect(shown()).toEqual(['there-1'])
    expect(made.get('here')!.calls.filter((call) => call.startsWith('containers.list'))).toHaveLength(2)
    await clock.advance(60_000)
    expect(made.get('here')!.calls.filter((call) => call.startsWith('containers.list'))).toHaveLength(2)
    expect(clock.timers).toBe(0)
  })

  test('side by side both run, and what is watched later is watched on both', async () => {
    engines.activate('here')
    engines.showBeside('there', true)
    engines.watch('containers')
    engines.watch('images')
    await settled()
    expect(streams()).toEqual([1, 1])
    expect(shown()).toEqual(['here-1', 'there-1'])
    expect(made.get('there')!.calls).toContain('images.list')
    engines.showBeside('there', false)
    await settled()
    expect(streams()).toEqual([1, 0])
  })

  test('what is not watched any more ends on all of them', async () => {
    engines.activate('here')
    engines.showBeside('there', true)
    const watch = engines.watch('containers')
    await settled()
    watch.dispose()
    await clock.advance(10_000)
    expect(streams()).toEqual([0, 0])
    engines.activate('there')
    await clock.advance(10_000)
    expect(streams()).toEqual([0, 0])
    expect(clock.timers).toBe(0)
  })

  test('every change says of which engine it is', async () => {
    engines.activate('there')
    changes.length = 0
    engines.watch('containers')
    await settled()
    expect(changes.length).toBeGreaterThan(0)
    expect(changes.every(({ engine }) => engine === 'there')).toBe(true)
  })

  test('the snapshot is the same value until something changes', async () => {
    engines.activate('here')
    engines.watch('containers')
    await settled()
    const before = engines.snapshot
    await clock.advance(60_000)
    expect(engines.snapshot).toBe(before)
    made.get('here')!.lists.containers = []
    engines.refresh()
    await settled()
    expect(engines.snapshot).not.toBe(before)
    expect(engines.snapshot.engines[1]).toBe(before.engines[1])
  })
})

describe('endpoints that change', () => {
  test('one that is gone is closed, one that stays is left alone', async () => {
    engines.activate('there')
    engines.watch('containers')
    await settled()
    engines.setEndpoints([there])
    await settled()
    expect(log).toEqual(['dispose here'])
    expect(made.get('there')!.calls.filter((call) => call === 'connect')).toHaveLength(1)
    engines.setEndpoints([])
    expect(engines.active).toBeUndefined()
    expect(engines.snapshot.engines).toEqual([])
    expect(clock.timers).toBe(0)
  })

  test('one whose address is another is made anew, and watched again', async () => {
    engines.activate('here')
    engines.watch('containers')
    await settled()
    const first = made.get('here')!
    engines.setEndpoints([
      { ...here, url: 'unix:///other.sock', address: { kind: 'unix', path: '/other.sock' } },
      there,
    ])
    await settled()
    expect(log).toEqual(['dispose here'])
    expect(first.openStreams).toBe(0)
    expect(made.get('here')!.openStreams).toBe(1)
    expect(engines.active?.engine).toBe(made.get('here'))
  })

  test('a closed store says nothing any more', async () => {
    engines.activate('here')
    engines.watch('containers')
    await settled()
    engines.setEndpoints([there])
    changes.length = 0
    await clock.advance(60_000)
    expect(changes).toEqual([])
  })
})
