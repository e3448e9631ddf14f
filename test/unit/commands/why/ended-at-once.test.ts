import { expect, test } from 'vitest'
import { EngineError } from '../../../../src/engine/errors.ts'
import { scene } from '../../../support/command-deps.ts'
import { container } from '../../../support/models.ts'
import { chooses, dismisses } from '../../../support/scripted-ui.ts'

async function* nothing(): AsyncGenerator<Uint8Array> {}

const node = (name: string) =>
  ({ kind: 'container', container: container(name, { state: 'exited' }) }) as const

test('what ends with an error at once is told of, and says why on demand', async () => {
  const s = await scene([chooses('Why?')])
  s.engine.answers.set('containers.start', () => undefined)
  s.engine.answers.set('containers.wait', () => ({ exitCode: 127 }))
  s.engine.answers.set('streams.logs', nothing)
  s.engine.answers.set('containers.inspect', () => ({
    Name: '/web',
    State: { Status: 'exited', ExitCode: 127 },
  }))
  await s.run('containers.start', node('web'))
  await expect.poll(() => s.transcript.at(-1)).toBe('document: Why web stopped')
  expect(s.transcript.find((line) => line.startsWith('warn'))).toBe(
    'warn: web ended at once with exit code 127. Its command was not found in the image. [Why?]',
  )
  expect(s.documents[0]?.text).toContain('Exit code 127.')
})

test('of several it is one message, and what runs or ends well is not in it', async () => {
  const s = await scene([dismisses])
  const codes: Readonly<Record<string, number>> = { a: 1, b: 0, c: 3 }
  s.engine.answers.set('containers.start', () => undefined)
  s.engine.answers.set('containers.wait', (id: string) => {
    if (codes[id] === undefined) throw new EngineError('cancelled', 'Cancelled.')
    return { exitCode: codes[id] }
  })
  await s.run('containers.start', node('a'), node('b'), node('c'), node('runs'))
  await expect
    .poll(() => s.transcript.at(-1))
    .toBe('warn: 2 of 4 containers ended at once: a (exit code 1), c (exit code 3). [Why?]')
})

test('a container that the engine would not start says why', async () => {
  const s = await scene([chooses('Why?')])
  s.engine.failNext('containers.start', new EngineError('invalid', 'exec: "nope": not found in $PATH'))
  s.engine.answers.set('containers.start', () => undefined)
  s.engine.answers.set('streams.logs', nothing)
  s.engine.answers.set('containers.inspect', () => ({
    Name: '/web',
    State: { Status: 'created', Error: 'exec: "nope": not found in $PATH' },
  }))
  await s.run('containers.start', node('web'))
  expect(s.transcript).toContain('error: Could not start web: exec: "nope": not found in $PATH. [Why?]')
  expect(s.documents[0]?.text).toContain('The engine could not start it: exec: "nope": not found in $PATH')
})

test('what somebody has ended meanwhile did not end by itself; what the kernel ended for its memory did', async () => {
  const s = await scene([dismisses])
  s.engine.answers.set('containers.start', () => undefined)
  s.engine.answers.set('containers.wait', (id: string) => ({ exitCode: id === 'stopped' ? 143 : 137 }))
  s.engine.answers.set('containers.inspect', (id: string) => ({ State: { OOMKilled: id === 'greedy' } }))
  await s.run('containers.start', node('stopped'), node('killed'), node('greedy'))
  await expect.poll(() => s.transcript.at(-1)).toMatch(/^warn: greedy ended at once with exit code 137\./)
})
