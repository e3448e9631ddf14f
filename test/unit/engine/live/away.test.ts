import { expect, test } from 'vitest'
import { EngineError } from '../../../../src/engine/errors.ts'
import { whyAway } from '../../../../src/engine/live/away.ts'
import type { Connection } from '../../../../src/engine/live/state.ts'
import { endpoint } from '../../../support/models.ts'
import { engineState, snapshotOf } from '../../../support/snapshots.ts'

const here = endpoint({ id: 'here', name: 'here\u202e' })
const known = (connection: Connection) => snapshotOf(engineState({ endpoint: here, connection }))
const error = new EngineError('unreachable', 'Nobody listens there.')

test('an engine that is there needs no word', () => {
  expect(whyAway(known({ status: 'connected' }), 'here')).toBeUndefined()
  expect(whyAway(known({ status: 'idle' }), 'here')).toBeUndefined()
  expect(whyAway(known({ status: 'connecting', attempt: 1 }), 'here')).toBeUndefined()
})

test('one that cannot be reached, also while it is tried again', () => {
  const said = 'here\\u202e cannot be reached; it is tried again by itself. Nobody listens there.'
  expect(whyAway(known({ status: 'failed', error, attempt: 2, retryAt: 0 }), 'here')).toBe(said)
  expect(whyAway(known({ status: 'connecting', attempt: 3, error }), 'here')).toBe(said)
})

test('one that the views do not show', () => {
  const hidden = { ...known({ status: 'idle' }), shown: new Set<string>() }
  expect(whyAway(hidden, 'here')).toMatch(/^The views do not show here/)
})

test('one that is gone', () =>
  expect(whyAway(snapshotOf(), 'here')).toMatch(/^This engine is no longer known\./))
