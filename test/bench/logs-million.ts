import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'esbuild'
import { systemClock } from '../../src/engine/live/clock.ts'
import { WorkerSearcher } from '../../src/host/logs/worker-searcher.ts'
import { LogSession } from '../../src/logs/session.ts'
import { initialView } from '../../src/logs/view-state.ts'
import { LogView } from '../../src/logs/view.ts'
import { LogViewer } from '../../src/logs/viewer.ts'
import { newLine } from '../support/log-lines.ts'
import { median, ms } from './bench.ts'
import { MiB } from './logs-held.ts'
import { percentile } from './logs-process.ts'

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
    const session = new LogSession({ title: '', targets: [] }, {}, 256 * MiB, {
      surroundings: () => undefined,
      watch: () => ({ dispose: () => undefined }),
      clock: systemClock,
      pause: () => new Promise((resolve) => setImmediate(resolve)),
      fault: (thrown) => console.error(thrown),
    })
    const { store } = session
    for (let line = 0; line < 1_000_000; line += 1) {
      const text = `2026-01-02 03:04:05 INFO request ${line} took ${line % 977} ms for /api/item/${line % 31}`
      store.append(newLine(text, { seconds: line, nanos: 0 }))
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
    const made = await rowsMade(session, searcher)
    print(`  the rows of any place made in median ${ms(median(made))}, p95 ${ms(percentile(made, 0.95))}`)
  } finally {
    searcher.dispose()
    rmSync(folder, { recursive: true, force: true })
  }
}

const places = 200
const nothing = (): void => undefined

/** From the wish to see a place among the lines to the rows of it, as a page gets them: milliseconds of each. */
async function rowsMade(session: LogSession, searcher: WorkerSearcher): Promise<readonly number[]> {
  const times: number[] = []
  let sent: (frame: number) => void = nothing
  const viewer = new LogViewer(session, initialView({ tail: 0, time: 'utc', wrap: false }), [], {
    clock: systemClock,
    searcher,
    post: (message) => {
      if (message.type === 'frame' && message.rows !== null) sent(message.frame)
    },
    copy: nothing,
    open: nothing,
    act: nothing,
    keep: nothing,
    keepHighlights: nothing,
  })
  viewer.receive({ type: 'ready' })
  for (let id = 1; id <= places; id += 1) {
    const index = (id * 7_919 * 131) % session.store.count
    const frame = new Promise<number>((resolve) => (sent = resolve))
    const begun = performance.now()
    const rows = { before: 40, count: 80 }
    viewer.receive({ type: 'window', id, top: null, index, ...rows, follow: false, seen: null })
    const drawn = await frame
    times.push(performance.now() - begun)
    viewer.receive({ type: 'drawn', frame: drawn })
  }
  viewer.dispose()
  return times
}
