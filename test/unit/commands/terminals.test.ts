import { describe, expect, test } from 'vitest'
import { execSession } from '../../../src/commands/terminal/exec-session.ts'
import { laterSession } from '../../../src/commands/terminal/later-session.ts'
import { isTerminalMemory, type TerminalMemory } from '../../../src/commands/terminal/memory.ts'
import { profileSession } from '../../../src/commands/terminal/profile.ts'
import { restoreTerminals } from '../../../src/commands/terminal/restore.ts'
import type { TerminalOutput, TerminalSession } from '../../../src/commands/ui.ts'
import { EngineError } from '../../../src/engine/errors.ts'
import { scene } from '../../support/command-deps.ts'
import { settled } from '../../support/fake-clock.ts'
import { container } from '../../support/models.ts'
import { chooses, dismisses, types } from '../../support/scripted-ui.ts'

/** What a terminal does, a line each. */
function recorded() {
  const lines: string[] = []
  const io: TerminalOutput = {
    write: (text) => lines.push(`write ${text}`),
    rename: (name) => lines.push(`rename ${name}`),
    show: (focus) => lines.push(`show ${focus}`),
    remember: ({ kind }) => lines.push(`remember ${kind}`),
    end: ({ message }) => lines.push(`end ${message ?? ''}`),
  }
  return { io, lines }
}

function session(name: string, lines: string[]): TerminalSession {
  return {
    name,
    open: (_, size) => lines.push(`open ${size?.columns ?? 'without size'}`),
    input: (text) => lines.push(`input ${text}`),
    resize: ({ columns }) => lines.push(`resize ${columns}`),
    close: () => lines.push('close'),
  }
}

describe('a terminal that learns later what runs in it', () => {
  test('hands on its last size, what is typed, and its end', async () => {
    const { io, lines } = recorded()
    const later = laterSession('…', 'terminal', () => Promise.resolve(session('web', lines)))
    later.open(io, { columns: 80, rows: 24 })
    later.input('lost')
    later.resize({ columns: 100, rows: 24 })
    await settled()
    later.input('kept')
    later.close()
    expect(lines).toEqual(['rename web', 'open 100', 'input kept', 'close'])
  })

  test('closes when nothing is chosen, and tells what failed', async () => {
    const { io, lines } = recorded()
    laterSession('…', 'terminal', () => Promise.resolve(undefined)).open(io, undefined)
    await settled()
    laterSession('…', 'terminal', () => Promise.reject(new EngineError('denied', 'No.'))).open(io, undefined)
    await settled()
    expect(lines).toEqual(['end ', 'end No. Any key closes this terminal.'])
  })

  test('closed while it asks, it opens nothing', async () => {
    const { io, lines } = recorded()
    const later = laterSession('…', 'terminal', () => Promise.resolve(session('web', lines)))
    later.open(io, undefined)
    later.close()
    await settled()
    expect(lines).toEqual([])
  })
})

test('a terminal that is closed while its program starts leaves nothing running', async () => {
  const { io } = recorded()
  const asked: (readonly string[])[] = []
  const stream = { output: (async function* () {})(), destroy: () => undefined }
  const started: (() => void)[] = []
  const engine = {
    id: 'one',
    streams: {
      exec: (_: string, { command }: { readonly command: readonly string[] }) => {
        asked.push(command)
        return new Promise((resolve) => started.push(() => resolve({ id: 'exec', stream })))
      },
    },
  }
  const request = { container: 'c', name: 'web', session: 'named', command: ['sh'], kind: 'shell' } as const
  const closing = execSession(engine as never, request)
  closing.open(io, undefined)
  closing.close()
  started[0]!()
  await settled()
  expect(asked.map((command) => command.at(-1))).toEqual(['sh', 'QUAYSIDE_TERMINAL=named'])
})

describe('the terminal profile', () => {
  const running = ['web', 'db'].map((name) => ({ kind: 'container' as const, container: container(name) }))

  test('asks which container is meant, and closes when none is', async () => {
    const { deps, transcript } = await scene([dismisses])
    const { io, lines } = recorded()
    const engines = { ...deps.engines, nodes: () => Promise.resolve(running as never) }
    profileSession(() => Promise.resolve({ ...deps, engines })).open(io, undefined)
    await settled()
    expect(transcript).toEqual(['pick: Container Shell', '  web | busybox:latest', '  db | busybox:latest'])
    expect(lines).toEqual(['show false', 'end '])
  })

  test('says that nothing runs', async () => {
    const { deps } = await scene()
    const { io, lines } = recorded()
    profileSession(() => Promise.resolve(deps)).open(io, undefined)
    await settled()
    expect(lines.at(-1)).toContain('No container is running.')
  })
})

describe('after the window was loaded anew', () => {
  test('what was typed as the line of a program is not kept', async () => {
    const memories: TerminalMemory[] = []
    const { io } = recorded()
    const stream = { output: (async function* () {})(), write: () => Promise.resolve() }
    const engine = {
      id: 'one',
      streams: {
        exec: () => Promise.resolve({ id: 'exec', stream }),
        execState: () => Promise.reject(new Error()),
      },
    }
    execSession(engine as never, {
      kind: 'program',
      container: 'c0ffee',
      name: 'web $ mysql -ps3cret',
      session: 'named',
      command: ['sh', '-c', 'mysql -ps3cret'],
      env: ['TOKEN=s3cret'],
    }).open({ ...io, remember: (memory) => memories.push(memory) }, undefined)
    await settled()
    expect(memories).toEqual([
      {
        kind: 'program',
        engine: 'one',
        container: 'c0ffee',
        name: 'c0ffee',
        session: 'named',
        withEnv: true,
      },
    ])
  })

  const remembered = (id: string, kind: 'shell' | 'program' | 'attach'): TerminalMemory => {
    const base = { engine: container('web').engine, container: id, name: id }
    return kind === 'attach' ? { kind, ...base } : { kind, ...base, session: 'a' }
  }

  test('there are the terminals of containers that still run, and a program is not run again', async () => {
    const { engine, deps, terminals } = await scene()
    engine.answers.set('containers.inspect', (id: string) => {
      if (id === 'gone') throw new EngineError('notFound', 'No such container.')
      return { State: { Running: id !== 'stopped' } }
    })
    await restoreTerminals(deps, [
      remembered('shell', 'shell'),
      remembered('main', 'attach'),
      remembered('stopped', 'shell'),
      remembered('gone', 'attach'),
      remembered('program', 'program'),
    ])
    expect(terminals.map(({ name }) => name)).toEqual(['shell', 'main'])
  })

  test('what was kept is looked at before it is believed', () => {
    expect(isTerminalMemory(remembered('web', 'shell'))).toBe(true)
    expect(isTerminalMemory(remembered('web', 'attach'))).toBe(true)
    for (const odd of [
      undefined,
      'web',
      {},
      { ...remembered('web', 'shell'), session: 1 },
      { ...remembered('web', 'shell'), user: {} },
      { ...remembered('web', 'attach'), kind: 'other' },
      { ...remembered('web', 'attach'), container: 'x'.repeat(5000) },
    ])
      expect(isTerminalMemory(odd)).toBe(false)
  })
})

describe('run with options', () => {
  const node = { kind: 'container' as const, container: container('web') }

  test('a form of lines; each is changed by choosing it, and values of variables are not shown', async () => {
    const { run, engine, transcript, equivalents, documents } = await scene([
      chooses('Command line'),
      types('ls "$HOME"'),
      chooses('User'),
      types('www'),
      chooses('Working directory'),
      types('/www'),
      chooses('Environment'),
      types('TOKEN="a b" X=1'),
      chooses('Privileged'),
      chooses('Shown as'),
      chooses('Run'),
    ])
    const asked: unknown[] = []
    engine.answers.set('streams.exec', (_: string, options: { readonly command: readonly string[] }) => {
      asked.push(options)
      return { id: 'e', stream: { output: (async function* () {})() } }
    })
    engine.answers.set('streams.execState', () => ({ running: false, exitCode: 0, pid: 1 }))
    await run('containers.execWithOptions', node)
    expect(asked.at(-1)).toMatchObject({
      command: ['sh', '-c', 'ls "$HOME"'],
      user: 'www',
      workingDir: '/www',
      env: ['TOKEN=a b', 'X=1'],
      privileged: true,
      tty: false,
    })
    expect(equivalents).toEqual([
      `docker exec -u www -w /www -e 'TOKEN=•••' -e X=1 --privileged web sh -c 'ls "$HOME"'`,
    ])
    expect(documents[0]?.text).toContain('Exit code: 0')
    expect(transcript.filter((line) => !line.startsWith('  >')).join('\n')).not.toContain('a b')
  })

  test('nothing runs when the form is left', async () => {
    const { run, engine } = await scene([chooses('Privileged'), dismisses])
    await run('containers.execWithOptions', node)
    expect(engine.calls).toEqual([])
  })
})
