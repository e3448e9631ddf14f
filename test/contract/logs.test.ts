import { appendFileSync, writeFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { startEngine } from '../../scripts/hosts/hosts.mjs'
import { isEngineError } from '../../src/engine/errors.ts'
import type { Engine, Raw } from '../../src/engine/engine.ts'
import { systemClock } from '../../src/engine/live/clock.ts'
import type { LiveStore } from '../../src/engine/live/state.ts'
import { logFacts } from '../../src/engine/logs/facts.ts'
import type { LogLine } from '../../src/engine/logs/line.ts'
import { PositionTracker } from '../../src/engine/logs/position.ts'
import { readHistory, readOn, type LogRange } from '../../src/engine/logs/read-log.ts'
import { compareStamps } from '../../src/engine/logs/stamp.ts'
import { logTarget, serviceTargets, type LogRequest } from '../../src/engine/logs/target.ts'
import { jsonFileOf } from '../support/json-file.ts'
import { LogReading } from '../support/log-reading.ts'
import { startFaultProxy } from '../support/fault-proxy.ts'
import { keeping, livePicture } from '../support/kept.ts'
import { bench, columns, endpointOf, engineAt, engineBehind, fresh } from './under-test.ts'
import { createEngine } from '../../src/engine/create.ts'
import { visibleText } from '../../src/logs/ansi.ts'
import { LogSession } from '../../src/logs/session.ts'

const keep = keeping()

/** The live picture of an engine, watched. */
function live(engine: Engine): LiveStore {
  const store = keep(livePicture(engine))
  keep(store.watch('containers'))
  return store
}

function sessionOn(store: LiveStore, request: LogRequest): LogSession {
  return new LogSession(request, { tail: 1000 }, 8 * 1024 * 1024, {
    surroundings: () => store,
    watch: () => ({ dispose: () => undefined }),
    clock: systemClock,
    pause: () => new Promise((resolve) => setImmediate(resolve)),
    fault: (fault) => {
      throw fault
    },
  })
}

const signal = new AbortController().signal

async function history(engine: Engine, id: string, range: LogRange = {}): Promise<readonly LogLine[]> {
  const lines: LogLine[] = []
  const facts = logFacts(id, await engine.containers.inspect(id))
  for await (const batch of readHistory(engine, facts, range, new PositionTracker(), signal))
    lines.push(...batch)
  return lines
}

const text = ({ bytes }: LogLine): string => Buffer.from(bytes).toString()
const target = (engine: Engine, container: string, name = container) => ({
  engine: engine.id,
  container,
  name,
})
/** Lets a command in `sh` count its runs in a file of the container. */
const counted = 'n=$(cat /n 2>/dev/null || echo 0); echo $((n+1)) > /n'

describe.each(columns)('the log of %s', (_, host) => {
  const podman = host.version === 'podman'
  const ready = bench(host)

  async function ended(command: string, body: Raw = {}): Promise<{ engine: Engine; id: string }> {
    const { engine } = await ready()
    const made = await (await ready()).create(['sh', '-c', command], body)
    const over = engine.containers.wait(made, 'next-exit')
    await engine.containers.start(made)
    await over
    return { engine, id: made }
  }

  test('lines of both streams, with Windows line ends, without a last one, with bytes that are no text', async () => {
    const { engine, id } = await ended(
      `printf 'one\\r\\n\\na\\0b\\377c\\n'; echo out; printf 'no line end'; sleep 0.2; printf 'err' >&2`,
    )
    const lines = await history(engine, id)
    const stdout = lines.filter(({ stream }) => stream === 'stdout').map(text)
    expect(stdout.slice(0, 2)).toEqual(['one', ''])
    expect(stdout[2]).toMatch(/^a\0b\ufffdc$/)
    expect(stdout.slice(3)).toEqual(['out', 'no line end'])
    expect(lines.filter(({ stream }) => stream === 'stderr').map(text)).toEqual(['err'])
    expect(lines.every(({ seconds }) => seconds > 1_600_000_000)).toBe(true)
  })

  test('a part: the last lines, since and until a moment', async () => {
    const { engine, id } = await ended(
      `for i in 1 2 3 4 5 6 7 8; do echo $i; ${podman ? 'sleep 1.1' : 'sleep 0.05'}; done`,
    )
    const all = await history(engine, id)
    expect(all.map(text)).toEqual(['1', '2', '3', '4', '5', '6', '7', '8'])
    expect((await history(engine, id, { tail: 3 })).map(text)).toEqual(['6', '7', '8'])
    expect((await history(engine, id, { tail: 0 })).map(text)).toEqual([])
    expect((await history(engine, id, { since: all[5]! })).map(text)).toEqual(['6', '7', '8'])
    expect((await history(engine, id, { until: all[2]! })).map(text).slice(0, 2)).toEqual(['1', '2'])
  })

  test('a TTY, and a long line of one', async () => {
    const command = `echo one; head -c 60000 /dev/zero | tr '\\0' x; echo; printf '42\\n{"a":1}\\n'`
    const { engine, id } = await ended(command, { Tty: true })
    const lines = (await history(engine, id)).map(text)
    // Podman stores what a TTY prints in pieces, each with a time of its own that cannot be told from the text.
    expect(podman ? lines.slice(0, 1) : lines).toEqual(
      podman ? ['one'] : ['one', 'x'.repeat(60_000), '42', '{"a":1}'],
    )
  })

  test('each output is whole and in its order, whatever the engine makes of the two', async () => {
    const { engine, id } = await ended('for i in $(seq 300); do echo out $i; echo err $i >&2; done')
    const lines = await history(engine, id)
    for (const [stream, word] of [
      ['stdout', 'out'],
      ['stderr', 'err'],
    ])
      expect(lines.filter((line) => line.stream === stream).map(text)).toEqual(
        Array.from({ length: 300 }, (__, index) => `${word} ${index + 1}`),
      )
  })

  test('a container that was never started is told, and its first lines come when it is', async () => {
    const { engine } = await ready()
    const id = await (await ready()).create(['sh', '-c', 'echo first; exec sleep 600'])
    const store = live(engine)
    await store.settled('containers')
    const reading = new LogReading(store, target(engine, id))
    keep({ dispose: () => reading.stop() })
    await reading.until('=')
    expect(reading.seen).toEqual(['— neverStarted', '='])
    await engine.containers.start(id)
    await reading.until('first')
    // Some engines note the start a little after the first line.
    expect(reading.seen).toEqual(['— neverStarted', '=', '— started', 'first'])
  })

  test('a container that is paused: its log waits with it, and goes on with it', async () => {
    const { engine } = await ready()
    const id = await (
      await ready()
    ).run(['sh', '-c', 'i=0; while true; do i=$((i+1)); echo $i; sleep 0.05; done'])
    const store = live(engine)
    await store.settled('containers')
    const reading = new LogReading(store, target(engine, id))
    keep({ dispose: () => reading.stop() })
    await reading.until('3')
    await engine.containers.pause(id)
    const { length } = reading.lines
    await engine.containers.unpause(id)
    await reading.until(() => reading.lines.length > length + 5)
    expect(reading.lines).toEqual(reading.lines.map((__, index) => `${index + 1}`))
    expect(reading.marks).toEqual([])
  })

  test('goes on over a restart: each line once, the marks between', async () => {
    const { engine } = await ready()
    const id = await (
      await ready()
    ).run(['sh', '-c', `${counted}; for i in 1 2 3; do echo $n.$i; done; exec sleep 600`])
    const store = live(engine)
    await store.settled('containers')
    const reading = new LogReading(store, target(engine, id))
    keep({ dispose: () => reading.stop() })
    await reading.until('0.3')
    await engine.containers.restart(id, { timeoutSeconds: 0 })
    await reading.until('1.3')
    await engine.containers.kill(id)
    await reading.until(() => reading.seen.at(-1)!.startsWith('— exited'))
    await engine.containers.start(id)
    await reading.until('2.3')
    expect(reading.lines).toEqual(['0.1', '0.2', '0.3', '1.1', '1.2', '1.3', '2.1', '2.2', '2.3'])
    expect(reading.seen.indexOf('2.1')).toBeGreaterThan(reading.seen.lastIndexOf('— started'))
  })

  test('a storm of restarts loses and doubles nothing', async () => {
    const { engine } = await ready()
    const body = { HostConfig: { RestartPolicy: { Name: 'always', MaximumRetryCount: 0 } } }
    const id = await (
      await ready()
    ).run(
      [
        'sh',
        '-c',
        `${counted}; for i in $(seq 1 20); do echo $n.$i; done; [ $n -ge 3 ] && exec sleep 600; exit 1`,
      ],
      body,
    )
    const store = live(engine)
    await store.settled('containers')
    const reading = new LogReading(store, target(engine, id))
    keep({ dispose: () => reading.stop() })
    await reading.until('3.20')
    const expected = Array.from(
      { length: 80 },
      (__, index) => `${Math.floor(index / 20)}.${(index % 20) + 1}`,
    )
    expect(reading.lines).toEqual(expected)
  })

  test('goes on with the container that takes the place of a removed one', async () => {
    const { engine } = await ready()
    const name = fresh('again')
    const make = async (word: string): Promise<string> => {
      const { image } = await ready()
      const { id } = await engine.containers.create(name, {
        Image: image,
        Cmd: ['sh', '-c', `echo ${word}; exec sleep 600`],
      })
      keep({ dispose: () => engine.containers.remove(id, { force: true }) })
      await engine.containers.start(id)
      return id
    }
    const first = await make('first')
    const store = live(engine)
    await store.settled('containers')
    const reading = new LogReading(store, target(engine, first, name))
    keep({ dispose: () => reading.stop() })
    await reading.until('first')
    await engine.containers.remove(first, { force: true })
    await reading.until('— removed')
    await make('second')
    await reading.until('second')
    expect(reading.lines).toEqual(['first', 'second'])
    // Not every removal is seen as an end before.
    const what = reading.marks.map((mark) => mark.what).filter((mark) => mark !== 'started')
    expect(what[0] === 'exited' ? what.slice(1) : what).toEqual(['removed', 'recreated'])
  })

  test('goes on with what compose makes for a service before it removes the old container', async () => {
    const { engine, image } = await ready()
    const project = fresh('shop')
    const labels = {
      'com.docker.compose.project': project,
      'com.docker.compose.service': 'web',
      'com.docker.compose.container-number': '1',
      'com.docker.compose.oneoff': 'False',
    }
    const make = async (name: string, word: string): Promise<string> => {
      const { id } = await engine.containers.create(name, {
        Image: image,
        Labels: labels,
        Cmd: ['sh', '-c', `echo ${word}; exec sleep 600`],
      })
      keep({ dispose: () => engine.containers.remove(id, { force: true }) })
      return id
    }
    const first = await make(`${project}-web-1`, 'first')
    await engine.containers.start(first)
    const store = live(engine)
    await store.settled('containers')
    const reading = new LogReading(store, logTarget(store.state.containers.items.get(first)!))
    keep({ dispose: () => reading.stop() })
    await reading.until('first')
    const second = await make(`${first.slice(0, 12)}_${project}-web-1`, 'second')
    await engine.containers.kill(first)
    await reading.until(() => reading.seen.at(-1)!.startsWith('— exited'))
    await engine.containers.remove(first)
    await reading.until('— recreated')
    await engine.containers.start(second)
    await reading.until('second')
    const marks = reading.marks.map(({ what }) => what)
    expect(marks).toEqual(['exited', 'removed', 'recreated', 'started'])
    expect(reading.lines).toEqual(['first', 'second'])
  })
})

describe.each(columns.filter(([, { version }]) => version === '20.10' || version === '28'))(
  'logs that are cut, refused, many or long, on %s',
  (_, host) => {
    const ready = bench(host)

    async function linesOf(command: string, body: Raw): Promise<readonly LogLine[]> {
      const { engine } = await ready()
      const id = await (await ready()).create(['sh', '-c', command], body)
      const over = engine.containers.wait(id, 'next-exit')
      await engine.containers.start(id)
      await over
      return history(engine, id)
    }

    // Not on Podman: its stamps are whole seconds, and it looks for new lines four times a second.
    test('each run that follows another begins with its mark, though both write without a pause', async () => {
      const { engine } = await ready()
      const id = await (
        await ready()
      ).run(['sh', '-c', `${counted}; i=0; while true; do i=$((i+1)); echo $n.$i; sleep 0.02; done`])
      const store = live(engine)
      await store.settled('containers')
      const reading = new LogReading(store, target(engine, id))
      keep({ dispose: () => reading.stop() })
      await reading.until('0.3')
      for (const run of ['1', '2', '3', '4']) {
        await engine.containers.restart(id, { timeoutSeconds: 0 })
        await reading.until(`${run}.3`)
        const first = reading.seen.indexOf(`${run}.1`)
        expect(reading.seen[first - 1]).toMatch(/^— (re)?started$/)
        const before = reading.seen.slice(0, first).filter((line) => /^\d/.test(line))
        expect(before).toEqual(before.filter((line) => line < `${run}.`))
        expect(reading.seen.slice(first).filter((line) => line.startsWith('— '))).toEqual([])
      }
    })

    test('connections that are cut at any byte lose and double nothing', async () => {
      const { engine } = await ready()
      const writes =
        'i=0; while [ $i -lt 300 ]; do i=$((i+1)); echo line $i; [ $((i % 20)) = 0 ] && sleep 0.05; done; exec sleep 600'
      const id = await (await ready()).run(['sh', '-c', writes])
      const proxy = await startFaultProxy(engine.endpoint.address)
      keep({ dispose: () => proxy.close() })
      const behind = keep(engineBehind(proxy.address, proxy.url))
      const store = live(behind)
      await store.settled('containers')
      const reading = new LogReading(store, target(behind, id))
      keep({ dispose: () => reading.stop() })
      for (const line of [40, 80, 120, 200]) {
        await reading.until(`line ${line}`)
        proxy.cutAll()
      }
      await reading.until('line 300')
      expect(reading.lines).toEqual(Array.from({ length: 300 }, (__, index) => `line ${index + 1}`))
      expect(reading.seen).toContain('— back')
    })

    test('of a container that is stopped or removed nothing is asked until it is back', async () => {
      const { engine } = await ready()
      const id = await (await ready()).create(['echo', 'done'])
      const proxy = await startFaultProxy(engine.endpoint.address)
      keep({ dispose: () => proxy.close() })
      const behind = keep(engineBehind(proxy.address, proxy.url))
      const store = live(behind)
      await store.settled('containers')
      const reading = new LogReading(store, target(behind, id))
      keep({ dispose: () => reading.stop() })
      await engine.containers.start(id)
      await reading.until('— exited:0')
      const quiet = async (): Promise<string> => {
        // What came last may be looked at once or twice more.
        await new Promise((resolve) => setTimeout(resolve, 6_000))
        const sent = proxy.sent().length
        await new Promise((resolve) => setTimeout(resolve, 4_000))
        return proxy.sent().slice(sent)
      }
      expect(await quiet()).toBe('')
      await engine.containers.remove(id, { force: true })
      await reading.until('— removed')
      expect(await quiet()).toBe('')
      expect(reading.lines).toEqual(['done'])
    })

    test.each([false, true])(
      'the last two lines are two, though one is of a megabyte; in a terminal: %s',
      async (tty) => {
        const { engine } = await ready()
        const command = `echo first; head -c 1048000 /dev/zero | tr '\\0' x; echo; echo last`
        const id = await (await ready()).create(['sh', '-c', command], { Tty: tty })
        const over = engine.containers.wait(id, 'next-exit')
        await engine.containers.start(id)
        await over
        const lines = await history(engine, id, { tail: 2 })
        const pieces = lines.slice(0, -1)
        expect(Buffer.concat(pieces.map(({ bytes }) => bytes)).toString()).toBe('x'.repeat(1_048_000))
        expect(pieces.map(({ unfinished }) => unfinished).lastIndexOf(true)).toBe(pieces.length - 2)
        expect(text(lines.at(-1)!)).toBe('last')
      },
    )

    test('a log driver that keeps nothing is told', async () => {
      const { engine } = await ready()
      const id = await (await ready()).run(['sleep', '600'], { HostConfig: { LogConfig: { Type: 'none' } } })
      const store = live(engine)
      await store.settled('containers')
      const reading = new LogReading(store, target(engine, id))
      await reading.until('=')
      expect(await reading.stop()).toBe('— unreadable:none =')
    })

    test('twenty containers are merged by time', async () => {
      const { engine, image } = await ready()
      const ids: string[] = []
      for (let index = 0; index < 20; index += 1) {
        const { id } = await engine.containers.create(fresh('many'), {
          Image: image,
          Cmd: ['sh', '-c', `for i in $(seq 1 30); do echo ${index}.$i; done`],
        })
        ids.push(id)
        keep({ dispose: () => engine.containers.remove(id, { force: true }) })
      }
      await Promise.all(ids.map((id) => engine.containers.start(id)))
      await Promise.all(ids.map((id) => engine.containers.wait(id, 'not-running')))
      const store = live(engine)
      const session = keep(sessionOn(store, { title: '', targets: ids.map((id) => target(engine, id)) }))
      await new Promise<void>((resolve) => {
        const check = (): void => {
          if (session.store.count >= 620) resolve()
        }
        session.onDidChange(check)
        check()
      })
      const lines = Array.from({ length: session.store.count }, (__, seq) => ({
        ...session.store.line(seq)!,
        text: session.store.text(seq),
      }))
      const written = lines.filter((line) => /^\d+\.\d+$/.test(line.text))
      expect(written.length).toBe(600)
      expect(written.toSorted((a, b) => compareStamps(a, b))).toEqual(written)
      for (let index = 0; index < 20; index += 1)
        expect(written.filter(({ source }) => source === index).map((line) => line.text)).toEqual(
          Array.from({ length: 30 }, (__, line) => `${index}.${line + 1}`),
        )
    })

    test.each([false, true])('a line of 10 MB comes whole; in a terminal: %s', async (tty) => {
      const command = `head -c 10000000 /dev/zero | tr '\\0' x; echo; echo after`
      const lines = await linesOf(command, { Tty: tty })
      const pieces = lines.slice(0, -1)
      expect(pieces.reduce((size, { bytes }) => size + bytes.length, 0)).toBe(10_000_000)
      expect(pieces.every(({ bytes }) => bytes.every((byte) => byte === 0x78))).toBe(true)
      expect(pieces.map(({ unfinished }) => unfinished).lastIndexOf(true)).toBe(pieces.length - 2)
      expect(text(lines.at(-1)!)).toBe('after')
    })

    test.each([false, true])(
      'a progress bar is one line, and its last state is seen; in a terminal: %s',
      async (tty) => {
        const lines = (await linesOf(`printf ' 10%%\\r 50%%\\r100%%\\ndone\\n'`, { Tty: tty })).map(text)
        expect(lines).toEqual([' 10%\r 50%\r100%', 'done'])
        expect(lines.map(visibleText)).toEqual(['100%', 'done'])
      },
    )

    test('a whole day’s log over a clock that is set back: each line once, as it was written; it goes on', async () => {
      const { engine } = await ready()
      const id = await (await ready()).create(['true'])
      const over = engine.containers.wait(id, 'next-exit')
      await engine.containers.start(id)
      await over
      const file = jsonFileOf(host, id)
      const day = 86_400
      const stored = (second: number): string => {
        const time = new Date(Date.UTC(2026, 0, 2) + (second < day / 2 ? second : second - 3_600) * 1_000)
        const stamp = time.toISOString().replace('Z', '000000Z')
        return `{"log":"second ${second}\\n","stream":"stdout","time":"${stamp}"}\n`
      }
      const seconds = (from: number, to: number): number[] =>
        Array.from({ length: to - from }, (__, index) => from + index)
      const said = (from: number, to: number): string[] =>
        seconds(from, to).map((second) => `second ${second}`)
      writeFileSync(file, seconds(0, day).map(stored).join(''))

      const facts = logFacts(id, await engine.containers.inspect(id))
      const tracker = new PositionTracker()
      const read: string[] = []
      for await (const lines of readHistory(engine, facts, {}, tracker, signal))
        read.push(...[...lines].map(text))
      expect(read).toEqual(said(0, day))
      appendFileSync(
        file,
        seconds(day, day + 100)
          .map(stored)
          .join(''),
      )
      const added: string[] = []
      for await (const lines of readOn(engine, facts, tracker, { follow: false }, signal))
        added.push(...[...lines].map(text))
      expect(added).toEqual(said(day, day + 100))
    })

    test('characters that the engine splits between two records come out whole', async () => {
      // The `local` driver keeps bytes as they are; `json-file` itself replaces what its records of 16 KiB cut.
      const command = `for i in $(seq 1 13); do printf '日本%.0s' $(seq 1 1000); done; echo; echo after`
      const lines = await linesOf(command, { HostConfig: { LogConfig: { Type: 'local' } } })
      expect(text(lines[0]!)).toBe('日本'.repeat(13_000))
      expect(lines.slice(1).map(text)).toEqual(['after'])
    })
  },
)

test.each(['20.10', '28'] as const)(
  'an engine %s that is killed and comes back: the log goes on',
  async (version) => {
    const host = await startEngine({ version })
    keep({ dispose: () => host.stop() })
    const engine = keep(createEngine(await endpointOf({ DOCKER_HOST: host.dockerHost }), { env: host.env }))
    await engine.connect()
    const { id } = await engine.containers.create('survivor', {
      Image: 'busybox:latest',
      Cmd: ['sh', '-c', `${counted}; i=0; while true; do i=$((i+1)); echo $n.$i; sleep 0.1; done`],
      HostConfig: { RestartPolicy: { Name: 'always', MaximumRetryCount: 0 } },
    })
    await engine.containers.start(id)
    const store = live(engine)
    await store.settled('containers')
    const reading = new LogReading(store, target(engine, id))
    keep({ dispose: () => reading.stop() })
    await reading.until('0.5')
    await host.kill()
    await reading.until('— lost')
    await host.start()
    await reading.until(() => reading.lines.some((line) => line === '1.5'))
    expect(reading.seen).toContain('— back')
    // Each run counts from one on, without a gap and without a double; what the engine had not stored when it died is gone.
    for (const run of ['0', '1']) {
      const numbers = reading.lines
        .filter((line) => line.startsWith(`${run}.`))
        .map((line) => Number(line.slice(2)))
      expect(numbers).toEqual(Array.from({ length: numbers.length }, (__, index) => index + 1))
    }
  },
)

test('a service of a swarm: its tasks on this node, and those that replace them or come later', async () => {
  const host = await startEngine({ version: '28' })
  keep({ dispose: () => host.stop() })
  await host.docker('swarm', 'init', '--advertise-addr', '127.0.0.1')
  const speaking = 'echo up $TASK; exec sleep 600'
  const service = ['--name', 'web', '--replicas', '2', '--env', 'TASK={{.Task.Slot}}', '--init']
  await host.docker(...['service', 'create', '-d', ...service, 'busybox:latest', 'sh', '-c', speaking])
  const engine = keep(createEngine(await endpointOf({ DOCKER_HOST: host.dockerHost }), { env: host.env }))
  await engine.connect()
  const store = live(engine)
  const running = (): number =>
    serviceTargets([...store.state.containers.items.values()], 'web').filter(
      ({ container }) => store.state.containers.items.get(container)?.state === 'running',
    ).length
  await new Promise<void>((resolve) => {
    const check = (): void => {
      if (running() === 2) resolve()
    }
    keep(store.onDidChange(check))
    check()
  })
  const request = {
    title: 'web',
    targets: serviceTargets([...store.state.containers.items.values()], 'web'),
    service: { engine: engine.id, name: 'web' },
  }
  const session = keep(sessionOn(store, request))
  const texts = (): string[] =>
    Array.from({ length: session.store.count }, (__, seq) => session.store.text(seq))
  const shows = (...lines: readonly string[]): Promise<void> =>
    new Promise((resolve) => {
      const check = (): void => {
        if (lines.every((line) => texts().includes(line))) resolve()
      }
      session.onDidChange(check)
      check()
    })
  await shows('up 1', 'up 2')
  expect(session.sources.map(({ label }) => label)).toEqual(['web.1', 'web.2'])
  await host.docker('service', 'scale', '-d', 'web=3')
  await shows('up 3')
  await host.docker('service', 'update', '-d', '--args', "sh -c 'echo again $TASK; exec sleep 600'", 'web')
  await shows('again 1', 'again 2', 'again 3', 'web.1 was created anew')
  expect(session.sources.map(({ label }) => label)).toEqual(['web.1', 'web.2', 'web.3'])
})

test('a log that cannot be had is an error of the engine', async () => {
  const engine = keep(await engineAt(columns[0]![1]))
  await expect(history(engine, 'f'.repeat(64))).rejects.toSatisfy((fault) => isEngineError(fault, 'notFound'))
})
