import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { passedOn } from '../../../../src/engine/files/passed-on.ts'
import { tarEntries } from '../../../../src/engine/files/tar-reader.ts'
import { filling, tarEnd, tarHeader } from '../../../../src/engine/files/tar-writer.ts'

async function* cut(bytes: Buffer, length: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += length) yield bytes.subarray(at, at + length)
}

/** Pieces that come in the same memory. */
async function* lent(bytes: Buffer, length: number): AsyncGenerator<Buffer> {
  const memory = Buffer.alloc(length)
  for (let at = 0; at < bytes.length; at += length) {
    const size = bytes.copy(memory, 0, at, at + length)
    yield memory.subarray(0, size)
    memory.fill('?')
  }
}

test('an archive whose pieces come in the same memory is read like every other', async () => {
  const common = { mode: 0o644, uid: 3_000_000, gid: 0, mtime: 0 }
  const parts: Uint8Array[] = []
  const written = Array.from({ length: 60 }, (_, at) => ({
    name: `${at}-${'ü'.repeat(at * 3)}`,
    text: String(at).repeat(at * 37),
  }))
  for (const { name, text } of written)
    parts.push(
      tarHeader({ ...common, name, type: 'file', size: text.length }),
      Buffer.from(text),
      filling(text.length),
    )
  const bytes = Buffer.concat([...parts, tarEnd])
  for (const length of [300, 512, 700, 4096, 20_000]) {
    const told = []
    for await (const { header, whole } of tarEntries(lent(bytes, length)))
      told.push({ name: header.name, text: (await whole()).toString() })
    expect(told).toEqual(written)
    const passed = []
    for await (const piece of passedOn(lent(bytes, length), 'new', undefined)) passed.push(Buffer.from(piece))
    const again = []
    for await (const { header, content } of tarEntries(cut(Buffer.concat(passed), 1000))) {
      let text = ''
      for await (const piece of content()) text += piece.toString()
      again.push({ name: header.name, uid: header.uid, text })
    }
    expect(again).toEqual(written.map(({ text }) => ({ name: 'new', uid: 3_000_000, text })))
  }
})

describe.runIf(process.platform === 'linux').each(['gnu', 'posix'])(
  'what tar --format=%s packs',
  (format) => {
    test('files with holes are told as such, and what follows them is read', async () => {
      const folder = mkdtempSync(join(tmpdir(), 'quayside-tar-'))
      try {
        const holes = join(folder, 'holes')
        writeFileSync(holes, '')
        // More pieces than the header has room for.
        for (let piece = 1; piece <= 30; piece++) {
          truncateSync(holes, piece * 1_000_000)
          writeFileSync(holes, 'data', { flag: 'a' })
        }
        writeFileSync(join(folder, 'after'), 'text')
        const bytes = execFileSync('tar', [
          '-S',
          `--format=${format}`,
          '-C',
          folder,
          '-cf',
          '-',
          'holes',
          'after',
        ])
        const told: unknown[] = []
        for await (const { header, size, offset, whole } of tarEntries(cut(bytes, 700))) {
          const { name, sparse = false } = header
          const text = sparse ? '' : (await whole()).toString()
          told.push({ name, sparse, text })
          if (!sparse) expect(bytes.toString('utf8', offset, offset + size)).toBe(text)
        }
        expect(told).toEqual([
          { name: 'holes', sparse: true, text: '' },
          { name: 'after', sparse: false, text: 'text' },
        ])
      } finally {
        rmSync(folder, { recursive: true, force: true })
      }
    })
  },
)
