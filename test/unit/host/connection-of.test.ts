import { expect, test } from 'vitest'
import type { Address } from '../../../src/engine/endpoint.ts'
import { socketFailure } from '../../../src/engine/transport/failures.ts'
import { SshFault } from '../../../src/engine/transport/dial-stdio.ts'
import { connectionOf } from '../../../src/host/connection-of.ts'
import { endpoint } from '../../support/models.ts'
import { engineState } from '../../support/snapshots.ts'

const unix: Address = { kind: 'unix', path: '/var/run/docker.sock' }
const tcp: Address = { kind: 'tcp', host: 'build.example', port: 2376 }
const ssh: Address = { kind: 'ssh', host: 'build.example' }

function told(fault: Error, address: Address, from: 'default' | 'setting' = 'default'): string {
  const at = endpoint({ address, origin: { from } })
  const error = socketFailure(fault, at, false)
  const connection = { status: 'failed', error, attempt: 1, retryAt: 0 } as const
  return connectionOf({ ...engineState(), endpoint: at, connection })
}

const fault = (code: string): Error => Object.assign(new Error(code), { code })

test('without an engine, and while one is asked, nothing is said to be wrong', () => {
  expect(connectionOf(undefined)).toBe('noEngine')
  expect(connectionOf({ ...engineState(), connection: { status: 'connecting', attempt: 1 } })).toBe(
    'connecting',
  )
})

test('a socket that is not there means no engine where nobody named one, else one that is not running', () => {
  expect(told(fault('ENOENT'), unix)).toBe('noEngine')
  expect(told(fault('ENOENT'), unix, 'setting')).toBe('notRunning')
  expect(told(fault('ECONNREFUSED'), unix)).toBe('notRunning')
})

test('no engine is not said to be there when others were found', () => {
  const at = endpoint({ address: unix, origin: { from: 'default' } })
  const error = socketFailure(fault('ENOENT'), at, false)
  const connection = { status: 'failed', error, attempt: 1, retryAt: 0 } as const
  expect(connectionOf({ ...engineState(), endpoint: at, connection }, true)).toBe('notRunning')
})

test('only a socket of this machine is said to be denied to the account', () => {
  expect(told(fault('EACCES'), unix)).toBe('denied')
  expect(told(new SshFault(255, 'ann@build.example: Permission denied (publickey).'), ssh)).toBe('failed')
})

test('an engine elsewhere is said not to run only where its machine says so', () => {
  expect(told(fault('ECONNREFUSED'), tcp)).toBe('notRunning')
  expect(told(fault('ENOTFOUND'), tcp)).toBe('failed')
  expect(told(fault('EHOSTUNREACH'), tcp)).toBe('failed')
  expect(told(new SshFault(255, 'ssh: Could not resolve hostname build.example'), ssh)).toBe('failed')
})
