import { spawn, type ChildProcess } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { type PrivateEngine, startEngine } from '../../scripts/hosts/hosts.mjs'
import { execSession } from '../../src/commands/terminal/exec-session.ts'
import { createEngine } from '../../src/engine/create.ts'
import type { Engine } from '../../src/engine/engine.ts'
import { systemClock } from '../../src/engine/live/clock.ts'
import { LiveUse } from '../../src/engine/stats/live-use.ts'
import { containerNode } from '../../src/tree/container-node.ts'
import { useText } from '../../src/tree/use.ts'
import { type Bench, median, ms } from './bench.ts'

const strokes = 400
const containers = 50
const seconds = 15
// What sends back what it is sent, as it is sent.
const echo = ['sh', '-c', 'stty raw -echo; printf ready; exec cat']

/** A key on its way through an exec and back, beside `docker exec -it`; statistics of 50 containers, beside `docker stats`. */
export const bench: Bench = {
  name: 'terminals',
  async run(print) {
    const host = await startEngine({ version: '28' })
    const engine = createEngine(
      {
        id: host.dockerHost,
        name: '',
        description: '',
        url: host.dockerHost,
        address: { kind: 'unix', path: host.socketPath },
        origin: { from: 'setting' },
      },
      { env: host.env },
    )
    try {
      await engine.connect()
      await keys(host, engine, print)
      await statistics(host, engine, print)
    } finally {
      engine.dispose()
      await host.stop()
    }
  },
}

/** Something that echoes: `send` resolves with how long a key took. */
interface Echo {
  send(): Promise<number>
  close(): void
}

async function keys(host: PrivateEngine, engine: Engine, print: (line: string) => void): Promise<void> {
  await host.docker('run', '-d', '--init', '--name', 'echo', 'busybox:latest', 'sleep', '3600')
  const ours = await here(engine)
  const cli = await program(host)
  const times = { ours: [] as number[], cli: [] as number[] }
  // By turns, so that what else the machine does is shared by both.
  for (let stroke = 0; stroke < strokes; stroke += 1) {
    times.ours.push(await ours.send())
    times.cli.push(await cli.send())
  }
  ours.close()
  cli.close()
  const [mine, theirs] = [median(times.ours), median(times.cli)]
  print(
    `a key there and back: ${ms(mine)} here, ${ms(theirs)} by docker exec -it in a terminal (${(theirs / mine).toFixed(2)} × as fast)`,
  )
}

function echoing(write: (key: string) => void, close: () => void) {
  let heard: (() => void) | undefined
  return {
    said: () => heard?.(),
    echo: {
      send: () =>
        new Promise<number>((resolve) => {
          const begun = performance.now()
          heard = () => resolve(performance.now() - begun)
          write('x')
        }),
      close,
    } satisfies Echo,
  }
}

function here(engine: Engine): Promise<Echo> {
  const session = execSession(engine, {
    kind: 'program',
    container: 'echo',
    name: 'echo',
    session: randomUUID(),
    command: echo,
  })
  const { said, echo: opened } = echoing(
    (key) => session.input(key),
    () => session.close(),
  )
  return new Promise((resolve, reject) =>
    session.open(
      {
        write: (text) => {
          if (text.includes('ready')) resolve(opened)
          else said()
        },
        rename: () => undefined,
        show: () => undefined,
        remember: () => undefined,
        end: ({ message }) => reject(new Error(message ?? 'it ended')),
      },
      { columns: 80, rows: 24 },
    ),
  )
}

/** `docker exec -it` wants a terminal around it: `script` is one. */
function program(host: PrivateEngine): Promise<Echo> {
  const line = `${host.dockerBin} exec -it echo ${echo.map((word) => `'${word}'`).join(' ')}`
  const child = spawn('script', ['-qec', line, '/dev/null'], { env: { ...process.env, ...host.env } })
  const { said, echo: opened } = echoing(
    (key) => child.stdin.write(key),
    () => child.kill(),
  )
  return new Promise((resolve, reject) => {
    child.stdout.on('data', (data: Buffer) => {
      if (data.includes('ready')) resolve(opened)
      else said()
    })
    child.on('error', reject)
  })
}

async function statistics(host: PrivateEngine, engine: Engine, print: (line: string) => void): Promise<void> {
  for (let i = 0; i < containers; i += 1)
    await host.docker(
      'run',
      '-d',
      '--name',
      `load-${i}`,
      '--network',
      'none',
      'busybox:latest',
      'sleep',
      '3600',
    )
  const running = (await engine.containers.list({})).filter(({ name }) => name.startsWith('load-'))
  const use = new LiveUse({ clock: systemClock, engine: () => engine, interval: () => 2_000 })
  let texts = 0
  use.onDidChange(() => {
    for (const container of running)
      if (useText(containerNode(container), (one) => use.latest(one)) !== '') texts += 1
  })
  use.follow(running)
  await wait(3)
  const cli = spawn(host.dockerBin, ['stats'], { env: { ...process.env, ...host.env }, stdio: 'ignore' })
  const before = process.cpuUsage()
  const cliBefore = cpuSeconds(cli)
  await wait(seconds)
  const { user, system } = process.cpuUsage(before)
  const ours = (user + system) / 1e6 / seconds
  const theirs = (cpuSeconds(cli) - cliBefore) / seconds
  use.dispose()
  cli.kill()
  print(
    `statistics of ${running.length} containers for ${seconds} s, ${texts} rows told: ${share(ours)} of one core here, ${share(theirs)} by docker stats`,
  )
}

const share = (value: number): string => `${(value * 100).toFixed(1)} %`
const wait = (time: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, time * 1000))

/** What Linux says that a process has used; its clock ticks a hundred times a second. */
function cpuSeconds({ pid }: ChildProcess): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /s, '')
    .split(' ')
  return (Number(fields[11]) + Number(fields[12])) / 100
}
