import { expect, test } from 'vitest'
import { checkSpec } from '../../../../src/commands/run/check-spec.ts'
import { parseRunLine } from '../../../../src/shared/docker-run/run-line.ts'
import { container } from '../../../support/models.ts'

const web = container('web', {
  ports: [{ hostIp: '127.0.0.1', hostPort: 8080, containerPort: 80, protocol: 'tcp' }],
})

function problems(line: string) {
  const result = parseRunLine(`docker run ${line}`)
  if ('problem' in result) throw new Error(result.problem.code)
  return checkSpec(result.spec, [web])
}

test('what can be run has no problem', () => {
  expect(problems('-d --name api -p 8081:80 -m 512m --restart on-failure:3 busybox sleep 600')).toEqual({})
})

test('a name that is taken, or none', () => {
  expect(problems('--name web busybox')).toEqual({ name: 'There is a container named web already.' })
  expect(Object.keys(problems('--name=-rf busybox'))).toEqual(['name'])
})

test('a port is told with the container that holds it', () => {
  expect(problems('-p 127.0.0.1:8080:80 busybox')['publish']).toContain('web')
})

test('sizes, numbers and durations, as they are while one types', () => {
  const flags = new Map([
    ['memory', 'much'],
    ['cpus', 'few'],
    ['health-interval', 'soon'],
  ])
  expect(checkSpec({ flags, image: 'busybox', command: [] }, [])).toEqual({
    memory: '“much” is no size; write 512m or 2g.',
    cpus: '“few” is no number.',
    'health-interval': '“soon” is no duration; write 30s or 1m30s.',
  })
})

test('a value that was hidden when the line was copied cannot be run', () => {
  expect(problems("-e 'DB_PASSWORD=•••' busybox sh -c 'login --token=•••'")).toEqual({
    env: '“DB_PASSWORD=•••” has a hidden value: write the real one in place of •••.',
    command: '“login --token=•••” has a hidden value: write the real one in place of •••.',
  })
})

test('what is removed when it stops is not restarted', () => {
  expect(Object.keys(problems('--rm --restart always busybox'))).toEqual(['restart'])
})
