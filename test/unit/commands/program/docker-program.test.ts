import { expect, test } from 'vitest'
import { programFor } from '../../../../src/commands/program/docker-program.ts'
import type { Endpoint } from '../../../../src/engine/endpoint.ts'
import type { Engine } from '../../../../src/engine/engine.ts'
import { endpoint } from '../../../support/models.ts'

const env = { PATH: '/bin', DOCKER_HOST: 'tcp://elsewhere:1', DOCKER_CONTEXT: 'elsewhere' }
const asked = (over: Partial<Endpoint>) =>
  programFor({ endpoint: endpoint(over) } as Engine, { path: 'docker', env })

test('an engine by its context is reached by that, whoever names it: its certificates are there', () => {
  const expected = { args: ['--context', 'prod'], env: { PATH: '/bin' } }
  expect(asked({ name: 'prod', origin: { from: 'context', name: 'prod' } })).toEqual(expected)
  expect(asked({ name: 'prod', origin: { from: 'setting', context: 'prod' } })).toEqual(expected)
  expect(asked({ name: 'prod', origin: { from: 'environment', variable: 'DOCKER_CONTEXT' } })).toEqual(
    expected,
  )
})

test('any other by its address, whatever the environment says', () => {
  expect(asked({ url: 'unix:///a.sock', origin: { from: 'setting' } })).toEqual({
    args: [],
    env: { PATH: '/bin', DOCKER_HOST: 'unix:///a.sock' },
  })
})
