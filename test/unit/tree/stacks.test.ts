import { expect, test } from 'vitest'
import { rowOf } from '../../../src/tree/kinds.ts'
import type { StackNode } from '../../../src/tree/node.ts'
import { stackRoots, type WorkspaceProject } from '../../../src/tree/stacks.ts'
import { container } from '../../support/models.ts'
import { context, engineState, snapshotOf } from '../../support/snapshots.ts'

const shop: WorkspaceProject = {
  name: 'shop',
  files: ['/work/shop/compose.yaml'],
  services: [
    { name: 'web', line: 2 },
    { name: 'db', line: 9 },
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
    'shop: 1/1 services running · compose.yaml [stack running]',
    '  web: running [service running]',
  ])
})
