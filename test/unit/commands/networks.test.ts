import { describe, expect, test } from 'vitest'
import { EngineError } from '../../../src/engine/errors.ts'
import { connectDropped } from '../../../src/commands/network-members.ts'
import { scene, type Scene } from '../../support/command-deps.ts'
import { container, network } from '../../support/models.ts'
import { chooses, dismisses, types } from '../../support/scripted-ui.ts'

const attached = (name: string) =>
  ({ network: name, networkId: `net-${name}`, ipv4: '172.18.0.2', ipv6: '', aliases: [] }) as const

describe('remove', () => {
  test('a network called -rf is asked for by id, and so is the docker line', async () => {
    const s = await scene([chooses('Remove')])
    s.engine.answers.set('networks.remove', () => undefined)
    await s.run('networks.remove', { kind: 'network', network: network('-rf'), members: [] })
    expect(s.engine.calls).toEqual(['networks.remove net--rf'])
    expect(s.equivalents).toEqual(['docker network rm net--rf'])
  })

  test('one with containers in it offers the missing step', async () => {
    const s = await scene([chooses('Remove'), chooses('Disconnect All and Remove')])
    const web = container('web', { attachments: [attached('backend')] })
    s.engine.lists.containers.push(web)
    s.engine.failNext('networks.remove', new EngineError('denied', 'network backend has active endpoints'))
    s.engine.answers.set('networks.remove', () => undefined)
    s.engine.answers.set('networks.disconnect', () => undefined)
    await s.run('networks.remove', { kind: 'network', network: network('backend'), members: [web] })
    expect(s.engine.calls).toEqual([
      'networks.remove net-backend',
      'containers.list',
      'networks.disconnect net-backend web',
      'networks.remove net-backend',
    ])
    expect(s.equivalents).toEqual(['docker network disconnect backend web', 'docker network rm backend'])
  })
})

test('prune leaves built-in networks and those of stopped containers', async () => {
  const s = await scene([chooses('Remove')])
  s.engine.lists.networks.push(network('bridge', { builtIn: true }), network('backend'), network('alone'))
  s.engine.lists.containers.push(container('old', { state: 'exited', attachments: [attached('backend')] }))
  s.engine.answers.set('networks.remove', () => undefined)
  await s.run('networks.prune')
  expect(s.engine.calls.filter((call) => call.startsWith('networks.remove'))).toEqual([
    'networks.remove net-alone',
  ])
})

test('Create asks for driver and range, and refuses what is no range', async () => {
  const s = await scene([
    types('backend'),
    chooses('bridge'),
    types('everything'),
    types('172.30.0.0/16'),
    types('172.30.0.1'),
    chooses('Internal'),
  ])
  const made: unknown[] = []
  s.engine.answers.set('networks.create', (options: unknown) => {
    made.push(options)
    return 'id'
  })
  await s.run('networks.create')
  expect(made).toEqual([
    { name: 'backend', driver: 'bridge', internal: true, subnet: '172.30.0.0/16', gateway: '172.30.0.1' },
  ])
  expect(s.equivalents).toEqual([
    'docker network create --internal --subnet 172.30.0.0/16 --gateway 172.30.0.1 backend',
  ])
})

test('Connect offers the containers that are outside, with names to be found by', async () => {
  const s = await scene([chooses('api'), types('app, server'), dismisses])
  s.engine.lists.containers.push(
    container('web', { attachments: [attached('backend')] }),
    container('api'),
    container('raw', { networkMode: 'host' }),
  )
  const options: unknown[] = []
  s.engine.answers.set('networks.connect', (...args: unknown[]) => options.push(args.slice(0, 3)))
  await s.run('networks.connect', { kind: 'network', network: network('backend'), members: [] })
  expect(options).toEqual([['net-backend', 'api', { aliases: ['app', 'server'] }]])
  expect(s.equivalents).toEqual(['docker network connect --alias app --alias server backend api'])
})

test('Disconnect takes members out of their network', async () => {
  const s = await scene()
  s.engine.answers.set('networks.disconnect', () => undefined)
  await s.run('networks.disconnect', {
    kind: 'member',
    network: network('backend'),
    container: container('web'),
  })
  expect(s.engine.calls).toEqual(['networks.disconnect net-backend web'])
})

describe('containers dropped on a network', () => {
  const drop = (s: Scene, ...ids: readonly string[]) =>
    connectDropped(
      s.deps,
      network('backend'),
      ids.map((id) => ({ engine: s.engine.id, id })),
    )

  test('are connected, and Disconnect takes it back', async () => {
    const s = await scene([chooses('Disconnect')])
    s.engine.lists.containers.push(container('web'), container('db', { attachments: [attached('backend')] }))
    s.engine.answers.set('networks.connect', () => undefined)
    s.engine.answers.set('networks.disconnect', () => undefined)
    await drop(s, 'web', 'db')
    await expect.poll(() => s.equivalents.length).toBe(2)
    expect(s.transcript).toContain('info: Connected web to backend. [Disconnect]')
    expect(s.equivalents).toEqual([
      'docker network connect backend web',
      'docker network disconnect backend web',
    ])
  })

  test('that are in it already, or of another engine, are told apart', async () => {
    const s = await scene()
    s.engine.lists.containers.push(container('db', { attachments: [attached('backend')] }))
    await drop(s, 'db')
    expect(s.transcript).toEqual(['info: db is in backend already.'])
    const elsewhere = connectDropped(s.deps, network('backend'), [{ engine: 'other', id: 'x' }])
    await expect(elsewhere).rejects.toThrow('Containers of another engine cannot join backend.')
    await expect(drop(s, 'gone')).rejects.toThrow('There is nothing left to connect to backend.')
  })
})
