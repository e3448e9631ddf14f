import { expect, test } from 'vitest'
import { composeTaskWords, readComposeTask } from '../../../src/commands/compose/compose-task.ts'

const words = (definition: Readonly<Record<string, unknown>>) =>
  composeTaskWords(readComposeTask({ type: 'quayside-compose', ...definition }))

test('a task becomes the arguments of the docker program, one each', () => {
  expect(words({ command: 'up' })).toEqual(['compose', 'up', '--detach'])
  expect(
    words({
      command: 'up',
      files: ['compose.yaml', 'dev files/compose.dev.yaml'],
      profiles: ['debug'],
      options: ['--build', '--wait'],
      services: ['web', 'db; rm -rf /'],
    }),
  ).toEqual([
    ...['compose', '-f', 'compose.yaml', '-f', 'dev files/compose.dev.yaml', '--profile', 'debug'],
    ...['up', '--build', '--wait', 'web', 'db; rm -rf /'],
  ])
  expect(words({ command: 'build', services: ['web'] })).toEqual(['compose', 'build', 'web'])
})

test.each([
  [{ command: 'exec' }, /no command that compose tasks know/],
  [{}, /no command that compose tasks know/],
  [{ command: 'up', services: 'web' }, /"services" must be a list of texts/],
  [{ command: 'up', options: [1] }, /"options" must be a list of texts/],
  [{ command: 'up', services: ['--file=/etc/passwd'] }, /is no name/],
  [{ command: 'up', profiles: [''] }, /is no name/],
])('%j is refused with the reason', (definition, reason) => {
  expect(() => readComposeTask(definition)).toThrow(reason)
})
