import { expect, test } from 'vitest'
import type { Engine } from '../../../../src/engine/engine.ts'
import { EngineError } from '../../../../src/engine/errors.ts'
import { containerFiles } from '../../../../src/engine/files/container-files.ts'
import { fileTar } from '../../../../src/engine/files/file-tar.ts'
import { all, codeOf } from '../../../support/transports.ts'

/** An engine with one file in a container without a shell; each archive of it is cut to so many bytes. */
function engineOf(...lengths: readonly number[]): Engine {
  const left = [...lengths]
  const engine = {
    files: {
      stat: () =>
        Promise.resolve({ name: 'f', type: 'file', size: 2_000, mode: 0o644, mtime: 0, linkTarget: '' }),
      async *getArchive() {
        const owner = { uid: 0, gid: 0, mode: 0o644 }
        const whole = Buffer.concat(await all(fileTar('f', Buffer.alloc(2_000, 'x'), owner)))
        yield whole.subarray(0, left.shift())
      },
    },
    streams: { exec: () => Promise.reject(new EngineError('notFound', 'no shell')) },
    containers: { inspect: () => Promise.resolve({}) },
  }
  return engine as unknown as Engine
}

test('a file that became shorter while it was read is read once more', async () => {
  expect((await containerFiles(engineOf(1_000, 10_000), 'c').read('/f', 10_000)).length).toBe(2_000)
})

test('one that goes on changing is told as such', async () => {
  expect(await codeOf(containerFiles(engineOf(1_000, 1_500), 'c').read('/f', 10_000))).toBe('lost')
})
