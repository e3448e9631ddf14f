import { afterEach, describe, expect, test } from 'vitest'
import { startEngine } from '../../scripts/hosts/hosts.mjs'
import { attachSession } from '../../src/commands/terminal/attach-session.ts'
import { execSession } from '../../src/commands/terminal/exec-session.ts'
import type { TerminalSession } from '../../src/commands/ui.ts'
import { startFaultProxy } from '../support/fault-proxy.ts'
import { bench, Bench, columns, engineAt, engineBehind, fresh } from './under-test.ts'

const made: (() => Promise<unknown> | void)[] = []
afterEach(async () => {
  for (const step of made.splice(0).reverse()) await step()
})

/** What a session shows, and how it says that it ended. */
class Screen {
  text = ''
  readonly session: TerminalSession
  readonly ended: Promise<{ readonly exitCode?: number; readonly message?: string }>

  constructor(session: TerminalSession) {
    this.session = session
    this.ended = new Promise((resolve) => {
      session.open(
        {
          write: (text) => (this.text += text),
          rename: () => undefined,
          show: () => undefined,
          remember: () => undefined,
          end: resolve,
        },
        { columns: 80, rows: 24 },
      )
    })
    made.push(() => session.close())
  }

  shows(text: string | RegExp): Promise<void> {
    return expect.poll(() => this.text, { timeout: 20_000 }).toMatch(text)
  }
}

const shell = (container: string) => ({
  kind: 'shell' as const,
  container,
  name: 'web',
  session: fresh('session'),
  command: ['sh'],
})

describe.each(columns)('terminals on %s', (_name, host) => {
  const open = bench(host)

  test('a terminal says how its container ended: stopped, removed, started again', async () => {
    const it = await open()
    const { containers } = it.engine
    const id = await it.run(['sh', '-c', 'trap "exit 3" TERM; echo ready; while :; do sleep 0.1; done'], {
      Tty: true,
    })
    const attached = async (): Promise<Screen> => {
      const screen = new Screen(attachSession(it.engine, id, 'web'))
      await screen.shows('Attached')
      return screen
    }
    const stopped = await attached()
    await containers.stop(id, { timeoutSeconds: 5 })
    expect((await stopped.ended).message).toMatch(/stopped with exit code \d+/)
    await containers.start(id)
    const restarted = await attached()
    await containers.restart(id, { timeoutSeconds: 1 })
    // A quick restart looks the same as a connection that ended: the container runs.
    expect((await restarted.ended).message).toMatch(/stopped with exit code|goes on running/)
    const removed = await attached()
    await containers.remove(id, { force: true })
    expect((await removed.ended).message).toMatch(/has been removed|stopped with exit code/)
  })

  test('an attached terminal whose connection is cut does not say that the program ended', async () => {
    const it = await open()
    const id = await it.idle({ Tty: true })
    const proxy = await startFaultProxy(it.engine.endpoint.address)
    const engine = engineBehind(proxy.address, proxy.url)
    made.push(
      () => proxy.close(),
      () => engine.dispose(),
    )
    const attached = new Screen(attachSession(engine, id, 'web'))
    await attached.shows('Attached')
    const inside = new Screen(execSession(engine, shell(id)))
    await inside.shows('#')
    proxy.cutAll()
    expect((await attached.ended).message).toMatch(/connection (ended|to the engine was lost)/)
    expect((await inside.ended).message).toMatch(/connection to the engine was lost.*may still run/)
  })
})

describe.each(columns.filter(([, { version }]) => version === '28'))('terminals on %s alone', (_, host) => {
  const open = bench(host)

  test('two keys detach from a program that goes on', async () => {
    const it = await open()
    const id = await it.idle({ Tty: true, OpenStdin: true })
    const screen = new Screen(attachSession(it.engine, id, 'web'))
    await screen.shows('Attached')
    screen.session.input('\x10')
    screen.session.input('\x11')
    expect((await screen.ended).message).toMatch(/^Detached/)
  })

  test('an engine that is killed is a lost connection, not the end of a program', async () => {
    const own = await startEngine({ version: '28' })
    made.push(() => own.stop())
    const mine = { ...host, dockerHost: own.dockerHost, socketPath: own.socketPath, env: own.env }
    const it = new Bench(await engineAt(mine), mine)
    const id = await it.idle({ Tty: true })
    const attached = new Screen(attachSession(it.engine, id, 'web'))
    await attached.shows('Attached')
    const inside = new Screen(execSession(it.engine, shell(id)))
    await inside.shows('#')
    await own.kill()
    expect((await attached.ended).message).toMatch(/connection to the engine was lost/)
    expect((await inside.ended).message).toMatch(/connection to the engine was lost/)
    it.engine.dispose()
  })
})
