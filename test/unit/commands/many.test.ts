import { describe, expect, test } from 'vitest'
import { EngineError } from '../../../src/engine/errors.ts'
import { scene } from '../../support/command-deps.ts'
import { container } from '../../support/models.ts'
import { chooses, dismisses } from '../../support/scripted-ui.ts'

const twenty = Array.from({ length: 20 }, (_, i) => `c${String(i).padStart(2, '0')}`)
const nodes = (state: 'running' | 'exited' = 'running') =>
  twenty.map((name) => ({ kind: 'container', container: container(name, { state }) }) as const)
const shown = (s: { readonly transcript: readonly string[] }, kind: string): readonly string[] =>
  s.transcript.filter((line) => line.startsWith(kind))

describe('twenty containers at once', () => {
  test('one progress, and one message of the few that failed, each with its own reason', async () => {
    const s = await scene()
    const faults: Readonly<Record<string, EngineError>> = {
      c03: new EngineError('notFound', 'No such container: c03', { status: 404 }),
      c07: new EngineError('conflict', 'removal of container c07 is already in progress', { status: 409 }),
    }
    s.engine.answers.set('containers.stop', (id: string) => {
      const fault = faults[id]
      if (fault !== undefined) throw fault
    })
    await s.run('containers.stop', ...nodes())
    expect(shown(s, 'progress')).toEqual(['progress: Stopping'])
    expect(s.transcript).toContain('  20 of 20: c19')
    expect(shown(s, 'error')).toEqual([
      'error: Could not stop (2 of 20) c03: No such container: c03. c07: removal of container c07 is already in progress.',
    ])
    expect(s.equivalents).toHaveLength(18)
  })

  test('Cancel ends those that are under way, begins no other, and is no failure', async () => {
    const s = await scene()
    s.engine.answers.set('containers.restart', () => undefined)
    s.engine.hold('containers.restart')
    const running = s.run('containers.restart', ...nodes())
    await expect.poll(() => s.engine.calls.length).toBe(4)
    s.cancel()
    await running
    expect(s.engine.calls).toHaveLength(4)
    expect(shown(s, 'error')).toEqual([])
    expect(s.equivalents).toEqual([])
  })

  test('an engine that dies in the middle is one message, and what was done stays done', async () => {
    const s = await scene([])
    let stopped = 0
    s.engine.answers.set('containers.stop', () => {
      if (++stopped > 6) throw new EngineError('lost', 'The connection to the engine was lost.')
    })
    await s.run('containers.stop', ...nodes())
    expect(shown(s, 'error')).toHaveLength(1)
    expect(shown(s, 'error')[0]).toMatch(
      /^error: Could not stop \(14 of 20\) c\d\d(, c\d\d){4} and 9 more: The connection to the engine was lost\.$/,
    )
    expect(s.equivalents).toHaveLength(6)
  })

  test('those that are paused are offered Unpause in one go, and only those', async () => {
    const s = await scene([chooses('Unpause')])
    const paused = new Set(['c01', 'c02'])
    s.engine.answers.set('containers.restart', (id: string) => {
      if (paused.has(id))
        throw new EngineError('conflict', `Container ${id} is paused. Unpause it first.`, { status: 409 })
    })
    s.engine.answers.set('containers.unpause', (id: string) => void paused.delete(id))
    await s.run('containers.restart', ...nodes())
    expect(s.engine.calls.filter((call) => call.startsWith('containers.unpause'))).toEqual([
      'containers.unpause c01',
      'containers.unpause c02',
    ])
    expect(paused.size).toBe(0)
    expect(s.equivalents.filter((line) => line.startsWith('docker restart'))).toHaveLength(20)
  })

  test('what can be read is copied in its order, and what cannot is told once', async () => {
    const s = await scene()
    s.engine.answers.set('images.inspect', () => ({ Config: {} }))
    s.engine.answers.set('containers.inspect', async (id: string) => {
      if (id === 'c05') throw new EngineError('notFound', 'No such container: c05', { status: 404 })
      if (id === 'c00') await new Promise((resolve) => setTimeout(resolve, 5))
      return { Name: `/${id}`, Image: 'i', Config: { Image: 'nginx' }, HostConfig: {} }
    })
    await s.run('containers.copyAsRun', ...nodes())
    const names = twenty.filter((name) => name !== 'c05')
    expect(s.copied[0]?.split('\n').map((line) => /--name (\S+)/.exec(line)?.[1])).toEqual(names)
    expect(shown(s, 'progress')).toEqual(['progress: Reading'])
    expect(shown(s, 'error')).toEqual(['error: Could not copy (1 of 20) c05: No such container: c05.'])
    expect(shown(s, 'info')).toEqual(['info: 19 of 20 were copied.'])
  })

  test('Copy as Compose Service makes one file of all', async () => {
    const s = await scene()
    s.engine.answers.set('images.inspect', () => ({ Config: {} }))
    s.engine.answers.set('containers.inspect', (id: string) => ({
      Name: `/${id}`,
      Image: 'i',
      Config: { Image: 'nginx' },
      HostConfig: { NetworkMode: 'back' },
    }))
    await s.run('containers.copyAsCompose', ...nodes())
    expect(s.copied).toHaveLength(1)
    expect(s.copied[0]?.match(/^\S+:$/gm)).toEqual(['services:', 'networks:'])
    expect(s.copied[0]?.match(/(?<=container_name: )\S+/g)).toEqual(twenty)
  })

  test('Cancel while they are read copies nothing', async () => {
    const s = await scene()
    s.engine.answers.set('containers.inspect', () => ({}))
    s.engine.hold('containers.inspect')
    const copying = s.run('containers.copyAsRun', ...nodes())
    await expect.poll(() => s.engine.calls.length).toBe(4)
    s.cancel()
    await copying
    expect(s.copied).toEqual([])
  })

  test('why each stopped is a document, and those that are gone are one message', async () => {
    const s = await scene()
    s.engine.answers.set('containers.inspect', (id: string) => {
      if (id === 'c03' || id === 'c04') throw new EngineError('notFound', 'It is gone.', { status: 404 })
      return { State: { Status: 'exited', ExitCode: 3, StartedAt: '2026-01-01T00:00:00Z' } }
    })
    s.engine.answers.set('streams.logs', async function* () {
      // It wrote nothing.
    })
    await s.run('containers.whyStopped', ...nodes('exited'))
    expect(s.documents).toHaveLength(18)
    expect(shown(s, 'progress')).toEqual(['progress: Reading'])
    expect(shown(s, 'error')).toEqual(['error: Could not read (2 of 20) c03, c04: It is gone.'])
  })

  test('all are waited for at the same time, and how those ended that failed is one message', async () => {
    const s = await scene()
    s.engine.answers.set('containers.wait', (id: string) => ({ exitCode: id === 'c19' ? 7 : 0 }))
    const goOn = s.engine.hold('containers.wait')
    const waiting = s.run('containers.wait', ...nodes())
    await expect.poll(() => s.engine.calls.length).toBe(20)
    goOn()
    await waiting
    expect(shown(s, 'progress')).toEqual(['progress: Waiting for the end of'])
    expect(shown(s, 'warn')).toEqual(['warn: c19 ended with exit code 7.'])
    s.engine.answers.set('containers.wait', () => ({ exitCode: 0 }))
    await s.run('containers.wait', ...nodes())
    expect(shown(s, 'info')).toEqual(['info: 20 containers ended with exit code 0.'])
  })

  test('what cannot be removed stays, and the rest is gone', async () => {
    const s = await scene([chooses('Remove'), dismisses])
    s.engine.answers.set('containers.remove', (id: string) => {
      if (id === 'c05')
        throw new EngineError('conflict', 'cannot remove container "c05": container is running', {
          status: 409,
        })
    })
    await s.run('containers.remove', ...nodes('exited'))
    expect(shown(s, 'confirm')).toEqual(['confirm: Remove 20 containers from laptop? [Remove]'])
    expect(shown(s, 'error')).toHaveLength(1)
    expect(s.equivalents).toHaveLength(19)
  })

  test.each(['containers.inspect', 'containers.diff', 'containers.whatRuns', 'containers.top'])(
    '%s opens a document of each that is there, in order, and says which are not',
    async (command) => {
      const s = await scene()
      const gone = (id: string): void => {
        if (id === 'c04') throw new EngineError('notFound', 'No such container: c04', { status: 404 })
      }
      s.engine.answers.set('containers.inspect', (id: string) => (gone(id), { Id: id }))
      s.engine.answers.set('containers.changes', (id: string) => (gone(id), []))
      s.engine.answers.set('containers.top', (id: string) => (gone(id), { titles: [], processes: [] }))
      await s.run(command, ...nodes())
      expect(shown(s, 'progress')).toEqual(['progress: Reading'])
      expect(shown(s, 'error')).toEqual(['error: Could not read (1 of 20) c04: No such container: c04.'])
      expect(s.documents.map(({ key }) => twenty.find((id) => key.includes(id)))).toEqual(
        twenty.filter((id) => id !== 'c04'),
      )
    },
  )

  test('a shell of each that has one, and one message of those that have none', async () => {
    const s = await scene()
    s.engine.answers.set('containers.inspect', () => ({ State: { Running: true } }))
    s.engine.answers.set('exec.create', () => undefined)
    await s.run('containers.openShell', ...nodes())
    expect(shown(s, 'progress')).toEqual(['progress: Opening shells'])
    expect(shown(s, 'error')).toHaveLength(1)
    expect(shown(s, 'error')[0]).toMatch(/^error: Could not open a shell in \(20 of 20\)/)
  })
})
