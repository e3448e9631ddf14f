import { describe, expect, test } from 'vitest'
import type { FileEntry } from '../../../src/engine/files/files.ts'
import { changeNodes, fileNodes, isListed, paged } from '../../../src/tree/files.ts'
import { childrenOf, rowOf, tooltipOf } from '../../../src/tree/kinds.ts'
import { permissions } from '../../../src/tree/kinds/file.ts'
import type { TreeNode } from '../../../src/tree/node.ts'
import { containerPlace } from '../../../src/tree/places.ts'
import { printRow } from '../../../src/tree/print.ts'
import { sameNode } from '../../../src/tree/same-node.ts'
import { container, image, noon, volume } from '../../support/models.ts'
import { context } from '../../support/snapshots.ts'

const place = containerPlace(container('web'))
const entry = (name: string, over: Partial<FileEntry> = {}): FileEntry => ({
  name,
  type: 'file',
  size: 1_200,
  mode: 0o644,
  mtime: noon - 60_000,
  owner: { uid: 1000, gid: 1001 },
  ...over,
})
const shown = (nodes: readonly TreeNode[]): string[] => nodes.map((node) => printRow(rowOf(node, context)))

describe('rows of files', () => {
  test('folders come first, links say where they lead, hostile names stay plain', () => {
    const nodes = fileNodes(
      place,
      '/srv',
      [
        entry('b10'),
        entry('b9\n\u202ex'),
        entry('lib', { type: 'symlink', target: 'directory', link: 'usr/lib' }),
        entry('lost', { type: 'symlink', link: '/none' }),
        entry('sub', { type: 'directory', mode: 0o1777 }),
        entry('null', { type: 'device' }),
      ],
      'web|files',
    )
    expect(shown(nodes)).toEqual([
      '▸ (folder) lib — → usr/lib  [file folder editable target]',
      '▸ (folder) sub  [file folder editable target]',
      '  (file) b9\\n\\u202ex — 1.2 kB  [file regular editable comparable]',
      '  (file) b10 — 1.2 kB  [file regular editable comparable]',
      '  (file) lost — → /none · leads nowhere  [file editable]',
      '  (file) null — device  [file editable]',
    ])
    expect(rowOf(nodes[0]!, context)).toMatchObject({
      id: 'web|files/srv/lib',
      file: { place, path: '/srv/lib', isFolder: true },
    })
    expect(rowOf(nodes[3]!, context).click).toBe('open')
    expect(tooltipOf(nodes[1]!, context)).toContain('Mode: `rwxrwxrwt (1777)`')
    expect(tooltipOf(nodes[3]!, context)).toContain('Owner: `1000:1001`')
    expect(nodes.map(isListed)).toEqual([true, true, false, false, false, false])
  })

  test('are below containers, volumes and images, not below containers that use something', () => {
    const web = container('web')
    const below = (node: TreeNode): string[] => childrenOf(node).map(({ kind }) => kind)
    expect(below({ kind: 'container', container: web })).toEqual(['files', 'changes'])
    expect(below({ kind: 'container', container: web, within: 'net' })).toEqual([])
    expect(below({ kind: 'container', container: container('x', { state: 'removing' }) })).toEqual([])
    expect(below({ kind: 'volume', volume: volume('data'), usedBy: [web] })).toEqual(['files', 'container'])
    expect(below({ kind: 'image', image: image('sha256:a', ['a:1']), usedBy: [] })).toEqual(['files'])
  })

  test('a container that only changed its state has its rows of files left alone', () => {
    const rows = (state: 'running' | 'exited'): readonly TreeNode[] =>
      childrenOf({ kind: 'container', container: container('web', { state }) })
    const [before, after] = [rows('running'), rows('exited')]
    before.forEach((node, at) => expect(sameNode(node, after[at]!)).toBe(true))
    expect(rowOf(before[0]!, context)).toEqual(rowOf(after[0]!, context))
  })

  test('files of an image are not changed', () => {
    const place = { kind: 'image', engine: 'e', id: 'i', name: 'i' } as const
    const [node] = fileNodes(place, '/', [entry('a')], 'i|files')
    expect(rowOf(node!, context).flags).toEqual(['file', 'regular'])
  })

  test('a folder of 100,000 shows a thousand, and more when asked', () => {
    const entries = Array.from({ length: 100_000 }, (_, i) => entry(`f${i}`))
    const nodes = fileNodes(place, '/big', entries, 'web|files')
    const first = paged(nodes, 'web|files/big')
    expect(first.length).toBe(1001)
    expect(rowOf(first.at(-1)!, context)).toMatchObject({
      id: 'web|files/big|more',
      label: '99,000 more…',
      click: 'files.showMore',
    })
    expect(paged(nodes, 'web|files/big', 2000).length).toBe(2001)
    expect(paged(nodes.slice(0, 1000), 'web|files/big').length).toBe(1000)
  })
})

test('what differs from the image is a tree; a folder is what the engine says of it', () => {
  const print = (nodes: readonly TreeNode[], depth = ''): string[] =>
    nodes.flatMap((node) => [
      `${depth}${printRow(rowOf(node, context))}`,
      ...(node.kind === 'change' ? print(node.below, `${depth}  `) : []),
    ])
  const nodes = changeNodes(
    place,
    [
      { path: '/srv/new/a', change: 'added' },
      { path: '/srv', change: 'modified' },
      { path: '/srv/new', change: 'added' },
      { path: '/etc/passwd', change: 'modified' },
      { path: '/bin/sh', change: 'deleted' },
      { path: '/', change: 'modified' },
    ],
    'web|changes',
  )
  expect(print(nodes)).toEqual([
    '▸ (folder) bin  [change modified]',
    '    (file) sh — deleted  [change deleted leaf]',
    '▸ (folder) etc  [change modified]',
    '    (file) passwd — modified  [change modified leaf]',
    '▸ (folder) srv  [change modified]',
    '  ▸ (folder) new — added  [change added]',
    '      (file) a — added  [change added leaf]',
  ])
  expect(rowOf(nodes[2]!, context).file).toEqual({ place, path: '/srv', isFolder: true })
})

test('permissions are written as ls has them', () => {
  expect([0o4755, 0o2644, 0o1777, 0o1750, 0].map(permissions)).toEqual([
    'rwsr-xr-x',
    'rw-r-Sr--',
    'rwxrwxrwt',
    'rwxr-x--T',
    '---------',
  ])
})
