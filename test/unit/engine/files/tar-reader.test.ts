import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { tarEntries } from '../../../../src/engine/files/tar-reader.ts'

async function* cut(bytes: Buffer, length: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += length) yield bytes.subarray(at, at + length)
}

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
