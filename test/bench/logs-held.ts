import type { PrivateEngine } from '../../scripts/hosts/hosts.mjs'
import { createEngine } from '../../src/engine/create.ts'
import { systemClock } from '../../src/engine/live/clock.ts'
import { createLiveStore } from '../../src/engine/live/store.ts'
import type { LogRange } from '../../src/engine/logs/read-log.ts'
import { LogSession } from '../../src/logs/session.ts'

export const MiB = 1024 * 1024

export interface LogUnderTest {
  readonly session: LogSession
  dispose(): void
}

/** The log of a container, read and held as a viewer does. */
export async function logOf(
  host: PrivateEngine,
  name: string,
  range: LogRange,
  limit: number,
): Promise<LogUnderTest> {
  const endpoint = {
    id: host.dockerHost,
    name: '',
    description: '',
    url: host.dockerHost,
    address: { kind: 'unix', path: host.socketPath },
    origin: { from: 'setting' },
  } as const
  const fault = (thrown: unknown): void => console.error(thrown)
  const engine = createEngine(endpoint, { env: host.env })
  const store = createLiveStore(engine, { clock: systemClock, random: Math.random, fault })
  const id = (await host.docker('inspect', '-f', '{{.Id}}', name)).trim()
  const session = new LogSession(
    { title: name, targets: [{ engine: engine.id, container: id, name }] },
    range,
    limit,
    {
      surroundings: () => store,
      watch: () => store.watch('containers'),
      clock: systemClock,
      pause: () => new Promise((resolve) => setImmediate(resolve)),
      fault,
    },
  )
  return {
    session,
    dispose() {
      session.dispose()
      store.dispose()
      engine.dispose()
    },
  }
}

/** Resolves once all that the engine held has been read. */
export function caughtUp(session: LogSession): Promise<void> {
  return new Promise((resolve) => {
    const listening = session.onDidChange(() => {
      if (session.sources.some(({ state }) => state === 'reading')) return
      listening.dispose()
      resolve()
    })
  })
}
