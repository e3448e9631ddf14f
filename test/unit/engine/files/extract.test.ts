import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pack, type Header } from 'tar-stream'
import { Readable } from 'node:stream'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { filling, tarEnd, tarHeader } from '../../../../src/engine/files/tar-writer.ts'
import { extractTar, type ExtractReport, type Remark } from '../../../../src/engine/files/extract.ts'

type Entry = Partial<Header> & { readonly name: string; readonly text?: string }

let outside: string
let target: string

beforeEach(() => {
  outside = mkdtempSync(join(tmpdir(), 'quayside-extract-'))
  writeFileSync(join(outside, 'sentinel'), 'untouched')
  mkdirSync(join(outside, 'work'))
  target = join(outside, 'work', 'target')
})
afterEach(() => {
  // Whatever the archive said, nothing but the target is there.
  expect(readFileSync(join(outside, 'sentinel'), 'utf8')).toBe('untouched')
  expect(lstatSync(join(outside, 'sentinel')).nlink).toBe(1)
  expect(readdirSync(outside).sort()).toEqual(['sentinel', 'work'])
  expect(readdirSync(join(outside, 'work')).filter((name) => name !== 'target')).toEqual([])
  rmSync(outside, { recursive: true, force: true })
})

async function extracted(
  entries: readonly Entry[],
  { origin = '/w/data', platform = 'linux' as NodeJS.Platform } = {},
): Promise<ExtractReport> {
  const archive = pack()
  for (const { text, ...header } of entries) archive.entry(header, text ?? '')
  archive.finalize()
  return extractTar(archive as unknown as AsyncIterable<Uint8Array>, target, {
    signal: new AbortController().signal,
    origin,
    platform,
  })
}

const folder: Entry = { name: 'data/', type: 'directory', mode: 0o755 }
const remarksOf = ({ remarks }: ExtractReport): [string, Remark][] =>
  remarks.map(({ name, remark }) => [name, remark])
const read = (...path: string[]): string => readFileSync(join(target, ...path), 'utf8')

describe('what an archive holds', () => {
  test('a folder becomes the target, with modes, links and contents', async () => {
    const report = await extracted([
      folder,
      { name: 'data/sub/', type: 'directory', mode: 0o555 },
      { name: 'data/sub/file', text: 'hello', mode: 0o640, mtime: new Date(1_700_000_000_000) },
      { name: 'data/link', type: 'symlink', linkname: 'sub/file' },
      { name: 'data/sub/up', type: 'symlink', linkname: '../link' },
      { name: 'data/absolute', type: 'symlink', linkname: '/w/data/sub/file' },
      { name: 'data/hard', type: 'link', linkname: 'data/sub/file' },
    ])
    expect(remarksOf(report)).toEqual([])
    expect(report).toMatchObject({ files: 2, links: 3, bytes: 5 })
    for (const path of ['sub/file', 'link', 'sub/up', 'absolute', 'hard']) expect(read(path)).toBe('hello')
    expect(lstatSync(join(target, 'sub', 'file')).mode & 0o7777).toBe(0o640)
    expect(lstatSync(join(target, 'sub', 'file')).mtimeMs).toBe(1_700_000_000_000)
    expect(readlinkSync(join(target, 'absolute'))).toBe('sub/file')
  })

  test('a single file becomes the target', async () => {
    expect(await extracted([{ name: 'data', text: 'x' }])).toMatchObject({ files: 1, remarks: [] })
    expect(readFileSync(target, 'utf8')).toBe('x')
  })

  test('the root has no name of its own', async () => {
    await extracted(
      [
        { name: './', type: 'directory' },
        { name: './a/b', text: 'x' },
      ],
      { origin: '/' },
    )
    expect(read('a', 'b')).toBe('x')
  })
})

describe('what an archive must not do', () => {
  const file = (name: string): Entry => ({ name, text: 'evil' })
  test.each<[string, readonly Entry[], readonly [string, Remark][]]>([
    [
      'names with ..',
      [file('data/../../sentinel'), file('../sentinel')],
      [
        ['data/../../sentinel', 'outside'],
        ['../sentinel', 'outside'],
      ],
    ],
    ['absolute names', [file('/data/x')], [['/data/x', 'outside']]],
    [
      'links that lead out',
      [
        { name: 'data/l', type: 'symlink', linkname: '../../sentinel' },
        { name: 'data/m', type: 'symlink', linkname: '/etc/passwd' },
      ],
      [
        ['data/l', 'outside'],
        ['data/m', 'outside'],
      ],
    ],
    [
      'a link and then a file through it',
      [{ name: 'data/l', type: 'symlink', linkname: '..' }, file('data/l/sentinel')],
      [['data/l', 'outside']],
    ],
    [
      'an inner link and then a file through it',
      [
        { name: 'data/sub/', type: 'directory' },
        { name: 'data/l', type: 'symlink', linkname: 'sub' },
        file('data/l/x'),
      ],
      [['data/l/x', 'taken']],
    ],
    [
      'up through another link',
      [
        { name: 'data/d', type: 'symlink', linkname: '.' },
        { name: 'data/l', type: 'symlink', linkname: 'd/../sentinel' },
      ],
      [['data/l', 'outside']],
    ],
    [
      'a link in place of a folder',
      [
        { name: 'data/sub/', type: 'directory' },
        { name: 'data/sub', type: 'symlink', linkname: '.' },
        file('data/sub/x'),
      ],
      [['data/sub', 'taken']],
    ],
    [
      'a file in place of a folder',
      [{ name: 'data/sub/', type: 'directory' }, file('data/sub')],
      [['data/sub', 'taken']],
    ],
    [
      'hard links out',
      [
        { name: 'data/h', type: 'link', linkname: '../sentinel' },
        { name: 'data/i', type: 'link', linkname: '/etc/passwd' },
      ],
      [
        ['data/h', 'outside'],
        ['data/i', 'outside'],
      ],
    ],
    [
      'a hard link to a link',
      [
        { name: 'data/l', type: 'symlink', linkname: 'none' },
        { name: 'data/h', type: 'link', linkname: 'data/l' },
      ],
      [['data/h', 'outside']],
    ],
    [
      'devices and pipes',
      [
        { name: 'data/dev', type: 'block-device', devmajor: 8, devminor: 0 },
        { name: 'data/chr', type: 'character-device' },
        { name: 'data/pipe', type: 'fifo' },
      ],
      [
        ['data/dev', 'special'],
        ['data/chr', 'special'],
        ['data/pipe', 'special'],
      ],
    ],
    [
      'the target itself as a link',
      [{ name: 'data', type: 'symlink', linkname: '..' }],
      [['data', 'outside']],
    ],
  ])('refuses %s', async (_, entries, expected) => {
    const report = await extracted([folder, ...entries, { name: 'data/after', text: 'fine' }])
    expect(remarksOf(report)).toEqual(expect.arrayContaining([...expected]))
    expect(read('after')).toBe('fine')
  })

  test('setuid, setgid and sticky bits are dropped', async () => {
    await extracted([folder, { name: 'data/su', text: 'x', mode: 0o7755 }])
    expect(lstatSync(join(target, 'su')).mode & 0o7000).toBe(0)
  })

  test('a file over a link replaces the link, not what it leads to', async () => {
    await extracted([
      folder,
      { name: 'data/real', text: 'kept' },
      { name: 'data/l', type: 'symlink', linkname: 'real' },
      { name: 'data/l', text: 'new' },
    ])
    expect([read('real'), read('l')]).toEqual(['kept', 'new'])
  })

  test('names that Windows does not allow, or holds for the same, are told', async () => {
    const report = await extracted(
      [
        folder,
        { name: 'data/a:b', text: '1' },
        { name: 'data/CON', text: '2' },
        { name: 'data/A:B', text: '3' },
        { name: 'data/x\\..\\y', text: '4' },
      ],
      { platform: 'win32' },
    )
    expect(readdirSync(target).sort()).toEqual(['_CON', 'a_b', 'x_.._y'])
    expect(remarksOf(report)).toContainEqual(['data/A:B', 'taken'])
    expect(read('a_b')).toBe('1')
  })

  test('names that macOS holds for the same are told', async () => {
    const report = await extracted(
      [
        folder,
        { name: 'data/Sub/', type: 'directory' },
        { name: 'data/Sub/a', text: '1' },
        { name: 'data/sub/b', text: '2' },
        { name: 'data/\u00e4', text: '3' },
        { name: 'data/A\u0308', text: '4' },
      ],
      { platform: 'darwin' },
    )
    expect(remarksOf(report)).toEqual([
      ['data/sub/b', 'taken'],
      ['data/A\u0308', 'taken'],
    ])
    expect([read('Sub', 'a'), read('\u00e4')]).toEqual(['1', '3'])
  })

  test('a name with a NUL in it is refused, one that is no UTF-8 is written out', async () => {
    const facts = { type: 'file', mode: 0o644, uid: 0, gid: 0, mtime: 0 } as const
    const names = [`data/${'x'.repeat(100)}\0/../../../sentinel`, 'data/a\uefff', 'data/a\ueffe']
    const parts = [tarHeader({ ...facts, name: 'data', type: 'directory' })]
    for (const name of names)
      parts.push(tarHeader({ ...facts, name, size: 4 }), Buffer.from('evil'), filling(4))
    const report = await extractTar(Readable.from([Buffer.concat([...parts, tarEnd])]), target, {
      signal: new AbortController().signal,
      origin: '/w/data',
      platform: 'linux',
    })
    expect(report.remarks.map(({ remark }) => remark)).toEqual(['outside', 'renamed', 'renamed'])
    expect(readdirSync(target).sort()).toEqual(['a\\xfe', 'a\\xff'])
  })

  test('a link that stands where the target will be is not followed', async () => {
    const elsewhere = mkdtempSync(join(tmpdir(), 'quayside-elsewhere-'))
    try {
      symlinkSync(elsewhere, target)
      const report = await extracted([folder, { name: 'data/x', text: 'evil' }])
      expect(report).toMatchObject({ files: 0, folders: 0 })
      expect(report.remarks.map(({ remark }) => remark)).toEqual(['taken', 'taken'])
      expect(readdirSync(elsewhere)).toEqual([])
    } finally {
      rmSync(elsewhere, { recursive: true })
    }
  })

  test('while it is written nobody else gets in, so that nobody puts a link in the way', async () => {
    const facts = { type: 'file', mode: 0o777, uid: 0, gid: 0, mtime: 0 } as const
    const modes: number[] = []
    async function* archive(): AsyncGenerator<Uint8Array> {
      yield tarHeader({ ...facts, name: 'data', type: 'directory' })
      yield tarHeader({ ...facts, name: 'data/sub', type: 'directory' })
      yield tarHeader({ ...facts, name: 'data/sub/f', size: 0 })
      for (const path of [target, join(target, 'sub')])
        await vi.waitFor(() => modes.push(lstatSync(path).mode & 0o777))
      yield tarEnd
    }
    const options = { signal: new AbortController().signal, origin: '/w/data', platform: 'linux' } as const
    await extractTar(archive(), target, options)
    expect(modes).toEqual([0o700, 0o700])
    expect(lstatSync(target).mode & 0o777).toBe(0o777)
  })

  test('what is left out is counted, and listed up to a thousand', async () => {
    const report = await extracted([folder, ...Array.from({ length: 1_200 }, (_, i) => file(`../x${i}`))])
    expect([report.remarks.length, report.unlisted]).toEqual([1_000, 200])
  })

  test('an archive that ends early fails, and so does one that is cancelled', async () => {
    const archive = pack()
    archive.on('error', () => undefined)
    const entry = archive.entry({ name: 'data', size: 100 })
    entry.on('error', () => undefined)
    entry.write('short')
    const control = new AbortController()
    const running = extractTar(archive as unknown as AsyncIterable<Uint8Array>, target, {
      signal: control.signal,
      origin: '/w/data',
      platform: 'linux',
    })
    control.abort()
    await expect(running).rejects.toThrow()
  })
})
