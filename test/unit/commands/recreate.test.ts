import { describe, expect, test } from 'vitest'
import { recreate, whyNotRecreate } from '../../../src/commands/recreate.ts'
import { EngineError } from '../../../src/engine/errors.ts'
import { parseRunLine } from '../../../src/shared/docker-run/run-line.ts'
import { fakeEngine } from '../../support/fake-engine.ts'
import { container } from '../../support/models.ts'

const surroundings = {
  readLines: () => Promise.resolve([]),
  variable: () => undefined,
  absolute: (path: string) => path,
}
const old = container('web', { id: 'a'.repeat(64), state: 'running' })

async function replace(failing?: string) {
  const result = parseRunLine('docker run -d --name web -e A=2 nginx')
  if ('problem' in result) throw new Error(result.problem.code)
  const engine = fakeEngine()
  const done: string[] = []
  const answer = (call: string, value?: unknown): void =>
    void engine.answers.set(`containers.${call}`, (...args: unknown[]) => {
      done.push(
        [call, ...args.filter((arg) => typeof arg === 'string')]
          .join(' ')
          .replaceAll('a'.repeat(64), 'OLD')
          .replaceAll('b'.repeat(64), 'NEW'),
      )
      if (call === failing && !done.includes('failed')) {
        done.push('failed')
        throw new EngineError('conflict', 'No room.')
      }
      return value
    })
  for (const call of ['stop', 'start', 'rename', 'remove']) answer(call)
  answer('create', { id: 'b'.repeat(64), warnings: [] })
  const outcome = await recreate(engine, old, result.spec, surroundings, { step: () => undefined }).catch(
    (fault: unknown) => fault,
  )
  return { done, outcome }
}

test('the new container takes the name of the old one, which goes', async () => {
  expect(await replace()).toEqual({
    done: ['stop OLD', 'rename OLD web-replaced-aaaaaa', 'create web', 'start NEW', 'remove OLD'],
    outcome: 'b'.repeat(64),
  })
})

describe('whichever step fails, the old one is back under its name and runs', () => {
  test.each([
    ['stop', ['stop OLD', 'failed']],
    ['rename', ['stop OLD', 'rename OLD web-replaced-aaaaaa', 'failed', 'start OLD']],
    [
      'create',
      ['stop OLD', 'rename OLD web-replaced-aaaaaa', 'create web', 'failed', 'rename OLD web', 'start OLD'],
    ],
    [
      'start',
      [
        'stop OLD',
        'rename OLD web-replaced-aaaaaa',
        'create web',
        'start NEW',
        'failed',
        'remove NEW',
        'rename OLD web',
        'start OLD',
      ],
    ],
    [
      'remove',
      [
        'stop OLD',
        'rename OLD web-replaced-aaaaaa',
        'create web',
        'start NEW',
        'remove OLD',
        'failed',
        'remove NEW',
        'rename OLD web',
        'start OLD',
      ],
    ],
  ])('%s', async (failing, steps) => {
    const { done, outcome } = await replace(failing)
    expect(done).toEqual(steps)
    expect(outcome).toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('The old one is back as it was.') as unknown,
    })
  })
})

test('containers of compose and of a swarm are left to who made them', () => {
  const compose = {
    project: 'shop',
    service: 'web',
    number: 1,
    oneoff: false,
    workingDir: '/',
    configFiles: [],
  }
  expect(whyNotRecreate(container('web', { compose }))?.message).toMatch(/compose project shop/)
  expect(
    whyNotRecreate(container('web', { labels: { 'com.docker.swarm.service.name': 'api' } }))?.message,
  ).toMatch(/service api/)
  expect(whyNotRecreate(old)).toBeUndefined()
})
