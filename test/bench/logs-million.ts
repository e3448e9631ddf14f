import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'esbuild'
import { WorkerSearcher } from '../../src/host/logs/worker-searcher.ts'
import { LineStore } from '../../src/logs/line-store.ts'
import { LogView } from '../../src/logs/view.ts'
import { median, ms } from './bench.ts'
import { MiB } from './logs-held.ts'

/** A million lines that are held: filtered by a regular expression on the search thread, and put in view. */
export async function million(print: (line: string) => void): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'qs-bench-'))
  const script = join(folder, 'search.cjs')
  await build({
    entryPoints: ['src/host/logs/search-worker.ts'],
    bundle: true,
    platform: 'node',
    format: 'cjs',
    outfile: script,
  })
  const searcher = new WorkerSearcher(script, 60_000)
  try {
    const store = new LineStore(256 * MiB)
    for (let line = 0; line < 1_000_000; line += 1) {
      const text = `2026-01-02 03:04:05 INFO request ${line} took ${line % 977} ms for /api/item/${line % 31}`
      store.append({ bytes: Buffer.from(text), seconds: line, nanos: 0, source: 0, flags: 0 })
    }
    print(`1,000,000 lines held in ${(store.bytes / MiB).toFixed(0)} MiB`)
    const slices = [...store.range(store.first, store.end)].map(({ block, from, to }) => ({
      buffer: block.buffer,
      first: block.first,
      from,
      to,
    }))
    const include = { text: 'took 9[0-9]{2} ms.*item/1\\d$', regex: true, matchCase: false, wholeWord: false }
    const times: number[] = []
    let found = 0
    for (let round = 0; round < 6; round += 1) {
      found = 0
      const begun = performance.now()
      await searcher.scan({ include }, slices, (seqs) => (found += seqs.length), new AbortController().signal)
      // The first round starts the thread.
      if (round > 0) times.push(performance.now() - begun)
    }
    print(`  filter by regular expression ${ms(median(times))}: ${found} lines`)
    const view = new LogView(store)
    const begun = performance.now()
    view.update()
    print(`  all of them put in view ${ms(performance.now() - begun)}`)
  } finally {
    searcher.dispose()
    rmSync(folder, { recursive: true, force: true })
  }
}
