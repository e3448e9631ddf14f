import { spawn } from 'node:child_process'
import { request } from 'node:http'
import { type PrivateEngine, startEngine } from '../../scripts/hosts/hosts.mjs'
import { median, ms } from './bench.ts'
import { caughtUp, logOf, MiB } from './logs-held.ts'
import { type Cost, costOf } from './logs-process.ts'

const lines = Number(process.env['QUAYSIDE_BENCH_LINES'] ?? 3_000_000)
const line = 'INFO the quick brown fox jumps over the lazy dog and goes on for a hundred bytes or so'
/** What the `json-file` driver stores of it: about 166 bytes. */
const stored =
  line.length + '{"log":"\\n","stream":"stdout","time":"2026-01-02T03:04:05.000000000Z"}\n'.length
const rounds = 3
const limit = 64 * MiB

/** A log of 500 MB read to its end and held, beside raw `node:http` and the docker program, in turns. */
export async function reading(print: (line: string) => void): Promise<void> {
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
      `yes '${line}' | head -n ${lines}`,
    )
    await host.docker('wait', 'big')
    const raw: Cost[] = []
    const cli: Cost[] = []
    const ours: Cost[] = []
    let held = ''
    // The first reading warms the cache of files, and the code.
    await rawHttp(host)
    for (let round = 0; round < rounds; round += 1) {
      raw.push(await costOf(() => rawHttp(host)))
      cli.push(await costOf(() => program(host)))
      const log = await logOf(host, 'big', {}, limit)
      ours.push(await costOf(() => caughtUp(log.session)))
      const { store } = log.session
      held = `${store.end} lines read, ${store.dropped} left a buffer of ${limit / MiB} MiB, ${(store.bytes / MiB).toFixed(1)} MiB held`
      log.dispose()
    }
    const took = (costs: readonly Cost[]): number => median(costs.map((cost) => cost.took))
    const most = (of: (cost: Cost) => number): number => Math.max(...ours.map(of))
    print(`a json-file log of ${((lines * stored) / 1e6).toFixed(0)} MB: ${held}`)
    print(
      `  raw node:http ${ms(took(raw))}, docker logs ${ms(took(cli))}, held here ${ms(took(ours))}: ` +
        `${(took(raw) / took(ours)).toFixed(2)} × raw, ${(took(cli) / took(ours)).toFixed(2)} × the docker program (medians of ${rounds})`,
    )
    print(
      `  each round: ${raw.map((_, at) => [raw, cli, ours].map((costs) => (costs[at]!.took / 1000).toFixed(1)).join('/')).join(', ')} s; ` +
        `processor time here ${ms(median(ours.map(({ cpu }) => cpu)))}, of raw node:http ${ms(median(raw.map(({ cpu }) => cpu)))}`,
    )
    print(
      `  event loop delay p99 ${ms(most(({ delayP99 }) => delayP99))}, longest ${ms(most(({ delayMax }) => delayMax))}; ` +
        `memory +${(most(({ memory }) => memory) / MiB).toFixed(0)} MiB`,
    )
  } finally {
    await host.stop()
  }
}

function rawHttp({ socketPath }: PrivateEngine): Promise<void> {
  return new Promise((resolve, reject) => {
    request({ socketPath, path: '/containers/big/logs?stdout=1&stderr=1&timestamps=1' }, (response) => {
      response.resume()
      response.on('end', resolve)
    })
      .on('error', reject)
      .end()
  })
}

function program({ dockerBin, env }: PrivateEngine): Promise<void> {
  return new Promise((resolve, reject) => {
    spawn(dockerBin, ['logs', '--timestamps', 'big'], { env: { ...env }, stdio: 'ignore' })
      .on('error', reject)
      .on('exit', () => resolve())
  })
}
