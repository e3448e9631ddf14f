import { describe, expect, test } from 'vitest'
import type { LogOptions } from '../../src/engine/engine.ts'
import type { EngineEvent } from '../../src/engine/model/system.ts'
import { all, codeOf, textOf } from '../support/transports.ts'
import { bench, columns, unframed } from './under-test.ts'

const whole: LogOptions = { follow: false, stdout: true, stderr: true, timestamps: false }
const signal = new AbortController().signal

describe.each(columns)('logs, statistics and events of %s', (_name, host) => {
  const open = bench(host)

  test('a log to its end: both outputs, the last lines, one output alone, times', async () => {
    const { engine, id } = await ended('for i in 1 2 3 4 5; do echo out $i; done; sleep 0.1; echo err >&2')
    const { logs } = engine.streams
    expect(await unframed(logs(id, whole, signal))).toEqual({
      stdout: 'out 1\nout 2\nout 3\nout 4\nout 5\n',
      stderr: 'err\n',
    })
    expect(await unframed(logs(id, { ...whole, tail: 2 }, signal))).toEqual({
      stdout: 'out 5\n',
      stderr: 'err\n',
    })
    expect(await unframed(logs(id, { ...whole, tail: 0 }, signal))).toEqual({ stdout: '', stderr: '' })
    expect((await unframed(logs(id, { ...whole, stderr: false }, signal))).stderr).toBe('')
    const { stderr } = await unframed(logs(id, { ...whole, stdout: false, timestamps: true }, signal))
    expect(stderr).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:\d\d) err\n$/)
    const seconds = Math.floor(Date.parse(stderr.slice(0, 19) + 'Z') / 1000)
    expect((await unframed(logs(id, { ...whole, since: String(seconds + 3600) }, signal))).stdout).toBe('')
    expect((await unframed(logs(id, { ...whole, since: `${seconds - 3600}.5` }, signal))).stdout).toContain(
      'out 1',
    )
    expect(await codeOf(all(logs(id, { ...whole, since: 'yesterday' }, signal)))).toBe('invalid')
  })

  test('following goes on until the container ends', async () => {
    const it = await open()
    const id = await it.run(['sh', '-c', 'echo one; sleep 0.5; echo two'])
    const { stdout } = await unframed(it.engine.streams.logs(id, { ...whole, follow: true }, signal))
    expect(stdout).toBe('one\ntwo\n')
  })

  test('or until it is left', async () => {
    const it = await open()
    const id = await it.run(['sh', '-c', 'echo one; sleep 3600'])
    const control = new AbortController()
    const reading = it.engine.streams
      .logs(id, { ...whole, follow: true }, control.signal)
      [Symbol.asyncIterator]()
    await reading.next()
    control.abort()
    expect(await codeOf(reading.next())).toBe('cancelled')
  })

  test('a terminal’s log has no frames', async () => {
    const { engine, id } = await ended('echo \'{"a":1}\'; echo 42', { Tty: true })
    expect(await textOf(engine.streams.logs(id, whole, signal))).toBe('{"a":1}\r\n42\r\n')
  })

  test('a flood does not stop the reader, and is read to its end', async () => {
    const it = await open()
    const id = await it.run(['sh', '-c', 'yes 0123456789012345678901234567890123456789 | head -n 100000'])
    await it.engine.containers.wait(id, 'not-running')
    let length = 0
    for await (const chunk of it.engine.streams.logs(id, whole, signal)) length += chunk.length
    expect(length).toBeGreaterThanOrEqual(100_000 * 41)
  })

  test('the log of what is not there', async () => {
    const { engine } = await open()
    expect(await codeOf(all(engine.streams.logs('no-such', whole, signal)))).toBe('notFound')
  })

  test('statistics come again and again until they are left', async () => {
    const it = await open()
    const id = await it.idle()
    let seen = 0
    for await (const record of it.engine.streams.stats(id, signal)) {
      expect(record).toHaveProperty('cpu_stats')
      expect(record).toHaveProperty('memory_stats')
      seen += 1
      if (seen === 2) break
    }
    expect(seen).toBe(2)
  })

  test('events from when the stream is open, with the engine’s own digits of time', async () => {
    const it = await open()
    const id = await it.create(['true'], { Labels: { canary: 'yes' } })
    const control = new AbortController()
    let opened!: () => void
    const isOpen = new Promise<void>((resolve) => (opened = resolve))
    const seen: EngineEvent[] = []
    const reading = (async () => {
      for await (const event of it.engine.streams.events({ onOpen: opened }, control.signal)) {
        if (event.id !== id) continue
        seen.push(event)
        if (event.action === 'die' || event.action === 'died') return
      }
    })()
    await isOpen
    await it.engine.containers.start(id)
    await reading
    expect(seen.map(({ action }) => action)).toContain('start')
    const start = seen.find(({ action }) => action === 'start')!
    expect(start).toMatchObject({ type: 'container', attributes: { canary: 'yes' } })
    expect(start.timeNano).toMatch(/^\d{19}$/)
    expect(Math.abs(Number(start.timeNano) / 1e6 - Date.now())).toBeLessThan(60_000)
    control.abort()

    const seconds = Number(start.timeNano.slice(0, 10))
    const past = await all(
      it.engine.streams.events(
        { since: String(seconds - 1), until: String(seconds + 1), container: id },
        signal,
      ),
    )
    expect(past.map(({ action }) => action)).toContain('start')
    expect(new Set(past.map((event) => event.id))).toEqual(new Set([id]))
  })

  test('what is past of a container, however often one looks back at it, and nothing after it', async () => {
    const it = await open()
    const id = await it.run(['true'])
    await it.engine.containers.wait(id, 'not-running')
    const ended = (Date.now() / 1000).toFixed(3)
    await it.engine.containers.start(id)
    await it.engine.containers.wait(id, 'not-running')
    for (let look = 0; look < 10; look++) {
      const past = await all(it.engine.streams.events({ since: '0', until: ended, container: id }, signal))
      expect(past.filter(({ action }) => action === 'start')).toHaveLength(1)
    }
  })

  test('the command line of an exec is in no event', async () => {
    const it = await open()
    const id = await it.idle()
    const began = Math.floor(Date.now() / 1000) - 1
    const { stream } = await it.engine.streams.exec(id, {
      command: ['sh', '-c', 'echo p4ss'],
      tty: false,
      stdin: false,
    })
    await unframed(stream.output)
    const until = Math.floor(Date.now() / 1000) + 1
    const past = await all(
      it.engine.streams.events({ since: String(began), until: String(until), container: id }, signal),
    )
    expect(past.some(({ action }) => action.startsWith('exec'))).toBe(true)
    expect(JSON.stringify(past)).not.toContain('p4ss')
  })

  async function ended(script: string, body = {}) {
    const it = await open()
    const id = await it.run(['sh', '-c', script], body)
    await it.engine.containers.wait(id, 'not-running')
    return { engine: it.engine, id }
  }
})
