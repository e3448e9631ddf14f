import { spawn } from 'node:child_process'
import { closeSync, mkdirSync, mkdtempSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { startEngine, type PrivateEngine } from '../../scripts/hosts/hosts.mjs'
import { createEngine } from '../../src/engine/create.ts'
import type { Engine } from '../../src/engine/engine.ts'
import { containerFiles } from '../../src/engine/files/container-files.ts'
import { extractTar } from '../../src/engine/files/extract.ts'
import { packTar, packedAs } from '../../src/engine/files/pack.ts'
import { type Bench, median, ms } from './bench.ts'

const MiB = 1024 * 1024
const signal = new AbortController().signal

/** Copying and listing files beside the docker CLI, and beside plain HTTP with the `tar` program, in one run on one engine. */
export const bench: Bench = {
  name: 'files',
  async run(print) {
    const host = await startEngine({ version: '28' })
    const scratch = mkdtempSync(join(tmpdir(), 'qs-bench-files-'))
    const engine = engineAt(host)
    try {
      await engine.connect()
      await host.docker('run', '-d', '--init', '--name', 'box', 'busybox:latest', 'sleep', '86400')
      const work = { host, engine, scratch, print }
      oneFile(join(scratch, 'large'))
      await copies(work, 'a file of 1 GB', 'large', 3)
      rmSync(join(scratch, 'large'))
      manyFiles(join(scratch, 'many'))
      await copies(work, '50,000 files of 1 kB', 'many', 1)
      await listings(work)
    } finally {
      engine.dispose()
      await host.stop()
      rmSync(scratch, { recursive: true, force: true })
    }
  },
}

interface Work {
  readonly host: PrivateEngine
  readonly engine: Engine
  readonly scratch: string
  readonly print: (line: string) => void
}

function engineAt(host: PrivateEngine): Engine {
  const address = { kind: 'unix', path: host.socketPath } as const
  const from = { from: 'setting' } as const
  const endpoint = {
    id: host.dockerHost,
    name: '',
    description: '',
    url: host.dockerHost,
    address,
    origin: from,
  }
  return createEngine(endpoint, { env: host.env })
}

function oneFile(path: string): void {
  const piece = Buffer.alloc(MiB, 'nothing in particular, ')
  const file = openSync(path, 'w')
  for (let written = 0; written < 1_000_000_000; written += piece.length) writeSync(file, piece)
  closeSync(file)
}

function manyFiles(path: string): void {
  const content = Buffer.alloc(1_000, 'small ')
  for (let folder = 0; folder < 500; folder++) {
    mkdirSync(join(path, `d${folder}`), { recursive: true })
    for (let file = 0; file < 100; file++) writeFileSync(join(path, `d${folder}`, `f${file}`), content)
  }
}

/** Each way is gone several times, another way first each time, so that what else the machine does hits all of them. */
async function copies(
  { host, engine, scratch, print }: Work,
  what: string,
  name: string,
  rounds: number,
): Promise<void> {
  const files = containerFiles(engine, 'box')
  const local = join(scratch, name)
  const out = join(scratch, 'out')
  const clear = async (): Promise<void> => {
    rmSync(out, { recursive: true, force: true })
    await host.docker('exec', 'box', 'sh', '-c', 'rm -rf /up; mkdir /up')
  }
  let memory = 0
  const ways = {
    up: {
      ours: () =>
        files.unpackWhole(
          '/up',
          [name],
          () => packTar([packedAs(local)], { uid: 0, gid: 0, signal }),
          signal,
        ),
      cli: () => docker(host, 'cp', local, 'box:/up'),
      raw: () => rawUp(host, scratch, name),
    },
    down: {
      ours: () =>
        extractTar(files.archive(`/up/${name}`, signal, { lent: true }), out, {
          signal,
          origin: `/up/${name}`,
          platform: process.platform,
        }),
      cli: () => docker(host, 'cp', `box:/up/${name}`, out),
      raw: () => rawDown(host, out, name),
    },
  }
  const times = { up: { ours: [], cli: [], raw: [] }, down: { ours: [], cli: [], raw: [] } } as Record<
    'up' | 'down',
    Record<'ours' | 'cli' | 'raw', number[]>
  >
  const order = ['ours', 'cli', 'raw'] as const
  for (let round = 0; round < rounds; round++)
    for (const way of [...order.slice(round), ...order.slice(0, round)]) {
      await clear()
      for (const direction of ['up', 'down'] as const) {
        const { time, grown } = await measured(ways[direction][way])
        times[direction][way].push(time)
        if (way === 'ours') memory = Math.max(memory, grown)
      }
    }
  for (const [direction, { ours, cli, raw }] of Object.entries(times)) {
    const [own, program, plain] = [median(ours), median(cli), median(raw)]
    print(
      `${what} ${direction}: ${ms(own)}; docker cp ${ms(program)} (${(own / program).toFixed(2)} ×), http + tar ${ms(plain)} (${(own / plain).toFixed(2)} ×)`,
    )
  }
  print(`${what}: memory +${(memory / MiB).toFixed(0)} MiB`)
  await clear()
}

async function measured(task: () => Promise<unknown>): Promise<{ time: number; grown: number }> {
  const before = process.memoryUsage().rss
  let most = before
  const watch = setInterval(() => (most = Math.max(most, process.memoryUsage().rss)), 20)
  const begun = performance.now()
  try {
    await task()
  } finally {
    clearInterval(watch)
  }
  return { time: performance.now() - begun, grown: most - before }
}

async function listings({ host, engine, print }: Work): Promise<void> {
  await host.docker(
    'exec',
    'box',
    'sh',
    '-c',
    'mkdir /lib20 /lib100 /data; cd /lib20; i=0; while [ $i -lt 20000 ]; do : >f$i; i=$((i+1)); done; ' +
      'cd /lib100; i=0; while [ $i -lt 100000 ]; do : >f$i; i=$((i+1)); done; ' +
      'cd /data; i=0; while [ $i -lt 200 ]; do head -c 1000000 /dev/zero >f$i; i=$((i+1)); done',
  )
  const files = containerFiles(engine, 'box')
  for (const folder of ['/bin', '/lib20', '/lib100']) {
    const [ours, long, plain]: [number[], number[], number[]] = [[], [], []]
    let count = 0
    let memory = 0
    for (let round = 0; round < 5; round++) {
      const { time, grown } = await measured(async () => (count = (await files.list(folder, signal)).length))
      ours.push(time)
      memory = Math.max(memory, grown)
      long.push((await measured(() => docker(host, 'exec', 'box', 'ls', '-la', folder))).time)
      plain.push((await measured(() => docker(host, 'exec', 'box', 'ls', folder))).time)
    }
    print(
      `listing ${count} entries of ${folder}: ${ms(median(ours))}; docker exec ls -la ${ms(median(long))} (${(median(ours) / median(long)).toFixed(2)} ×), ls ${ms(median(plain))} (${(median(ours) / median(plain)).toFixed(2)} ×); memory +${(memory / MiB).toFixed(0)} MiB`,
    )
  }
  await host.docker('exec', 'box', 'rm', '-rf', '/lib20', '/lib100')
  await host.docker('kill', 'box')
  const first = await measured(() => files.list('/', signal))
  const again = await measured(() => files.list('/data', signal))
  print(
    `the root of a stopped container of 200 MB: ${ms(first.time)}, then a folder in it ${ms(again.time)}; memory +${(first.grown / MiB).toFixed(0)} MiB`,
  )
}

function docker(host: PrivateEngine, ...args: string[]): Promise<void> {
  return exited(spawn(host.dockerBin, args, { env: { ...host.env }, stdio: 'ignore' }))
}

function exited(child: ReturnType<typeof spawn>): Promise<void> {
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('exit', (code) => (code === 0 ? resolve() : reject(new Error(`exit code ${code}`))))
  })
}

async function rawUp({ socketPath }: PrivateEngine, folder: string, name: string): Promise<void> {
  const tar = spawn('tar', ['-c', '-C', folder, name], { stdio: ['ignore', 'pipe', 'ignore'] })
  const call = request({ socketPath, method: 'PUT', path: '/containers/box/archive?path=/up' })
  const answered = new Promise<void>((resolve, reject) => {
    call.on('error', reject)
    call.on('response', (response) => {
      response.resume()
      response.on('end', resolve)
    })
  })
  await Promise.all([pipeline(tar.stdout, call), answered, exited(tar)])
}

async function rawDown({ socketPath }: PrivateEngine, out: string, name: string): Promise<void> {
  mkdirSync(out)
  const tar = spawn('tar', ['-x', '-C', out], { stdio: ['pipe', 'ignore', 'ignore'] })
  const body = new Promise<NodeJS.ReadableStream>((resolve, reject) => {
    request({ socketPath, path: `/containers/box/archive?path=/up/${name}` }, resolve)
      .on('error', reject)
      .end()
  })
  await Promise.all([pipeline(await body, tar.stdin), exited(tar)])
}
