import { describe, expect, test } from 'vitest'
import { normalize, parentOf, within } from '../../../../src/engine/files/file-path.ts'
import { parseListing } from '../../../../src/engine/files/listing.ts'
import { fileNodes, paged } from '../../../../src/tree/files.ts'
import { localName } from '../../../../src/engine/files/local-name.ts'

const word = 'c0ffee'

describe('a listing', () => {
  test('100,000 names in one folder: all are told, a thousand are rows at first', () => {
    const records = Array.from({ length: 100_000 }, (_, i) => `${word}E81a4 1 1700000000 0 0 ./f${i}\n`)
    const entries = parseListing(`${records.join('')}${word}.`, word)!
    expect(entries).toHaveLength(100_000)
    const place = { kind: 'container', engine: 'e', id: 'c', name: 'c' } as const
    const rows = paged(fileNodes(place, '/w', entries, 'c|files'), 'c|files/w')
    expect(rows).toHaveLength(1001)
    expect(rows[999]).toMatchObject({ path: '/w/f999' })
    expect(rows[1000]).toMatchObject({ kind: 'more', hidden: 99_000 })
  })

  test('files, folders and what links lead to', () => {
    const output = [
      `${word}E81a4 12 1700000000 1000 1001 ./a file\n`,
      `${word}E41ed 4096 1700000001 0 0 ./folder\n`,
      `${word}Ea1ff 3 1700000002 0 0 ./link\n`,
      `${word}Ea1ff 3 1700000002 0 0 ./broken\n`,
      `${word}L./link${word}N'./link' -> 'folder'\n`,
      `${word}L./broken${word}N./broken -> /no -> where\n`,
      `${word}T41ed ./link\n`,
      `${word}.`,
    ].join('')
    const root = { uid: 0, gid: 0 }
    expect(parseListing(output, word)).toEqual([
      {
        name: 'a file',
        type: 'file',
        size: 12,
        mode: 0o644,
        mtime: 1_700_000_000_000,
        owner: { uid: 1000, gid: 1001 },
      },
      { name: 'folder', type: 'directory', size: 4096, mode: 0o755, mtime: 1_700_000_001_000, owner: root },
      {
        name: 'link',
        type: 'symlink',
        target: 'directory',
        link: 'folder',
        size: 3,
        mode: 0o777,
        mtime: 1_700_000_002_000,
        owner: root,
      },
      {
        name: 'broken',
        type: 'symlink',
        link: '/no -> where',
        size: 3,
        mode: 0o777,
        mtime: 1_700_000_002_000,
        owner: root,
      },
    ])
  })

  test('a name that looks like a record is a name', () => {
    const name = 'x\nE81a4 1 1 ./fake\n.'
    expect(
      parseListing(`${word}E81a4 0 0 0 0 ./${name}\n${word}.`, word)?.map((entry) => entry.name),
    ).toEqual([name])
  })

  test('times before 1970', () => {
    expect(parseListing(`${word}E81a4 0 -5 0 0 ./old\n${word}.`, word)?.[0]?.mtime).toBe(-5000)
  })

  test('an empty folder, and one that was not told to its end', () => {
    expect(parseListing(`${word}.`, word)).toEqual([])
    expect(parseListing('', word)).toBeUndefined()
    expect(parseListing(`${word}E81a4 0 0 0 0 ./a\n`, word)).toBeUndefined()
    expect(parseListing(`${word}garbage\n${word}.`, word)).toBeUndefined()
  })
})

test('paths never lead above the root', () => {
  expect(normalize('/a/../../b/./c//')).toBe('/b/c')
  expect(within('/w/sub', '../../../etc')).toBe('/etc')
  expect(within('/w', '/abs')).toBe('/abs')
  expect([parentOf('/a/b'), parentOf('/a'), parentOf('/')]).toEqual(['/a', '/', '/'])
})

test('names that Windows does not allow get another', () => {
  const windows = (name: string): string => localName(name, 'win32')
  expect(['a:b', 'con', 'NUL.txt', 'trail.', 'x\\y', 'fine.txt'].map(windows)).toEqual([
    'a_b',
    '_con',
    '_NUL.txt',
    'trail_',
    'x_y',
    'fine.txt',
  ])
  expect(localName('a:b', 'linux')).toBe('a:b')
})
