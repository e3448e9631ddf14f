import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'esbuild'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { WorkerSearcher } from '../../../../src/host/logs/worker-searcher.ts'
import { LineStore } from '../../../../src/logs/line-store.ts'
import type { Pattern } from '../../../../src/logs/pattern.ts'
import type { BlockSlice } from '../../../../src/logs/search.ts'
import { newLine } from '../../../support/log-lines.ts'

const folder = mkdtempSync(join(tmpdir(), 'qs-search-'))
const script = join(folder, 'search-worker.cjs')

beforeAll(async () => {
  await build({
    entryPoints: ['src/host/logs/search-worker.ts'],
    bundle: true,
    platform: 'node',
    format: 'cjs',
    outfile: script,
  })
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

let searcher: WorkerSearcher
afterEach(() => searcher.dispose())

const regex = (text: string): Pattern => ({ text, regex: true, matchCase: false, wholeWord: false })

function slicesOf(lines: Iterable<string>): readonly BlockSlice[] {
  const store = new LineStore(64 * 1024 * 1024)
  for (const line of lines) store.append(newLine(line))
  return [...store.range(store.first, store.end)].map(({ block, from, to }) => ({
    buffer: block.buffer,
    first: block.first,
    from,
    to,
  }))
}

async function scan(pattern: Pattern, slices: readonly BlockSlice[], signal = new AbortController().signal) {
  const seqs: number[] = []
  let known = 0
  const outcome = await searcher.scan(
    { include: pattern },
    slices,
    (found, upTo) => {
      seqs.push(...found)
      known = upTo
    },
    signal,
  )
  return { outcome, seqs, known }
}

/** Takes exponential time on `aaaa…!`. */
const endless = regex('(a+)+$')
const bait = `${'a'.repeat(60)}!`

describe('searching on another thread', () => {
  test('a thread that was started before there was a question answers it', async () => {
    let started = 0
    const count = (): unknown => (started += 1)
    process.on('worker', count)
    try {
      searcher = new WorkerSearcher(script)
      searcher.prepare()
      searcher.prepare()
      await expect.poll(() => started).toBe(1)
      expect((await scan(regex('b'), slicesOf(['a', 'b']))).seqs).toEqual([1])
      expect(started).toBe(1)
    } finally {
      process.off('worker', count)
    }
  })

  test('finds matching lines in memory that both threads share', async () => {
    searcher = new WorkerSearcher(script)
    const lines = Array.from(
      { length: 20_000 },
      (_, index) => `line ${index}${index % 1000 === 7 ? ' Needle' : ''}`,
    )
    const { outcome, seqs, known } = await scan(regex('ne+dle$'), slicesOf(lines))
    expect(outcome).toBe('done')
    expect(seqs).toEqual(Array.from({ length: 20 }, (_, index) => index * 1000 + 7))
    expect(known).toBe(20_000)
  })

  test('gives up an expression that does not end; other searches go on, and the next one works', async () => {
    searcher = new WorkerSearcher(script, 1_500)
    const slices = slicesOf([bait, 'needle'])
    const many = slicesOf(Array.from({ length: 5000 }, () => 'needle'))
    const [bad, good] = await Promise.all([scan(endless, slices), scan(regex('needle'), many)])
    expect(bad.outcome).toBe('tooSlow')
    expect([good.outcome, good.seqs.length]).toEqual(['done', 5000])
    expect(await scan(regex('needle'), slices)).toEqual({ outcome: 'done', seqs: [1], known: 2 })
  })

  test('the places in a few texts, also of an expression that does not end', async () => {
    searcher = new WorkerSearcher(script, 1_500)
    expect(await searcher.ranges(regex('b+'), ['abba', 'x'])).toEqual([[[1, 3]], []])
    expect(await searcher.ranges(endless, [bait])).toBe('tooSlow')
    expect(await searcher.ranges(regex('x'), ['x'])).toEqual([[[0, 1]]])
  })

  test('a search that is called off ends at once', async () => {
    searcher = new WorkerSearcher(script)
    const controller = new AbortController()
    const searching = scan(
      regex('needle'),
      slicesOf(Array.from({ length: 100_000 }, () => 'hay')),
      controller.signal,
    )
    controller.abort()
    expect((await searching).outcome).toBe('cancelled')
    expect((await scan(regex('x'), slicesOf(['x']), controller.signal)).outcome).toBe('cancelled')
  })

  test('a thread that cannot start leaves nothing waiting', async () => {
    const broken = join(folder, 'broken.cjs')
    writeFileSync(broken, 'throw new Error("broken")')
    searcher = new WorkerSearcher(broken)
    expect((await scan(regex('x'), slicesOf(['x']))).outcome).toBe('cancelled')
  })
})
