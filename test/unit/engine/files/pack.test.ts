import {
  chmodSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { extract, type Header } from 'tar-stream'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { isEngineError } from '../../../../src/engine/errors.ts'
import { packTar, packedAs, type PackOptions } from '../../../../src/engine/files/pack.ts'

let local: string
beforeEach(() => {
  local = mkdtempSync(join(tmpdir(), 'quayside-pack-'))
})
afterEach(() => rmSync(local, { recursive: true, force: true }))

const options: PackOptions = { uid: 4_000_000, gid: 11, signal: new AbortController().signal }

/** A piece is ours until the next is asked for, and streams ask ahead. */
async function* copies(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  for await (const piece of pieces) yield Buffer.from(piece)
}

/** What another reader makes of the archive. */
async function read(over: Partial<PackOptions>, ...names: string[]): Promise<[Header, string][]> {
  const sources = names.map((name) => packedAs(join(local, name)))
  const reader = Readable.from(copies(packTar(sources, { ...options, ...over }))).pipe(extract())
  const entries: [Header, string][] = []
  for await (const entry of reader) {
    const parts: Buffer[] = []
    for await (const part of entry as AsyncIterable<Buffer>) parts.push(part)
    entries.push([entry.header, Buffer.concat(parts).toString()])
  }
  return entries
}

test.runIf(process.platform !== 'win32')(
  'a program keeps setuid where it keeps its owner, and loses it where it gets another; folders keep their bits',
  async () => {
    mkdirSync(join(local, 'top'))
    chmodSync(join(local, 'top'), 0o3775)
    writeFileSync(join(local, 'top', 'su'), 'x')
    chmodSync(join(local, 'top', 'su'), 0o6755)
    const modes = async (over: Partial<PackOptions>): Promise<unknown> =>
      (await read(over, 'top')).map(([{ mode }]) => mode?.toString(8))
    const { uid, gid } = lstatSync(join(local, 'top', 'su'))
    expect(await modes({ uid, gid })).toEqual(['3775', '6755'])
    expect(await modes({ keepOwner: true })).toEqual(['3775', '6755'])
    expect(await modes({ uid: uid + 1, gid })).toEqual(['3775', '755'])
  },
)

test('files small and large, folders, links and long names are read by others as they are', async () => {
  const long = `${'long-name-'.repeat(20)}ü`
  mkdirSync(join(local, 'top', 'sub'), { recursive: true })
  writeFileSync(join(local, 'top', 'small'), 'small', { mode: 0o640 })
  writeFileSync(join(local, 'top', 'large'), 'x'.repeat(700_001))
  writeFileSync(join(local, 'top', 'sub', long), 'y')
  writeFileSync(join(local, 'top', 'sub', 'empty'), '')
  symlinkSync('../small', join(local, 'top', 'sub', 'link'))
  let told = 0
  const entries = await read({ onBytes: (bytes) => (told = bytes) }, 'top')
  expect(entries.map(([{ name, type }, text]) => [name, type, text.length])).toEqual([
    ['top/', 'directory', 0],
    ['top/large', 'file', 700_001],
    ['top/small', 'file', 5],
    ['top/sub/', 'directory', 0],
    ['top/sub/empty', 'file', 0],
    ['top/sub/link', 'symlink', 0],
    [`top/sub/${long}`, 'file', 1],
  ])
  for (const [{ gid }] of entries) expect(gid).toBe(11)
  expect(entries.map(([{ pax }]) => (pax as { uid?: string } | null)?.uid)).toEqual(
    entries.map(() => '4000000'),
  )
  expect(entries[2]![0].mode).toBe(0o640)
  expect(entries[5]![0].linkname).toBe('../small')
  expect(told).toBe(700_007)
})

test('a link is followed when asked, and each entry is told', async () => {
  writeFileSync(join(local, 'real'), 'content')
  symlinkSync('real', join(local, 'link'))
  const plain = await read({}, 'link')
  expect(plain.map(([{ name, type }]) => [name, type])).toEqual([['link', 'symlink']])
  const told: string[] = []
  const onEntry: PackOptions['onEntry'] = ({ name, type, size }) => told.push(`${type} ${name} ${size}`)
  const followed = await read({ followLinks: true, onEntry }, 'link')
  expect(followed.map(([{ name, type }, text]) => [name, type, text])).toEqual([['link', 'file', 'content']])
  expect(told).toEqual(['file link 7'])
})

test('large files go through the same memory, however large they are', async () => {
  mkdirSync(join(local, 'top'))
  const text = (name: string) => name.repeat(3_000_000)
  for (const name of ['a', 'b', 'c']) writeFileSync(join(local, 'top', name), text(name))
  const memory = new Set<ArrayBufferLike>()
  for await (const piece of packTar([packedAs(join(local, 'top'))], options)) memory.add(piece.buffer)
  expect(memory.size).toBeLessThan(5)
  const entries = await read({}, 'top')
  for (const [{ name }, content] of entries.slice(1)) expect(content === text(name.slice(-1))).toBe(true)
})

test('a large file that shrinks while it is read is told', async () => {
  writeFileSync(join(local, 'large'), Buffer.alloc(3_000_000))
  const running = (async () => {
    let first = true
    for await (const bytes of packTar([packedAs(join(local, 'large'))], options)) {
      if (first && bytes.length > 0) truncateSync(join(local, 'large'), 10)
      first = false
    }
  })()
  await expect(running).rejects.toSatisfy((fault) => isEngineError(fault, 'lost'))
})

test('a copy that is cancelled ends', async () => {
  writeFileSync(join(local, 'large'), Buffer.alloc(3_000_000))
  const control = new AbortController()
  const running = (async () => {
    for await (const _ of packTar([packedAs(join(local, 'large'))], { ...options, signal: control.signal }))
      control.abort()
  })()
  await expect(running).rejects.toThrow()
})
