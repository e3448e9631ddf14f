import { expect, test } from 'vitest'
import { liveProject, liveProjects, liveServices } from '../../../../src/host/compose/live-services.ts'
import { container } from '../../../support/models.ts'

const file = '/work/shop/compose.yaml'
const made = (service: string, state: 'running' | 'exited' = 'running') =>
  container(service, {
    compose: { project: 'shop', service, number: 1, oneoff: false, workingDir: '/', configFiles: [file] },
    state,
  })
const written = [
  { name: 'web', line: 2 },
  { name: 'constructor', line: 5 },
  { name: 'debug', line: 8, profiles: ['tools'] },
]
const whole = (...containers: Parameters<typeof liveServices>[0][]) =>
  liveProject(
    written,
    liveServices(
      containers.flatMap((each) => [...each]),
      [file],
    ),
  )

test('over all services stands how many of them run; one that waits for a profile is not missing', () => {
  expect(whole([made('web')])).toEqual({ state: 'partly', word: '1/2 services running' })
  expect(whole([made('web'), made('constructor')])).toEqual({
    state: 'running',
    word: '2/2 services running',
  })
  expect(whole([made('web'), made('debug')])).toEqual({ state: 'partly', word: '2/3 services running' })
  expect(whole([made('web', 'exited')])).toEqual({ state: 'stopped', word: '0/2 services running' })
})

test('while there is no container of the file it says nothing', () => expect(whole([])).toBeUndefined())

test('of the same file several projects can run, each with a state of its own', () => {
  const of = (project: string, state: 'running' | 'exited') =>
    container(`${project}-web-1`, {
      compose: { project, service: 'web', number: 1, oneoff: false, workingDir: '/', configFiles: [file] },
      state,
    })
  expect(liveProjects([of('stage', 'exited'), of('live', 'running')], [file])).toEqual([
    { name: 'live', services: { web: { state: 'running', word: 'running' } } },
    { name: 'stage', services: { web: { state: 'stopped', word: 'exited' } } },
  ])
  expect(liveProjects([of('live', 'running')], ['/elsewhere/compose.yaml'])).toEqual([])
})
