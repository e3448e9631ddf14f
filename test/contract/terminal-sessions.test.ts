import { createHash, randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { attachSession } from '../../src/commands/terminal/attach-session.ts'
import { endProcesses, execSession, type ExecRequest } from '../../src/commands/terminal/exec-session.ts'
import type { TerminalMemory } from '../../src/commands/terminal/memory.ts'
import type { TerminalSession, TerminalSize } from '../../src/commands/ui.ts'
import type { Engine, Raw } from '../../src/engine/engine.ts'
import { bench, columns } from './under-test.ts'

/** A terminal that is open: what it shows, and how it ended. */
function open(session: TerminalSession, size: TerminalSize = { columns: 80, rows: 24 }) {
  let text = ''
  let wake = (): void => undefined
  const memories: TerminalMemory[] = []
  const ended = new Promise<{ readonly exitCode?: number; readonly message?: string }>((resolve) =>
    session.open(
      {
        write: (more) => {
          text += more
          wake()
        },
        rename: () => undefined,
        show: () => undefined,
        remember: (memory) => memories.push(memory),
        end: resolve,
      },
      size,
    ),
  )
  return {
    ended,
    memories,
    text: () => text,
    async shows(pattern: RegExp): Promise<string> {
      while (!pattern.test(text)) await new Promise<void>((resolve) => (wake = resolve))
      return text
    },
  }
}

describe.each(columns)('terminals on %s', (_name, host) => {
  const at = bench(host)

  /** A program in a terminal of its own, in a container that idles. */
  async function exec(command: readonly string[], more: Partial<ExecRequest> = {}) {
    const it = await at()
    idle ??= it.idle()
    const container = await idle
    const session = execSession(it.engine, {
      kind: 'shell',
      container,
      name: 'web',
      session: randomUUID(),
      command,
      ...more,
    })
    return { ...it, engine: it.engine, container, session, screen: open(session) }
  }
  let idle: Promise<string> | undefined

  const isRunning = async (engine: Engine, id: string): Promise<boolean> =>
    ((await engine.containers.inspect(id))['State'] as Raw)['Running'] === true

  /** Until no process of the container has this in its command line. */
  async function gone(engine: Engine, id: string, words: string): Promise<void> {
    while (JSON.stringify((await engine.containers.top(id)).processes).includes(words))
      await new Promise((resolve) => setTimeout(resolve, 50))
  }

  test('the size is known from the start and follows, and the exit code is told', async () => {
    const { session, screen } = await exec(['sh'])
    session.input('until [ "$(stty size)" = "24 80" ]; do :; done; echo first-$((1+1))\r')
    await screen.shows(/first-2/)
    session.resize({ columns: 120, rows: 40 })
    session.input('until [ "$(stty size)" = "40 120" ]; do :; done; echo second-$((1+1)); exit 7\r')
    await screen.shows(/second-2/)
    expect(await screen.ended).toMatchObject({
      exitCode: 7,
      message: expect.stringContaining('exit code 7') as string,
    })
  })

  test('a character that is split between two writes is one character', async () => {
    const { screen } = await exec(['sh', '-c', "printf '\\346'; sleep 0.3; printf '\\274\\242.'"])
    expect(await screen.shows(/\./)).toContain('漢.')
  })

  test('the clipboard, title reports and device control do not get through', async () => {
    const { screen } = await exec([
      'sh',
      '-c',
      "printf 'a\\033]52;c;aGk=\\007b\\033[21tc\\033P$q\"p\\033\\\\d\\033[1me.'",
    ])
    expect(await screen.shows(/\./)).toBe('abcd\x1b[1me.')
  })

  test('a paste of 1 MB arrives whole', async () => {
    const paste = '0123456789abcde\n'.repeat(65_536)
    const { session, screen } = await exec([
      'sh',
      '-c',
      `stty raw -echo; printf ready; head -c ${paste.length} | md5sum`,
    ])
    await screen.shows(/ready/)
    session.input(paste)
    await screen.shows(new RegExp(createHash('md5').update(paste).digest('hex')))
  })

  test('a terminal that is closed ends its programs', async () => {
    const { engine, container, session, screen } = await exec(['sh'])
    session.input('sleep 3017 & sleep 3017; exit\r')
    await screen.shows(/sleep 3017/)
    while (!JSON.stringify((await engine.containers.top(container)).processes).includes('sleep 3017'))
      await new Promise((resolve) => setTimeout(resolve, 50))
    session.close()
    await gone(engine, container, 'sleep 3017')
  })

  test('what a window left behind is found by the name that was remembered, and ended', async () => {
    const { engine, container, screen } = await exec(['sh', '-c', 'echo here; sleep 3018'], {
      user: 'www',
      env: ['A=b'],
    })
    await screen.shows(/here/)
    const [memory] = screen.memories
    expect(memory).toMatchObject({ kind: 'shell', container, user: 'www', withEnv: true })
    if (memory === undefined || memory.kind === 'attach') throw new Error('it is an exec')
    expect(JSON.stringify(memory)).not.toContain('A=b')
    await endProcesses(engine, memory)
    await gone(engine, container, 'sleep 3018')
  })

  test.each<readonly [string, readonly string[], Partial<ExecRequest>]>([
    ['that is not there', ['/no/such'], {}],
    ['that may not be run', ['/etc/passwd'], {}],
    ['of a user who is not there', ['id'], { user: 'nobody-such' }],
    ['in a folder that is a file', ['id'], { workingDir: '/etc/passwd' }],
  ])('a program %s ends the terminal with a message', async (_, command, more) => {
    const { screen } = await exec(command, more)
    const { exitCode, message } = await screen.ended
    expect(exitCode).not.toBe(0)
    expect(`${screen.text()}${message ?? ''}`).toMatch(
      /no such|not found|permission denied|unable to find|no matching entries|not a directory/i,
    )
    expect(message).toMatch(/Any key closes this terminal/)
  })

  test('closing an attached terminal leaves the program running; Ctrl-P Ctrl-Q detaches from it', async () => {
    const it = await at()
    const id = await it.run(['sh'], { Tty: true, OpenStdin: true })
    const first = attachSession(it.engine, id, 'web')
    const closed = open(first)
    await closed.shows(/Attached/)
    first.input('echo one-$((1+1))\r')
    await closed.shows(/one-2/)
    first.close()
    const second = attachSession(it.engine, id, 'web')
    const detached = open(second)
    await detached.shows(/Attached/)
    second.input('echo two-$((1+1))\r')
    await detached.shows(/two-2/)
    // Podman knows the keys only when they come one at a time, as a person types them.
    if (it.podman) return second.close()
    second.input('\x10\x11')
    expect((await detached.ended).message).toContain('goes on running')
    expect(await isRunning(it.engine, id)).toBe(true)
  })

  test('attaching to a container that does not run ends at once and says so', async () => {
    const it = await at()
    const id = await it.create(['sh'], { Tty: true, OpenStdin: true })
    const { ended } = open(attachSession(it.engine, id, 'web'))
    expect((await ended).message).toContain('does not run')
  })

  test('Ctrl-P is a key of the program, and nothing is held back', async () => {
    const { session, screen } = await exec([
      'sh',
      '-c',
      'stty raw -echo; printf ready; head -c 1 | od -An -b',
    ])
    await screen.shows(/ready/)
    session.input('\x10')
    await screen.shows(/020/)
  })

  test('an attached terminal tells with what exit code the container stopped', async () => {
    const it = await at()
    const id = await it.run(['sh', '-c', 'read line; exit 3'], { Tty: true, OpenStdin: true })
    const session = attachSession(it.engine, id, 'web')
    const screen = open(session)
    await screen.shows(/Attached/)
    session.input('\r')
    expect((await screen.ended).message).toContain('exit code 3')
  })
})
