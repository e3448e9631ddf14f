import { describe, expect, test } from 'vitest'
import { systemClock } from '../../src/engine/live/clock.ts'
import type { LiveStore } from '../../src/engine/live/state.ts'
import { LogSession } from '../../src/logs/session.ts'
import { jsonFileOf, writeLog } from '../support/json-file.ts'
import { LogScreen } from '../support/log-screen.ts'
import { keeping, livePicture } from '../support/kept.ts'
import { bench, columns } from './under-test.ts'

const MiB = 1024 * 1024
const lines = 220_000
const text = (index: number): string => `${String(index).padStart(7, '0')} ${'x'.repeat(1_000)}`
/** A stamp, a space, the text, a line end, and the eight bytes of a frame's header. */
const frameBytes = 8 + 30 + 1 + 1_008 + 1
/** What was held without limit was five times the log. */
const mostMemory = 160 * MiB

const keep = keeping()

const rise = (): (() => number) => {
  const before = process.memoryUsage.rss()
  let most = before
  const sampling = setInterval(() => (most = Math.max(most, process.memoryUsage.rss())), 20)
  keep({ dispose: () => clearInterval(sampling) })
  return () => Math.max(most, process.memoryUsage.rss()) - before
}

describe.each(columns.filter(([, { version }]) => version === '20.10' || version === '28'))(
  'much log at once, on %s',
  (_, host) => {
    const ready = bench(host)

    /** A container that has ended with a log of 229 MB. */
    async function large(): Promise<string> {
      const it = await ready()
      const id = await it.create(['true'])
      const over = it.engine.containers.wait(id, 'next-exit')
      await it.engine.containers.start(id)
      await over
      writeLog(jsonFileOf(host, id), lines, text)
      return id
    }

    async function live(): Promise<LiveStore> {
      const { engine } = await ready()
      const store = keep(livePicture(engine))
      keep(store.watch('containers'))
      await store.settled('containers')
      return store
    }

    test('a reader slower than a log of 229 MB makes the engine wait, not the memory grow', async () => {
      const { engine } = await ready()
      const id = await large()
      const grown = rise()
      let size = 0
      let rests = 200
      const options = { stdout: true, stderr: true, timestamps: true, follow: false }
      for await (const chunk of engine.streams.logs(id, options, new AbortController().signal)) {
        size += chunk.length
        if (rests-- > 0) await new Promise((resolve) => setTimeout(resolve, 10))
      }
      expect(size).toBe(lines * frameBytes)
      expect(grown()).toBeLessThan(mostMemory)
    })

    test('a log of 229 MB is read to its end; the newest lines are held within the limit', async () => {
      const id = await large()
      const store = await live()
      const { engine } = store
      const limit = 8 * MiB
      const grown = rise()
      const request = { title: '', targets: [{ engine: engine.id, container: id, name: 'large' }] }
      const session = keep(
        new LogSession(request, {}, limit, {
          surroundings: () => store,
          watch: () => ({ dispose: () => undefined }),
          clock: systemClock,
          pause: () => new Promise((resolve) => setImmediate(resolve)),
          fault: (fault) => {
            throw fault
          },
        }),
      )
      await new Promise<void>((resolve) => {
        keep(session.onDidChange(() => session.sources[0]!.state === 'following' && resolve()))
      })
      // The last is the mark that says how the container ended.
      const held = session.store
      expect(held.dropped + held.count).toBe(lines + 1)
      expect(held.bytes).toBeLessThanOrEqual(limit)
      expect(held.text(held.end - 2)).toBe(text(lines - 1))
      expect(held.text(held.first)).toBe(text(held.first))
      expect(grown()).toBeLessThan(mostMemory)
    })

    test('as many lines a second as an engine takes: all are counted, and the page is sent no more than it draws', async () => {
      const it = await ready()
      const count = 400_000
      const id = await it.run(['sh', '-c', `trap 'seq ${count}' USR1; while :; do sleep 0.1; done`])
      const store = await live()
      const container = store.state.containers.items.get(id)!
      const screen = new LogScreen({ surroundings: store }, [{ listed: () => container }])
      keep({ dispose: () => screen.close() })
      const { session } = screen
      await new Promise<void>((resolve) => {
        keep(session.onDidChange(() => session.sources[0]!.state === 'following' && resolve()))
      })
      screen.draws = false
      const { frames } = screen
      const grown = rise()
      await it.engine.containers.kill(id, 'SIGUSR1')
      await new Promise<void>((resolve) => {
        keep(session.onDidChange(() => session.store.end >= count && resolve()))
      })
      expect(screen.frames).toBeLessThanOrEqual(frames + 1)
      screen.draws = true
      screen.send({ type: 'drawn', frame: screen.frames })
      await screen.until(() => screen.lines.at(-1) === String(count))
      expect(screen.state).toMatchObject({ dropped: session.store.dropped })
      expect(session.store.dropped).toBeGreaterThan(0)
      expect(session.store.dropped + session.store.count).toBe(count)
      for (let seq = session.store.first; seq < session.store.end; seq += 1)
        expect(session.store.text(seq)).toBe(String(seq + 1))
      expect(grown()).toBeLessThan(mostMemory)
      expect(screen.faults).toEqual([])
    })
  },
)
