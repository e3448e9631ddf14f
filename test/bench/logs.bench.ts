import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { build } from 'esbuild'
import { startEngine } from '../../scripts/hosts/hosts.mjs'
import { createEngine } from '../../src/engine/create.ts'
import { systemClock } from '../../src/engine/live/clock.ts'
import { createLiveStore } from '../../src/engine/live/store.ts'
import { WorkerSearcher } from '../../src/host/logs/worker-searcher.ts'
import { LineStore } from '../../src/logs/line-store.ts'
import { LogSession } from '../../src/logs/session.ts'
import { LogView } from '../../src/logs/view.ts'
import { type Bench, median, ms } from './bench.ts'

const MiB = 1024 * 1024
const pause = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

/** Reading and holding logs beside raw `node:http` and the docker CLI, in one run; filtering a million lines that are held. */
export const bench: Bench = {
  name: 'logs',
  async run(print) {
    // The search thread alone does not keep a process alive.
    const awake = setInterval(() => undefined, 1_000)
    try {
      await searching(print)
      await reading(print)
    } finally {
      clearInterval(awake)
    }
  },
}

async function searching(print: (line: string) => void): Promise<void> {
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
    print(`filter by regular expression: ${ms(median(times))}, ${found} lines`)
    const view = new LogView(store)
    const begun = performance.now()
    view.update()
    print(`all lines put in view: ${ms(performance.now() - begun)}`)
  } finally {
    searcher.dispose()
    rmSync(folder, { recursive: true, force: true })
  }
}

const lines = 1_000_000

async function reading(print: (line: string) => void): Promise<void> {
  const host = await startEngine({ version: '28' })
  try {
    await host.docker(
      'run',
      '-d',
      '--name',
      'big',
      'busybox:latest',
      'sh',
      '-c',
      `yes 'INFO the quick brown fox jumps over the lazy dog and goes on for a hundred bytes or so' | head -n ${lines}`,
    )
    await host.docker('wait', 'big')
    const raw = await timed(() => rawHttp(host.socketPath))
    const cli = await timed(() => program(host.dockerBin, host.env))
    const delay = monitorEventLoopDelay({ resolution: 5 })
    const before = process.memoryUsage().rss
    delay.enable()
    let held = 0
    let most = 0
    const ours = await timed(async () => {
      const address = { kind: 'unix', path: host.socketPath } as const
      const endpoint = {
        id: host.dockerHost,
        name: '',
        description: '',
        url: host.dockerHost,
        address,
        origin: { from: 'setting' },
      } as const
      const engine = createEngine(endpoint, { env: host.env })
      const store = createLiveStore(engine, {
        clock: systemClock,
        random: Math.random,
        fault: () => undefined,
      })
      const id = (await host.docker('inspect', '-f', '{{.Id}}', 'big')).trim()
      const session = new LogSession(
        { title: '', targets: [{ engine: engine.id, container: id, name: 'big' }] },
        {},
        64 * MiB,
        {
          surroundings: () => store,
          watch: () => store.watch('containers'),
          clock: systemClock,
          pause,
          fault: (fault) => print(String(fault)),
        },
      )
      await new Promise<void>((resolve) => {
        session.onDidChange(() => {
          most = Math.max(most, process.memoryUsage().rss)
          held = session.store.end
          if (session.sources.every(({ state }) => state !== 'reading')) resolve()
        })
      })
      print(
        `${held} lines read, ${session.store.dropped} left a buffer of 64 MiB, ${(session.store.bytes / MiB).toFixed(1)} MiB held`,
      )
      session.dispose()
      store.dispose()
      engine.dispose()
    })
    delay.disable()
    print(
      `${lines} lines: raw node:http ${ms(raw)}, docker logs ${ms(cli)}, held here ${ms(ours)} (${(raw / ours).toFixed(2)} × raw, ${(cli / ours).toFixed(2)} × the CLI)`,
    )
    print(
      `event loop delay p99 ${ms(delay.percentile(99) / 1e6)}, longest ${ms(delay.max / 1e6)}; memory +${((most - before) / MiB).toFixed(0)} MiB`,
    )
  } finally {
    await host.stop()
  }
}

async function timed(task: () => Promise<unknown>): Promise<number> {
  const begun = performance.now()
  await task()
  return performance.now() - begun
}

function rawHttp(socketPath: string): Promise<void> {
  return new Promise((resolve, reject) => {
    request({ socketPath, path: '/containers/big/logs?stdout=1&stderr=1&timestamps=1' }, (response) => {
      response.resume()
      response.on('end', resolve)
    })
      .on('error', reject)
      .end()
  })
}

function program(path: string, env: Readonly<Record<string, string>>): Promise<void> {
  return new Promise((resolve, reject) => {
    spawn(path, ['logs', '--timestamps', 'big'], { env: { ...env }, stdio: 'ignore' })
      .on('error', reject)
      .on('exit', () => resolve())
  })
}
