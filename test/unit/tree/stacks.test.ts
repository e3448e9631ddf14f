import { expect, test } from 'vitest'
import { EngineError } from '../../../src/engine/errors.ts'
import { rowOf } from '../../../src/tree/kinds.ts'
import type { StackNode } from '../../../src/tree/node.ts'
import { stackRoots, type WorkspaceProject } from '../../../src/tree/stacks.ts'
import { container } from '../../support/models.ts'
import { context, engineState, snapshotOf } from '../../support/snapshots.ts'

const shop: WorkspaceProject = {
  name: 'shop',
  files: ['/work/shop/compose.yaml'],
  services: [
    { name: 'web', file: '/work/shop/compose.yaml', line: 2 },
    { name: 'db', file: '/work/shop/compose.yaml', line: 9 },
  ],
}
const claim = (project: string, service: string, configFiles: readonly string[], number = 1) => ({
  project,
  service,
  number,
  oneoff: false,
  workingDir: '/',
  configFiles,
})
const printed = (nodes: readonly StackNode[]): string[] =>
  nodes.flatMap((node) =>
    [node, ...node.services].map(
      (each) =>
        `${each.kind === 'service' ? '  ' : ''}${rowOf(each, context).label}: ${rowOf(each, context).description} [${rowOf(each, context).flags.join(' ')}]`,
    ),
  )

test('a project of the folder that does not run', () => {
  expect(printed(stackRoots(snapshotOf(engineState({ containers: [] })), [shop]))).toEqual([
    'shop: not running · compose.yaml [stack stopped workspace]',
    '  db: no container [service stopped workspace]',
    '  web: no container [service stopped workspace]',
  ])
})

test('it is the same row once compose has made it from the same file, whatever it is called then', () => {
  const containers = [
    container('x-web-1', { compose: claim('renamed', 'web', shop.files) }),
    container('x-web-2', { compose: claim('renamed', 'web', shop.files, 2), state: 'exited' }),
  ]
  expect(printed(stackRoots(snapshotOf(engineState({ containers })), [shop]))).toEqual([
    'renamed: 1/2 services running · compose.yaml [stack running stopped workspace]',
    '  db: no container [service stopped workspace]',
    '  web: 1/2 running [service running workspace]',
  ])
})

test('a project that runs from files elsewhere is seen, and not taken for one of the folder', () => {
  const containers = [
    container('other-web-1', { compose: claim('shop', 'web', ['/elsewhere/compose.yaml']) }),
  ]
  expect(printed(stackRoots(snapshotOf(engineState({ containers })), [shop]))).toEqual([
    'shop: not running · compose.yaml [stack stopped workspace]',
    '  db: no container [service stopped workspace]',
    '  web: no container [service stopped workspace]',
    'shop: 1/1 service running · compose.yaml [stack running]',
    '  web: running [service running]',
  ])
})

test('services that wait for a profile are not missing; containers that the file wants are', () => {
  const services = [
    { name: 'web', file: '/work/shop/compose.yaml', line: 2, replicas: 3 },
    { name: 'debug', file: '/work/shop/compose.yaml', line: 9, profiles: ['tools', 'dev'] },
  ]
  const containers = [1, 2].map((number) =>
    container(`web${number}`, { compose: claim('shop', 'web', shop.files, number) }),
  )
  expect(printed(stackRoots(snapshotOf(engineState({ containers })), [{ ...shop, services }]))).toEqual([
    'shop: 1/1 service running · compose.yaml [stack running stopped workspace]',
    '  debug: no container · profile tools, dev [service stopped workspace]',
    '  web: 2/3 running [service running workspace]',
  ])
})

test('paused services say so', () => {
  const containers = [
    container('web', { compose: claim('shop', 'web', shop.files), state: 'paused' }),
    container('db', { compose: claim('shop', 'db', shop.files) }),
  ]
  expect(printed(stackRoots(snapshotOf(engineState({ containers })), [shop]))).toEqual([
    'shop: 2/2 services running · compose.yaml [stack running paused workspace]',
    '  db: running [service running workspace]',
    '  web: paused [service running paused workspace]',
  ])
})

test('services whose containers are not as the file has them', () => {
  const files = ['/work/shop/compose.yaml']
  const made = (service: string, configHash: string, number = 1) =>
    container(`${service}${number}`, {
      compose: { ...claim('shop', service, files, number), configHash },
    })
  const containers = [made('web', 'aa'), made('web', 'bb', 2), made('db', 'cc'), made('old', 'dd')]
  const hashes = new Map(Object.entries({ web: new Set(['aa']), db: new Set(['xx', 'cc']) }))
  const known = { ...shop, hashes: new Map([[engineState({}).endpoint.id, hashes]]) }
  expect(printed(stackRoots(snapshotOf(engineState({ containers })), [known]))).toEqual([
    'shop: 3/3 services running · 1 changed in the file · 1 no longer in the file · compose.yaml [stack running workspace]',
    '  db: running [service running workspace]',
    '  old: running · no longer in the file [service running workspace]',
    '  web: 2/2 running · changed in the file [service running workspace]',
  ])
})

test('a container without a hash, and a project that compose was not asked about, differ in nothing', () => {
  const files = ['/work/shop/compose.yaml']
  const containers = [container('web1', { compose: claim('shop', 'web', files) })]
  const state = snapshotOf(engineState({ containers }))
  const hashes = new Map([['web', new Set(['aa'])]])
  for (const project of [shop, { ...shop, hashes: new Map([[engineState({}).endpoint.id, hashes]]) }])
    expect(stackRoots(state, [project])[0]!.services.map(({ drift }) => drift)).toEqual([
      undefined,
      undefined,
    ])
})

test('a project is of the files that it was made of, as long as they are compose files of its folder', () => {
  const others = ['/work/shop/compose.live.yaml', '/work/shop/compose.test.yaml']
  const filesOf = (configFiles: readonly string[]): readonly string[] => {
    const containers = [container('web', { compose: claim('shop', 'web', configFiles) })]
    return stackRoots(snapshotOf(engineState({ containers })), [{ ...shop, others }])[0]!.files
  }
  const live = [shop.files[0]!, others[0]!]
  expect(filesOf(live)).toEqual(live)
  expect(filesOf([shop.files[0]!, '/elsewhere/evil.yaml'])).toEqual(shop.files)
  expect(filesOf(shop.files)).toEqual(shop.files)
})

test('a project that runs under its own name goes before one that runs under another from the same files', () => {
  const containers = ['before', 'shop'].map((name) =>
    container(name, { compose: claim(name, 'web', shop.files) }),
  )
  const roots = stackRoots(snapshotOf(engineState({ containers })), [shop])
  expect(roots.map(({ name, inWorkspace, project }) => ({ name, inWorkspace, project }))).toEqual([
    { name: 'before', inWorkspace: false, project: undefined },
    { name: 'shop', inWorkspace: true, project: undefined },
  ])
})

test('files on Windows are the same whatever the case of their drive', () => {
  const files = ['c:\\work\\shop\\compose.yaml']
  const containers = [container('web', { compose: claim('shop', 'web', ['C:\\Work\\shop\\compose.yaml']) })]
  const roots = stackRoots(snapshotOf(engineState({ containers })), [{ ...shop, files, services: [] }])
  expect(roots.map(({ inWorkspace }) => inWorkspace)).toEqual([true])
})

test('a service is gone to in the file that has it', () => {
  const over = { name: 'debug', file: '/work/shop/compose.override.yaml', line: 3 }
  const [root] = stackRoots(snapshotOf(engineState({ containers: [] })), [
    { ...shop, files: [...shop.files, over.file], services: [...shop.services, over] },
  ])
  expect(root!.services.map(({ name, place }) => [name, place?.file, place?.line])).toEqual([
    ['db', '/work/shop/compose.yaml', 9],
    ['debug', over.file, 3],
    ['web', '/work/shop/compose.yaml', 2],
  ])
})

test('a project whose files a .env lists is run where compose finds them, unless its containers are of others', () => {
  const folder = '/work'
  const listed = { ...shop, folder, others: ['/work/shop/compose.live.yaml'] }
  const folderOf = (configFiles: readonly string[]): readonly unknown[] => {
    const containers = [container('web', { compose: claim('shop', 'web', configFiles) })]
    const [stack] = stackRoots(snapshotOf(engineState({ containers })), [listed])
    return [stack!.folder, stack!.services[0]!.folder]
  }
  expect(folderOf(shop.files)).toEqual([folder, folder])
  expect(folderOf([...shop.files, ...listed.others])).toEqual([undefined, undefined])
})

test('of an engine that cannot be reached it is not said what runs', () => {
  const error = new EngineError('unreachable', 'Nothing answers')
  const connection = { status: 'failed', error, attempt: 1, retryAt: 0 } as const
  const containers = [container('shop-web-1', { compose: claim('shop', 'web', shop.files) })]
  expect(printed(stackRoots(snapshotOf(engineState({ containers, connection })), [shop]))).toEqual([
    'shop: the engine cannot be reached · compose.yaml [stack stopped workspace]',
    '  db: not known [service stopped workspace]',
    '  web: not known [service stopped workspace]',
  ])
})

test('one container that claims files of the folder gives it no project that goes by other files', () => {
  const containers = [
    container('web', { compose: claim('theirs', 'web', ['/elsewhere/compose.yaml']) }),
    container('guest', { compose: claim('theirs', 'guest', shop.files) }),
  ]
  const roots = stackRoots(snapshotOf(engineState({ containers })), [shop])
  expect(roots.map(({ name, inWorkspace }) => `${name}${inWorkspace ? ' of the folder' : ''}`)).toEqual([
    'shop of the folder',
    'theirs',
  ])
})
