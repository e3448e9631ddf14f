import { describe, expect, test } from 'vitest'
import { planOf, type Inventory } from '../../../src/commands/clean-up-plan.ts'
import { EngineError } from '../../../src/engine/errors.ts'
import { scene } from '../../support/command-deps.ts'
import { container, endpoint, engineInfo, image, network, volume } from '../../support/models.ts'
import { chooses, dismisses, types } from '../../support/scripted-ui.ts'

const old = container('old', {
  state: 'exited',
  imageId: 'sha256:old',
  mounts: [{ type: 'volume', name: 'olddata', source: '', destination: '/d', readOnly: false }],
  attachments: [{ network: 'oldnet', networkId: 'net-oldnet', ipv4: '', ipv6: '', aliases: [] }],
})
const inventory: Inventory = {
  containers: [container('web', { imageId: 'sha256:web' }), old],
  images: [image('sha256:web', ['web:1']), image('sha256:old', ['old:1']), image('sha256:none', [])],
  volumes: [volume('olddata'), volume('e'.repeat(64), { anonymous: true })],
  networks: [network('bridge', { builtIn: true }), network('oldnet')],
  cacheCount: 3,
  cacheSize: 9_000_000,
  sizes: new Map([
    ['old', 1_000_000],
    ['sha256:old', 50_000_000],
    ['sha256:none', 2_000_000],
    ['olddata', 4_000_000],
  ]),
}

describe('what a clean-up takes', () => {
  test('what a stopped container holds goes only together with it', () => {
    expect(planOf(inventory, ['networks', 'images', 'volumes']).lines).toEqual([
      `volume: ${'e'.repeat(64)}`,
      'image: none (2 MB)',
    ])
    expect(planOf(inventory, ['containers', 'networks', 'images', 'volumes']).lines).toEqual([
      'volume: olddata (4 MB)',
      `volume: ${'e'.repeat(64)}`,
      'container: old (1 MB)',
      'network: oldnet',
      'image: old:1 (50 MB)',
      'image: none (2 MB)',
    ])
  })

  test('named volumes go only when they are chosen by name of their kind', () => {
    const { volumes } = planOf(inventory, [
      'containers',
      'anonymous',
      'images',
      'dangling',
      'cache',
      'networks',
    ])
    expect(volumes.map(({ anonymous }) => anonymous)).toEqual([true])
  })

  test('the bytes are those of what is listed', () => {
    expect(planOf(inventory, ['containers', 'dangling', 'cache']).bytes).toBe(12_000_000)
  })
})

test('Clean Up shows everything that goes, asks once, and removes in the order in which things let go', async () => {
  const s = await scene([chooses('Stopped containers', 'Unused networks', 'Build cache'), chooses('Remove')])
  s.engine.lists.containers.push(...inventory.containers)
  s.engine.lists.networks.push(...inventory.networks)
  s.engine.usage = {
    ...s.engine.usage,
    containers: [{ id: 'old', sizeRw: 1_000_000, sizeRootFs: 2_000_000 }],
    buildCache: [{ id: 'c1', size: 9_000_000, inUse: false, description: 'RUN make' }],
  }
  s.engine.answers.set('containers.remove', () => undefined)
  s.engine.answers.set('networks.remove', () => undefined)
  s.engine.answers.set('system.pruneBuildCache', () => ({ removed: ['c1'], reclaimed: 9_000_000 }))
  await s.run('system.prune')
  const asked = s.transcript.slice(s.transcript.findIndex((line) => line.startsWith('confirm')))
  expect(asked.slice(0, 6)).toEqual([
    'confirm: Remove 3 objects from laptop? [Remove]',
    '  container: old (1 MB)',
    '  network: oldnet',
    '  build cache: 1 record (9 MB)',
    '  ',
    '  This frees about 10 MB.',
  ])
  expect(s.engine.calls.filter((call) => !call.includes('list') && !call.includes('diskUsage'))).toEqual([
    'containers.remove old',
    'networks.remove net-oldnet',
    'system.pruneBuildCache',
  ])
  expect(s.equivalents).toEqual(['docker rm old', 'docker network rm oldnet', 'docker builder prune -f'])
})

test('Cancel in the question removes nothing', async () => {
  const s = await scene([chooses('Stopped containers'), dismisses])
  s.engine.lists.containers.push(...inventory.containers)
  await s.run('system.prune')
  expect(s.equivalents).toEqual([])
})

test('Disk Usage counts what is there, what is in use and what can go', async () => {
  const s = await scene()
  s.engine.lists.containers.push(...inventory.containers)
  s.engine.lists.images.push(...inventory.images)
  s.engine.usage = {
    images: [
      { id: 'sha256:web', size: 60_000_000, sharedSize: 10_000_000, containers: 1 },
      { id: 'sha256:none', size: 12_000_000, sharedSize: 10_000_000, containers: 0 },
    ],
    containers: [{ id: 'old', sizeRw: 1_000_000, sizeRootFs: 61_000_000 }],
    volumes: [{ name: 'data', size: 5_000_000, refCount: 1 }],
    buildCache: [],
    layersSize: 62_000_000,
  }
  await s.run('system.diskUsage')
  expect(s.documents[0]!.text.split('\n').slice(0, 14)).toEqual([
    'TYPE          TOTAL   IN USE   SIZE    CAN GO',
    'Images        2       1        62 MB   2 MB',
    'Containers    1       0        1 MB    1 MB',
    'Volumes       1       1        5 MB    0 B',
    'Build cache   0       0        0 B     0 B',
    '',
    'Images:',
    '',
    '60 MB   50 MB of its own   1 container    web:1',
    '12 MB   2 MB of its own    0 containers   none',
    '',
    'Containers:',
    '',
    '1 MB   61 MB with its image   old',
  ])
})

describe('engines', () => {
  const node = (status: 'connected' | 'failed') =>
    ({
      kind: 'engine',
      endpoint: endpoint({ id: 'unix:///other.sock', name: 'other' }),
      status,
      active: false,
      shown: false,
    }) as const

  test('another engine is used, a failed one tried again', async () => {
    const s = await scene()
    await s.run('engines.use', node('connected'))
    await s.run('engines.retry', node('failed'))
    expect(s.transcript).toEqual(['use: unix:///other.sock', 'reconnect: unix:///other.sock'])
  })

  test('another engine is shown beside, and hidden again', async () => {
    const s = await scene()
    await s.run('engines.showBeside', node('connected'))
    await s.run('engines.hide', { ...node('connected'), shown: true })
    expect(s.transcript).toEqual(['beside: unix:///other.sock', 'hide: unix:///other.sock'])
  })

  test('diagnostics open as a document', async () => {
    const s = await scene()
    await s.run('engines.diagnostics')
    expect(s.documents.map(({ text }) => text)).toEqual(['tried: nothing\n'])
  })

  test('the address goes into the docker line where the CLI would use another engine', async () => {
    const s = await scene()
    s.open.set(s.engine.id, {
      ...s.engine,
      endpoint: endpoint({ origin: { from: 'context', name: 'colima' } }),
      info: engineInfo(),
    })
    s.engine.answers.set('containers.start', () => undefined)
    await s.run('containers.start', { kind: 'container', container: container('web') })
    expect(s.equivalents).toEqual(['docker --context colima start web'])
  })
})

describe('registries', () => {
  test('a login that the registry refuses keeps nothing', async () => {
    const s = await scene([types('docker.io'), types('ann'), types('wrong')])
    s.engine.failNext('system.login', new EngineError('unauthorized', 'incorrect username or password'))
    s.engine.answers.set('system.login', () => undefined)
    await expect(s.run('registries.login')).rejects.toThrow('incorrect username or password')
    expect([...s.auths]).toEqual([])
  })

  test('an identity token is kept instead of the password', async () => {
    const s = await scene([types('docker.io'), types('ann'), types('hunter22')])
    s.engine.answers.set('system.login', () => ({ identityToken: 'token', status: 'Login Succeeded' }))
    await s.run('registries.login')
    const kept = s.auths.get('https://index.docker.io/v1/')!
    expect(kept.password).toBeUndefined()
    expect(kept.identityToken!.reveal()).toBe('token')
    expect(s.equivalents).toEqual(['docker login -u ann'])
  })

  test('Log Out offers what is kept', async () => {
    const s = await scene([chooses('docker.io')])
    s.auths.set('https://index.docker.io/v1/', {
      serverAddress: 'https://index.docker.io/v1/',
      username: 'ann',
    })
    await s.run('registries.logout')
    expect([...s.auths]).toEqual([])
    expect(s.equivalents).toEqual(['docker logout'])
  })
})

describe('views', () => {
  test('filter, group, sort and scope are kept, and shown as chosen', async () => {
    const s = await scene([
      types(' web running '),
      chooses('Image'),
      chooses('Newest first'),
      chooses('Running'),
    ])
    for (const id of ['containers.filter', 'containers.groupBy', 'containers.sortBy', 'containers.scope'])
      await s.run(id)
    expect(s.views.get('containers')).toEqual({
      filter: 'web running',
      groupBy: 'image',
      sortBy: 'created',
      scope: 'running',
    })
    expect(s.transcript).toContain('  No groups | now')
  })

  test('volumes are measured when asked for, and to sort by size', async () => {
    const s = await scene([chooses('Largest first')])
    await s.run('volumes.measure')
    await s.run('volumes.sortBy')
    expect(s.transcript.filter((line) => line === 'measure')).toHaveLength(2)
    expect(s.views.get('volumes')).toEqual({ sortBy: 'size' })
  })

  test('Show All clears filter and scope', async () => {
    const s = await scene()
    s.views.set('images', { filter: 'x' })
    await s.run('images.clearFilter')
    expect(s.views.get('images')).toEqual({ filter: '', scope: 'all' })
  })
})

describe('projects', () => {
  const project = (...containers: ReturnType<typeof container>[]) =>
    ({ kind: 'project', engine: 'unix:///var/run/docker.sock', name: 'shop', containers }) as const

  test('stop takes what runs, start what does not, and one-off containers are left alone', async () => {
    const compose = {
      project: 'shop',
      service: 's',
      number: 1,
      oneoff: false,
      workingDir: '',
      configFiles: [],
    }
    const shop = project(
      container('web', { compose }),
      container('db', { state: 'exited', compose }),
      container('migrate', { compose: { ...compose, oneoff: true } }),
    )
    const s = await scene()
    s.engine.answers.set('containers.stop', () => undefined)
    s.engine.answers.set('containers.start', () => undefined)
    await s.run('projects.stop', shop)
    await s.run('projects.start', shop)
    expect(s.engine.calls.slice(0, 2)).toEqual(['containers.stop web', 'containers.start db'])
  })
})

test('what was done can be copied as docker lines, in the order in which it was done', async () => {
  const s = await scene([chooses('docker stop web', 'docker rm web')])
  await s.run('system.copyDone')
  expect(s.transcript).toEqual(['info: Nothing was done in this window yet.'])
  for (const line of ['docker pull nginx', 'docker stop web', 'docker rm web']) s.deps.ui.equivalent(line)
  await s.run('system.copyDone')
  expect(s.copied).toEqual(['docker stop web\ndocker rm web'])
})
