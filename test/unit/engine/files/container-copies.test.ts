import { expect, test } from 'vitest'
import type { Engine } from '../../../../src/engine/engine.ts'
import { containerFiles } from '../../../../src/engine/files/container-files.ts'
import { archiveEngine } from '../../../support/archive-engine.ts'
import { all, codeOf } from '../../../support/transports.ts'

const { signal } = new AbortController()

/** An engine whose archives end after so many bytes, without a word. */
function endingAfter(length: number, product: 'docker' | 'podman'): Engine {
  const { engine } = archiveEngine({ '/srv/a': 'x'.repeat(4000) })
  const sent = engine.files.getArchive
  const getArchive: typeof sent = async function* (...args) {
    const bytes = Buffer.concat(await all(sent(...args)))
    yield bytes.subarray(0, length)
  }
  return { ...engine, info: { product }, files: { ...engine.files, getArchive } } as unknown as Engine
}

test.each(['docker', 'podman'] as const)(
  'half an archive of %s is not taken for a whole one',
  async (product) => {
    const files = containerFiles(endingAfter(2000, product), 'c')
    expect(await codeOf(all(files.archive('/srv', signal, { whole: true })))).toBe('lost')
  },
)

test('who reads an archive anyway gets the bytes as the engine sends them', async () => {
  const files = containerFiles(endingAfter(2000, 'docker'), 'c')
  expect(Buffer.concat(await all(files.archive('/srv', signal))).length).toBe(2000)
})
