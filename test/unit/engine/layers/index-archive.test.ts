import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import type { ImageArchive } from '../../../../src/engine/layers/archive.ts'
import { indexArchive } from '../../../../src/engine/layers/index-archive.ts'
import { contentOf, readLayerFile } from '../../../../src/engine/layers/read-file.ts'
import {
  archiveBytes,
  chunked,
  configFor,
  dockerArchive,
  ociArchive,
  tarBytes,
} from '../../../support/image-archives.ts'
import { codeOf } from '../../../support/transports.ts'

const { signal } = new AbortController()
const long = `${'deep/'.repeat(60)}file.txt`

const base = await tarBytes([
  { name: 'etc/', type: 'directory', mode: 0o755 },
  { name: 'etc/hosts', text: '127.0.0.1 localhost\n', mode: 0o640, uid: 3, gid: 4 },
  { name: './bin/sh', text: 'x'.repeat(3000), mode: 0o4755 },
  { name: 'bin/ash', type: 'link', linkname: 'bin/sh' },
  { name: 'sbin', type: 'symlink', linkname: '/bin' },
  { name: 'dev/null', type: 'character-device' },
])
const top = await tarBytes([
  { name: long, text: 'far down' },
  { name: '파일 \u0000name'.replace('\u0000', ''), text: 'unicode' },
  { name: 'etc/.wh.hosts', text: '' },
])

const index = (archive: Buffer, size?: number): Promise<ImageArchive> =>
  indexArchive(chunked(archive, size), { signal })

const lines = ({ layers }: ImageArchive): string[][] =>
  layers.map(({ files }) =>
    files.map(
      ({ path, type, size, mode, link }) =>
        `${path} ${type} ${size} ${mode.toString(8)}${link && ` → ${link}`}`,
    ),
  )

async function text(archive: Buffer, indexed: ImageArchive, layer: number, path: string): Promise<string> {
  const stored = indexed.layers[layer]!
  const content = contentOf(
    stored,
    stored.files.find((file) => file.path === path)!,
  )!
  const parts: Buffer[] = []
  for await (const chunk of readLayerFile(chunked(archive), stored, content)) parts.push(Buffer.from(chunk))
  return Buffer.concat(parts).toString()
}

const expected = [
  [
    '/etc directory 0 755',
    '/etc/hosts file 20 640',
    '/bin/sh file 3000 4755',
    '/bin/ash hardlink 0 644 → /bin/sh',
    '/sbin symlink 0 644 → /bin',
    '/dev/null device 0 644',
  ],
  [`/${long} file 8 644`, '/파일 name file 7 644', '/etc/.wh.hosts file 0 644'],
]

/** A zstd frame of one block that is stored as it is: what the format calls a raw block. */
function zstdFrame(content: Buffer): Buffer {
  const blocks: Buffer[] = []
  for (let at = 0; at < content.length; at += 100_000) {
    const part = content.subarray(at, at + 100_000)
    const header = (part.length << 3) | (at + 100_000 >= content.length ? 1 : 0)
    blocks.push(Buffer.from([header & 255, (header >> 8) & 255, header >> 16]), part)
  }
  // Magic, then a descriptor without checksum or size, then a window of 8 MiB.
  return Buffer.concat([Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0x00, 0x68]), ...blocks])
}

const archives: readonly (readonly [string, Buffer])[] = [
  ['layer tars beside a manifest', await dockerArchive([base, top])],
  ['OCI layout, layers not packed', await ociArchive([base, top], [base, top])],
  ['OCI layout, gzip', await ociArchive([base, top])],
  ['OCI layout, zstd', await ociArchive([base, top], [zstdFrame(base), zstdFrame(top)])],
  ['OCI layout, one of each', await ociArchive([base, top], [gzipSync(base), zstdFrame(top)])],
]

describe('what engines save', () => {
  test.each(archives)('%s: the same files, and each can be read again', async (_, archive) => {
    const indexed = await index(archive)
    expect(lines(indexed)).toEqual(expected)
    expect(indexed.entries).toBe(9)
    expect(indexed.config).toMatchObject({ architecture: 'amd64' })
    expect(await text(archive, indexed, 0, '/etc/hosts')).toBe('127.0.0.1 localhost\n')
    expect(await text(archive, indexed, 0, '/bin/ash')).toBe('x'.repeat(3000))
    expect(await text(archive, indexed, 1, `/${long}`)).toBe('far down')
    // However the bytes are cut.
    expect(lines(await index(archive, 7))).toEqual(expected)
    expect(lines(await index(archive, 1 << 20))).toEqual(expected)
  })

  test('a layer that is stored once and linked to, and a manifest that comes first', async () => {
    const config = configFor([base, base])
    const archive = await archiveBytes([
      ['manifest.json', [{ Config: 'c.json', Layers: ['a/layer.tar', 'b/layer.tar'] }]],
      ['b/layer.tar', { to: '../a/layer.tar' }],
      ['c.json', config],
      ['a/layer.tar', base],
    ])
    const indexed = await index(archive)
    expect(lines(indexed)).toEqual([expected[0], expected[0]])
    expect(await text(archive, indexed, 1, '/etc/hosts')).toContain('localhost')
  })

  test('digests tell equal contents apart from different ones', async () => {
    const tar = await tarBytes([
      { name: 'a', text: 'same' },
      { name: 'b', text: 'same' },
      { name: 'c', text: 'else' },
    ])
    const { layers } = await indexArchive(chunked(await dockerArchive([tar])), { signal, digests: true })
    const [a, b, c] = layers[0]!.files.map(({ digest }) => digest)
    expect(a).toBe(b)
    expect(a).not.toBe(c)
  })

  test('how far it has come, and an end when it is cancelled', async () => {
    const archive = await dockerArchive([base, top])
    let read = 0
    await indexArchive(chunked(archive), { signal, progress: (bytes) => (read = bytes) })
    expect(read).toBeGreaterThan(archive.length - 3000)
    const control = new AbortController()
    const cancelled = indexArchive(chunked(archive), {
      signal: control.signal,
      progress: () => control.abort(),
    })
    expect(await codeOf(cancelled)).toBe('cancelled')
  })
})

describe('archives that are not what they should be', () => {
  test('cut off, not a tar, without an image, without a layer: told, and the source is ended', async () => {
    const whole = await ociArchive([base, top])
    let ended = false
    async function* cut(): AsyncGenerator<Buffer> {
      try {
        yield* chunked(whole.subarray(0, 3000))
      } finally {
        ended = true
      }
    }
    expect(await codeOf(indexArchive(cut(), { signal }))).toBe('lost')
    expect(ended).toBe(true)
    expect(await codeOf(index(Buffer.from('{"message":"no such image"}'.padEnd(600))))).toBe('invalid')
    expect(await codeOf(index(await archiveBytes([['a.txt', Buffer.from('a')]])))).toBe('invalid')
    const lacking = await archiveBytes([
      ['manifest.json', [{ Config: 'c.json', Layers: ['gone/layer.tar'] }]],
      ['c.json', configFor([base])],
    ])
    expect(await codeOf(index(lacking))).toBe('unsupported')
    expect(await codeOf(index(Buffer.alloc(0)))).toBe('invalid')
  })

  test('a packed layer that is damaged is told as such', async () => {
    const packed = gzipSync(base)
    packed.fill(0xff, 40, 60)
    expect(await codeOf(index(await ociArchive([base], [packed])))).toBe('invalid')
    const zstd = zstdFrame(base)
    zstd[6] = 0xff
    expect(await codeOf(index(await ociArchive([base], [zstd])))).toBe('invalid')
  })

  test('names that lead out of the image stay in it', async () => {
    const tar = await tarBytes([{ name: '../../etc/passwd', text: 'x' }])
    expect(lines(await index(await dockerArchive([tar])))).toEqual([['/etc/passwd file 1 644']])
  })
})
