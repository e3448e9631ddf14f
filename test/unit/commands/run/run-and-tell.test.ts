import { describe, expect, test } from 'vitest'
import { runAndTell } from '../../../../src/commands/run/run-and-tell.ts'
import { EngineError } from '../../../../src/engine/errors.ts'
import { parseRunLine } from '../../../../src/shared/docker-run/run-line.ts'
import { scene, type Scene } from '../../../support/command-deps.ts'
import { container } from '../../../support/models.ts'
import { chooses, types } from '../../../support/scripted-ui.ts'

const around = {
  readLines: () => Promise.resolve([]),
  variable: () => undefined,
  absolute: (path: string) => path,
}

async function run(s: Scene, line: string) {
  const result = parseRunLine(line)
  if ('problem' in result) throw new Error(result.problem.code)
  return runAndTell(s.deps, s.engine, result.spec, around, true)
}

async function* nothing(): AsyncGenerator<Uint8Array> {}

async function engineThat(
  answers: Parameters<typeof scene>[0],
  over: Readonly<Record<string, unknown>> = {},
) {
  const s = await scene(answers)
  const all: Readonly<Record<string, unknown>> = {
    'images.inspect': {},
    'containers.create': { id: 'new', warnings: [] },
    'containers.start': undefined,
    'containers.remove': undefined,
    'containers.inspect': { Name: '/web', State: { Status: 'created', Error: 'no such program' } },
    ...over,
  }
  for (const [call, answer] of Object.entries(all))
    s.engine.answers.set(call, () => {
      if (answer instanceof Error) throw answer
      return answer
    })
  s.engine.answers.set('streams.logs', nothing)
  return s
}

test('a start that fails leaves the container, and the message says why on demand', async () => {
  const s = await engineThat([chooses('Why?')], {
    'containers.start': new EngineError('invalid', 'no such program'),
  })
  const ran = await run(s, 'docker run -d --name web busybox nope')
  expect(ran).toMatchObject({ id: 'new', failed: { message: 'no such program' } })
  await expect.poll(() => s.transcript.at(-1)).toBe('document: Why web does not run')
  expect(s.transcript).toContain('error: web was created but could not be started: no such program [Why?]')
})

test('what ends at once with an error is no success', async () => {
  const s = await engineThat([chooses('Why?')], {
    'containers.wait': { exitCode: 3 },
    'containers.inspect': { Name: '/web', State: { Status: 'exited', ExitCode: 3 } },
  })
  s.engine.lists.containers.push(container('web', { id: 'new', state: 'exited' }))
  await run(s, 'docker run -d --name web busybox false')
  await expect.poll(() => s.transcript.at(-1)).toBe('document: Why web stopped')
  expect(s.transcript.filter((line) => /^(info|warn)/.test(line))).toEqual([
    'warn: web ended at once with exit code 3. Its main process ended with an error code of its own. [Why?]',
  ])
})

describe('Cancel leaves nothing behind', () => {
  test('while the engine creates the container', async () => {
    const s = await engineThat([])
    const release = s.engine.hold('containers.create')
    const running = run(s, 'docker run -d busybox')
    await expect.poll(() => s.engine.calls).toContain('containers.create')
    s.cancel()
    await expect(running).rejects.toMatchObject({ code: 'cancelled' })
    release()
    await expect.poll(() => s.engine.calls.at(-1)).toBe('containers.remove new')
  })

  test('while it starts it', async () => {
    const s = await engineThat([])
    s.engine.hold('containers.start')
    const running = run(s, 'docker run -d busybox')
    await expect.poll(() => s.engine.calls).toContain('containers.start new')
    s.cancel()
    await expect(running).rejects.toMatchObject({ code: 'cancelled' })
    expect(s.engine.calls.at(-1)).toBe('containers.remove new')
  })
})

test('the quick path: a line that is typed, refused while it is wrong, then run', async () => {
  const s = await engineThat([
    types('docker rn x'),
    types('docker run --nmae x'),
    types('docker run -e T=$TOKEN busybox'),
    types('docker run -d \\ --name web \\ busybox sleep 60'),
  ])
  s.engine.lists.containers.push(container('other'))
  await s.run('containers.runLine')
  expect(s.transcript.filter((line) => line.startsWith('  >'))).toEqual([
    '  > docker rn x: This is no docker run line; it begins with “docker run”.',
    '  > docker run --nmae x: docker run has no option --nmae.',
    '  > docker run -e T=$TOKEN busybox: No shell runs here: write what $TOKEN stands for.',
    '  > docker run -d \\ --name web \\ busybox sleep 60',
  ])
  expect(s.equivalents).toEqual(['docker run --detach --name web busybox sleep 60'])
})
