import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { attention } from '../../../../src/language/lsp/attention.ts'
import { diagnosticsLoop } from '../../../../src/language/lsp/diagnostics-loop.ts'
import { openDocument, type OpenDocument } from '../../../../src/language/lsp/open-document.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

const uri = 'file:///ws/Dockerfile'

/** A loop over one document, each look at which takes so many milliseconds. */
function looped(lookMs: number) {
  let now = 0
  let document: OpenDocument | undefined
  const published: number[] = []
  const loop = diagnosticsLoop({
    current: () => document,
    diagnose: async function* () {
      now += lookMs
      yield await Promise.resolve([])
    },
    publish: (_uri, version) => published.push(version?.source.version ?? 0),
    fault: () => undefined,
    attention: attention({ busy: () => undefined, idle: () => undefined, oneAtATime: () => false }),
    now: () => now,
    soon: (work) => {
      const timer = setTimeout(work, 0)
      return () => {
        clearTimeout(timer)
      }
    },
  })
  const change = async (version: number): Promise<void> => {
    document = openDocument(uri, 'dockerfile', version, 'FROM a\n')
    loop.schedule(uri)
    await vi.advanceTimersByTimeAsync(0)
  }
  const changeTogether = async (...versions: number[]): Promise<void> => {
    for (const version of versions) {
      document = openDocument(uri, 'dockerfile', version, 'FROM a\n')
      loop.schedule(uri)
    }
    await vi.advanceTimersByTimeAsync(0)
  }
  return { change, changeTogether, published }
}

test('a document that is looked at in no time is looked at with each change, without a clock', async () => {
  const { change, published } = looped(2)
  for (const version of [1, 2, 3]) await change(version)
  expect([published, vi.getTimerCount()]).toEqual([[1, 2, 3], 0])
})

test('changes that are here together are looked at once, however short a look takes', async () => {
  const { change, changeTogether, published } = looped(2)
  await change(1)
  await changeTogether(2, 3, 4)
  expect(published).toEqual([1, 4])
})

test('one that takes longer waits for the changes that come together', async () => {
  const { change, published } = looped(300)
  await change(1)
  for (const version of [2, 3, 4]) await change(version)
  expect(published).toEqual([1])
  await vi.advanceTimersByTimeAsync(500)
  expect(published).toEqual([1, 4])
})
