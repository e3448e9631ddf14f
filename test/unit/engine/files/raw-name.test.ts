import { describe, expect, test } from 'vitest'
import {
  decodeName,
  encodeName,
  escapedName,
  percentName,
  shownName,
} from '../../../../src/engine/files/raw-name.ts'
import { tarHeaders } from '../../../../src/engine/files/tar-reader.ts'
import { filling, tarEnd, tarHeader } from '../../../../src/engine/files/tar-writer.ts'
import { all } from '../../../support/transports.ts'

describe('names as bytes', () => {
  const cases: readonly (readonly [string, readonly number[], string])[] = [
    ['plain', [...Buffer.from('plain ü 漢 😀')], 'plain ü 漢 😀'],
    ['Latin-1', [0x61, 0xe9, 0x62], 'a\uefe9b'],
    ['a cut character', [0xe6, 0xbc], '\uefe6\uefbc'],
    ['beside a whole one', [0xff, ...Buffer.from('é')], '\uefffé'],
    ['too long a form', [0xc0, 0xaf], '\uefc0\uefaf'],
    ['a surrogate', [0xed, 0xa0, 0x80], '\uefed\uefa0\uef80'],
    ['the private characters themselves', [...Buffer.from('\uefff')], '\uefee\uefbf\uefbf'],
    ['a mark of order', [0xef, 0xbb, 0xbf, 0x61], '\ufeffa'],
  ]
  test.each(cases)('%s', (_, bytes, name) => {
    expect(decodeName(Uint8Array.from(bytes))).toBe(name)
    expect([...encodeName(name)]).toEqual(bytes)
  })

  test('any bytes come back', () => {
    let seed = 7
    const next = (): number => (seed = (seed * 1_103_515_245 + 12_345) & 0x7fffffff) >> 8
    for (let round = 0; round < 2_000; round++) {
      const bytes = Uint8Array.from({ length: next() % 12 }, () => next() & 0xff)
      expect([...encodeName(decodeName(bytes))]).toEqual([...bytes])
    }
  })

  test('are written into URLs, into scripts and for people', () => {
    expect(percentName('/a b/ü')).toBe('%2Fa%20b%2F%C3%BC')
    expect(percentName('/\uefff')).toBe('%2f%ff')
    expect(escapedName('/a\\b\uefff')).toBe('/a\\\\b\\0377')
    expect(shownName('a\uefff')).toBe('a\\xff')
  })
})

describe('the headers of an archive', () => {
  const long = `${'long/'.repeat(60)}ü`
  const file = { type: 'file', mode: 0o4755, uid: 5_000_000, gid: 7, mtime: 1.7e12 } as const
  const archive = (): Buffer =>
    Buffer.concat([
      tarHeader({ ...file, name: long, size: 700 }),
      Buffer.alloc(700, 'x'),
      filling(700),
      tarHeader({ ...file, name: 'folder', type: 'directory' }),
      tarHeader({ ...file, name: 'link', type: 'symlink', linkname: `../${'x'.repeat(150)}` }),
      tarEnd,
    ])

  async function* cut(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
    for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
  }

  test.each([1, 100, 511, 512, 513, 100_000])('are the same in pieces of %i', async (size) => {
    const headers = await all(tarHeaders(cut(archive(), size)))
    expect(headers).toMatchObject([
      { name: long, type: '0', size: 700, mode: 0o4755, uid: 5_000_000, gid: 7, mtime: 1.7e12 },
      { name: 'folder/', type: '5' },
      { name: 'link', type: '2', linkname: `../${'x'.repeat(150)}` },
    ])
  })

  test('bytes of names are kept, in the header and beside it', async () => {
    const bytes = archive()
    const at = bytes.indexOf('folder/')
    bytes[at] = 0xff
    let sum = 256
    const head = bytes.subarray(at, at + 512)
    for (const [index, byte] of head.entries()) if (index < 148 || index >= 156) sum += byte
    head.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1')
    const umlaut = bytes.indexOf(Buffer.from('ü'))
    bytes[umlaut] = 0xfe
    const names = (await all(tarHeaders(cut(bytes, 1_000)))).map(({ name }) => name)
    expect(names.slice(0, 2)).toEqual([`${'long/'.repeat(60)}\ueffe\uefbc`, '\uefffolder/'])
  })

  test('what ends early, and what is no archive, fails', async () => {
    const bytes = archive()
    await expect(all(tarHeaders(cut(bytes.subarray(0, 2_100), 100)))).rejects.toThrow('ended before')
    await expect(all(tarHeaders(cut(Buffer.alloc(2_000, 'x'), 100)))).rejects.toThrow('no tar')
  })
})
