import { describe, expect, test } from 'vitest'
import { exitCodeMeaning } from '../../../../src/commands/why/exit-code.ts'
import { duration, whyItStopped } from '../../../../src/commands/why/why-it-stopped.ts'

describe('exit codes in words', () => {
  test.each([
    [0, false, /without an error/],
    [1, false, /general error/],
    [127, false, /not found in the image/],
    [130, false, /SIGINT/],
    [137, true, /more memory than its limit/],
    [137, false, /killed \(SIGKILL\)/],
    [139, false, /crashed/],
    [143, false, /asked to end/],
    [42, false, /error code of its own/],
  ])('%i', (code, oom, expected) => expect(exitCodeMeaning(code, oom)).toMatch(expected))
})

test.each([
  [1400, '1.4 s'],
  [200_000, '3 min 20 s'],
  [7_500_000, '2 h 5 min'],
])('%i ms', (millis, expected) => expect(duration(millis)).toBe(expected))

const container = {
  Name: '/web',
  Path: 'node',
  Args: ['server.js'],
  RestartCount: 3,
  Config: {},
  HostConfig: { Memory: 64 * 1024 ** 2, RestartPolicy: { Name: 'on-failure' } },
  State: {
    Status: 'exited',
    Running: false,
    OOMKilled: true,
    ExitCode: 137,
    Error: '',
    StartedAt: '2026-05-01T10:00:00.5Z',
    FinishedAt: '2026-05-01T10:03:20.5Z',
    Health: {
      Status: 'unhealthy',
      FailingStreak: 2,
      Log: [{ Start: '2026-05-01T10:03:00.1Z', ExitCode: 1, Output: 'connection refused\n' }],
    },
  },
}

test('the whole story', () => {
  const events = [
    {
      type: 'container',
      action: 'die',
      id: 'x',
      attributes: { exitCode: '137' },
      timeNano: '1777629800500000000',
    },
  ]
  expect(whyItStopped({ container, output: ['listening', 'heap \u001b[31mfull'], events }))
    .toBe(`Why web stopped
───────────────
Exit code 137. It used more memory than its limit allows, and the kernel killed it.
Its memory limit is 64 MiB.
Started: 2026-05-01T10:00:00.500Z
Ended: 2026-05-01T10:03:20.500Z
It ran for 3 min 20 s.
The engine has restarted it 3 times.
Its restart policy is on-failure.
What ran: node server.js

Health checks
─────────────
Health: unhealthy; 2 failures in a row.
2026-05-01T10:03:00  exit code 1  connection refused

Last output
───────────
listening
heap \\x1b[31mfull

What the engine remembers
─────────────────────────
2026-05-01T10:03:20.500Z  die  exit code 137
`)
})

test('one that could not be started says what the engine said', () => {
  const state = {
    Status: 'created',
    Running: false,
    ExitCode: 127,
    Error: 'exec: "nope": executable file not found',
  }
  const story = whyItStopped({
    container: { Name: '/x', State: state },
    output: { unreadable: 'none' },
    events: [],
  })
  expect(story).toContain('The engine could not start it: exec: "nope": executable file not found')
  expect(story).toContain('Exit code 127. Its command was not found in the image.')
})

test('one that never ran has no exit code of its own, and did not stop', () => {
  const never = { Running: false, ExitCode: 128, Error: 'port is already allocated' }
  const story = (state: object) =>
    whyItStopped({
      container: { Name: '/web', Path: 'node', Args: ['server.js'], State: state },
      output: [],
      events: [],
    })
  const expected = `Why web does not run
────────────────────
The engine could not start it: port is already allocated
What was to run: node server.js
`
  expect(story({ ...never, Status: 'created' })).toBe(expected)
  expect(story({ ...never, Status: 'exited', StartedAt: '0001-01-01T00:00:00Z' })).toBe(expected)
  expect(story({ Status: 'created', Running: false, ExitCode: 0, Error: '' })).toContain(
    'It has never been started.',
  )
})

test('secrets of its command, its health checks, its error and what was run in it are masked', () => {
  const canary = 'canary-1f2e3d'
  const told = whyItStopped({
    container: {
      ...container,
      Path: 'server',
      Args: ['--token', canary, `--dsn=postgres://u:${canary}@db`],
      Config: { Env: [`DB_PASSWORD=${canary}`] },
      State: {
        ...container.State,
        Error: `exec ${canary}: not found`,
        Health: { Status: 'unhealthy', FailingStreak: 1, Log: [{ ExitCode: 1, Output: `bad ${canary}` }] },
      },
    },
    output: [],
    events: [
      {
        type: 'container',
        action: `exec_create: sh --token ${canary}`,
        id: 'x',
        attributes: {},
        timeNano: '1777629800500000000',
      },
    ],
  })
  expect(told).not.toContain(canary)
  expect(told).toContain('exec_create: sh --token •••')
  expect(told).toContain('What ran: server --token •••')
})
