import { expect, test } from 'vitest'
import { EngineError } from '../../../src/engine/errors.ts'
import { rowOf } from '../../../src/tree/kinds.ts'
import { troubleOf, troubleRows, troubleText } from '../../../src/tree/trouble.ts'
import { endpoint } from '../../support/models.ts'
import { context, engineState, snapshotOf } from '../../support/snapshots.ts'

const error = new EngineError('unreachable', 'Nothing answers at tcp://build:2375.', {
  nextStep: 'Check that the engine runs there.',
  cause: new Error('connect ECONNREFUSED 10.0.0.5:2375'),
})
const build = endpoint({
  id: 'tcp://build:2375',
  url: 'tcp://build:2375',
  origin: { from: 'environment', variable: 'DOCKER_HOST' },
})
const failed = { status: 'failed', error, attempt: 2, retryAt: 0 } as const
const away = engineState({ endpoint: build, connection: failed })

test('what was tried, where it came from, what the system said, and what to do', () => {
  const trouble = troubleOf(snapshotOf(away), undefined)!
  expect(troubleText(trouble)).toBe('Nothing answers at tcp://build:2375. Check that the engine runs there.')
  const rows = troubleRows(trouble).map((node) => rowOf(node, context))
  expect(rows.map(({ label, description, click = 'nothing' }) => [label, description, click])).toEqual([
    ['Tried', 'from DOCKER_HOST · tcp://build:2375', 'nothing'],
    ['The system said', 'connect ECONNREFUSED 10.0.0.5:2375', 'nothing'],
    ['Try Again', 'it is tried by itself, too', 'engines.reconnect'],
    ['Choose Another Engine', '', 'engines.use'],
    ['Set an Address', '', 'engines.openSettings'],
    ['Connection Diagnostics', 'all that was looked at', 'engines.diagnostics'],
  ])
})

test('it stays while the engine is tried again', () => {
  const connection = { status: 'connecting', attempt: 3, error } as const
  expect(troubleOf(snapshotOf({ ...away, connection }), undefined)?.error).toBe(error)
})

test('there is none while all is well, at the first attempt, and of several engines', () => {
  expect(troubleOf(snapshotOf(engineState()), undefined)).toBeUndefined()
  const connection = { status: 'connecting', attempt: 1 } as const
  expect(troubleOf(snapshotOf({ ...away, connection }), undefined)).toBeUndefined()
  expect(troubleOf(snapshotOf(engineState(), away), undefined)).toBeUndefined()
})

test('a context that is named and not there is said to be that, though other engines are', () => {
  const failure = { subject: 'prod', error: new EngineError('notFound', 'There is no context named prod.') }
  const others = { ...snapshotOf(engineState()), active: undefined, shown: new Set<string>() }
  const trouble = troubleOf(others, failure)!
  expect(troubleText(trouble)).toBe('There is no context named prod.')
  expect(troubleRows(trouble).map(({ label }) => label)).toEqual([
    'Try Again',
    'Choose Another Engine',
    'Set an Address',
    'Connection Diagnostics',
  ])
})

test('what the engine itself answers is told as its word, and what to do follows as a sentence of its own', () => {
  const refused = new EngineError('denied', 'forbidden by policy', { status: 403, nextStep: 'Ask there.' })
  expect(troubleText({ error: refused })).toBe('The engine answered: forbidden by policy. Ask there.')
})

test('what an engine or a proxy says stays one line and plain', () => {
  const hostile = new EngineError('unreachable', 'a\nb\u202e', { cause: new Error('x\ny') })
  expect(troubleText({ error: hostile })).toBe('a\\nb\\u202e.')
  const [system] = troubleRows({ error: hostile })
  expect(rowOf(system!, context).description).toBe('x\\ny')
})
