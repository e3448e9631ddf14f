import { describe, expect, test } from 'vitest'
import { EngineError } from '../../../src/engine/errors.ts'
import type { Container } from '../../../src/engine/model/container.ts'
import type { ContainerNode } from '../../../src/tree/node.ts'
import { scene } from '../../support/command-deps.ts'
import { container } from '../../support/models.ts'
import { chooses, dismisses, meanwhile, types } from '../../support/scripted-ui.ts'

const node = (name: string, over: Partial<Container> = {}): ContainerNode => ({
  kind: 'container',
  container: container(name, over),
})
const conflict = (message: string): EngineError => new EngineError('conflict', message, { status: 409 })
const anonymous = 'a'.repeat(64)

/** Lets these calls succeed. */
function allow(engine: { readonly answers: Map<string, () => unknown> }, ...calls: readonly string[]): void {
  for (const call of calls) engine.answers.set(call, () => undefined)
}

describe('start, stop, restart, pause, unpause', () => {
  test.each(['start', 'stop', 'restart', 'pause', 'unpause'])(
    '%s asks the engine by id and says the docker line',
    async (verb) => {
      const s = await scene()
      allow(s.engine, `containers.${verb}`)
      await s.run(`containers.${verb}`, node('web', { id: 'f00d' }))
      // What has been started is watched for a moment.
      const watched = verb === 'start' || verb === 'restart' ? ['containers.wait f00d not-running'] : []
      expect(s.engine.calls).toEqual([`containers.${verb} f00d`, ...watched])
      expect(s.equivalents).toEqual([`docker ${verb} web`])
    },
  )

  test('several at once: one progress, at most four at a time', async () => {
    const s = await scene()
    allow(s.engine, 'containers.stop')
    const release = s.engine.hold('containers.stop')
    const running = s.run('containers.stop', ...'abcdef'.split('').map((name) => node(name)))
    await Promise.resolve()
    expect(s.engine.calls).toHaveLength(4)
    release()
    await running
    expect(s.engine.calls).toHaveLength(6)
    expect(s.transcript.filter((line) => line.startsWith('progress'))).toEqual(['progress: Stopping'])
    expect(s.transcript).toContain('  6 of 6: f')
  })

  test('one message says what failed and why, and what succeeded is not undone', async () => {
    const s = await scene([dismisses])
    s.engine.answers.set('containers.start', (id: string) => {
      if (id === 'b') throw new EngineError('internal', 'no such executable')
      if (id === 'c') throw new EngineError('notFound', 'no such container')
    })
    await s.run('containers.start', node('a'), node('b'), node('c'))
    expect(s.transcript.filter((line) => line.startsWith('error'))).toEqual([
      'error: Could not start (2 of 3) b: no such executable. c: no such container. [Why?]',
    ])
    expect(s.equivalents).toEqual(['docker start a'])
  })

  test('Cancel starts nothing more and is no failure', async () => {
    const s = await scene()
    allow(s.engine, 'containers.stop')
    const release = s.engine.hold('containers.stop')
    const running = s.run('containers.stop', ...'abcdef'.split('').map((name) => node(name)))
    await Promise.resolve()
    s.cancel()
    release()
    await running
    expect(s.engine.calls).toHaveLength(4)
    expect(s.transcript.filter((line) => line.startsWith('error'))).toEqual([])
  })

  test('a paused container that is started is offered Unpause', async () => {
    const s = await scene([chooses('Unpause')])
    s.engine.failNext('containers.start', conflict('cannot start a paused container, try unpause instead'))
    allow(s.engine, 'containers.unpause', 'containers.start')
    await s.run('containers.start', node('web'))
    expect(s.engine.calls).toEqual(['containers.start web', 'containers.unpause web'])
    expect(s.equivalents).toEqual(['docker unpause web'])
  })

  test('unpausing what is not paused is done already, also where the engine says so with a 500', async () => {
    const s = await scene()
    s.engine.failNext(
      'containers.unpause',
      new EngineError('internal', 'Container web is not paused', { status: 500 }),
    )
    allow(s.engine, 'containers.unpause')
    await s.run('containers.unpause', node('web'))
    expect(s.transcript).toEqual(['progress: Unpausing web'])
  })

  test('a port that another container holds is named with its holder', async () => {
    const s = await scene([dismisses])
    s.engine.lists.containers.push(
      container('proxy', {
        ports: [{ containerPort: 80, protocol: 'tcp', hostIp: '0.0.0.0', hostPort: 8080 }],
      }),
    )
    s.engine.failNext(
      'containers.start',
      new EngineError('internal', 'Bind for 0.0.0.0:8080 failed: port is already allocated'),
    )
    allow(s.engine, 'containers.start')
    await s.run('containers.start', node('web'))
    expect(s.transcript[1]).toBe(
      'error: Could not start web: Port 8080 is held by the container proxy. Stop proxy, or publish another port. [Why?]',
    )
  })

  test('Stop asks first only where the user wants to be asked', async () => {
    const s = await scene([dismisses], { confirmStop: true })
    await s.run('containers.stop', node('web'))
    expect(s.transcript).toEqual(['confirm: Stop the container web on laptop? [Stop]'])
    expect(s.engine.calls).toEqual([])
  })

  test('the time to stop goes along', async () => {
    const s = await scene([], { stopTimeoutSeconds: 3 })
    const options: unknown[] = []
    s.engine.answers.set('containers.stop', (...args: unknown[]) => options.push(args[1]))
    await s.run('containers.stop', node('web'))
    expect(options).toEqual([{ timeoutSeconds: 3 }])
    expect(s.equivalents).toEqual(['docker stop -t 3 web'])
  })
})

describe('kill', () => {
  test('sends the chosen signal', async () => {
    const s = await scene([chooses('SIGHUP')])
    allow(s.engine, 'containers.kill')
    await s.run('containers.kill', node('web'))
    expect(s.engine.calls).toEqual(['containers.kill web SIGHUP'])
    expect(s.equivalents).toEqual(['docker kill -s SIGHUP web'])
  })

  test('takes any other by name or number, and nothing that is neither', async () => {
    const s = await scene([chooses('Another…'), types('; rm -rf /'), types('sigwinch')])
    allow(s.engine, 'containers.kill')
    await s.run('containers.kill', node('web'))
    expect(s.engine.calls).toEqual(['containers.kill web SIGWINCH'])
    expect(s.transcript).toContain(
      '  > ; rm -rf /: A name such as SIGWINCH or a number such as 28 is needed.',
    )
  })
})

describe('remove', () => {
  test('names the container and the engine, and removes without force what is stopped', async () => {
    const s = await scene([chooses('Remove')])
    const options: unknown[] = []
    s.engine.answers.set('containers.remove', (...args: unknown[]) => options.push(args[1]))
    await s.run('containers.remove', node('web', { state: 'exited' }))
    expect(s.transcript).toEqual([
      'confirm: Remove the container web from laptop? [Remove]',
      'progress: Removing web',
    ])
    expect(options).toEqual([{ force: false, volumes: false }])
    expect(s.equivalents).toEqual(['docker rm web'])
  })

  test('says which ones run, and forces only those', async () => {
    const s = await scene([chooses('Remove by Force')])
    const options: unknown[] = []
    s.engine.answers.set('containers.remove', (...args: unknown[]) => options.push(args.slice(0, 2)))
    await s.run('containers.remove', node('web'), node('old', { state: 'exited' }))
    expect(s.transcript.slice(0, 5)).toEqual([
      'confirm: Remove 2 containers from laptop? [Remove by Force]',
      '  web',
      '  old',
      '  ',
      '  Running, and will be killed: web',
    ])
    expect(options).toEqual([
      ['web', { force: true, volumes: false }],
      ['old', { force: false, volumes: false }],
    ])
  })

  test('takes anonymous volumes only when that is chosen', async () => {
    const mounts = [
      { type: 'volume', name: anonymous, source: '', destination: '/data', readOnly: false },
    ] as const
    const s = await scene([chooses('Remove with Anonymous Volumes')])
    const options: unknown[] = []
    s.engine.answers.set('containers.remove', (...args: unknown[]) => options.push(args[1]))
    await s.run('containers.remove', node('db', { state: 'exited', mounts }))
    expect(options).toEqual([{ force: false, volumes: true }])
    expect(s.equivalents).toEqual(['docker rm -v db'])
  })

  test('one that has been started meanwhile is refused and Remove by Force is offered', async () => {
    const s = await scene([chooses('Remove'), chooses('Remove by Force')])
    s.engine.failNext('containers.remove', conflict('cannot remove container "web": container is running'))
    const options: unknown[] = []
    s.engine.answers.set('containers.remove', (...args: unknown[]) => options.push(args[1]))
    await s.run('containers.remove', node('web', { state: 'exited' }))
    expect(options).toEqual([{ force: true, volumes: false }])
  })

  test('Cancel removes nothing', async () => {
    const s = await scene([dismisses])
    await s.run('containers.remove', node('web'))
    expect(s.engine.calls).toEqual([])
  })

  test('an engine that was closed behind the dialog gets no request, nor does another one at its address', async () => {
    for (const change of ['closed', 'replaced'] as const) {
      const other = await scene()
      const s = await scene([
        meanwhile(() => {
          s.open.delete(s.engine.id)
          if (change === 'replaced') s.open.set(s.engine.id, other.engine)
        }, chooses('Remove by Force')),
      ])
      await expect(s.run('containers.remove', node('web'))).rejects.toThrow(
        change === 'closed' ? /has been closed/ : /Another engine answers as laptop now/,
      )
      expect(s.engine.calls).toEqual([])
      expect(other.engine.calls).toEqual([])
    }
  })

  test('a name cannot fake lines of the question', async () => {
    const s = await scene([dismisses])
    await s.run('containers.remove', node('a\nCancel\u202e'))
    expect(s.transcript[0]).toBe(
      'confirm: Remove the container a\\nCancel\\u202e from laptop? [Remove by Force]',
    )
  })
})

describe('remove stopped containers', () => {
  test('lists exactly what goes and how much it frees, and removes nothing else', async () => {
    const s = await scene([chooses('Remove')])
    s.engine.lists.containers.push(
      container('web'),
      container('old', { state: 'exited', status: 'Exited (0) 2 hours ago' }),
      container('new', { state: 'created', status: 'Created' }),
    )
    s.engine.usage = {
      ...s.engine.usage,
      containers: [{ id: 'old', sizeRw: 2_500_000, sizeRootFs: 10_000_000 }],
    }
    allow(s.engine, 'containers.remove')
    await s.run('containers.prune')
    expect(s.transcript).toEqual([
      'progress: Looking for stopped containers',
      'confirm: Remove 2 stopped containers from laptop? [Remove]',
      '  old (Exited (0) 2 hours ago, 2.5 MB)',
      '  new (Created)',
      '  ',
      '  This frees 2.5 MB. Volumes stay.',
      'progress: Removing',
      '  1 of 2: old',
      '  2 of 2: new',
      'info: Removed 2 containers and freed 2.5 MB.',
    ])
    expect(s.engine.calls.filter((call) => call.startsWith('containers.remove'))).toEqual([
      'containers.remove old',
      'containers.remove new',
    ])
  })

  test('says so when there are none', async () => {
    const s = await scene()
    s.engine.lists.containers.push(container('web'))
    await s.run('containers.prune')
    expect(s.transcript).toEqual([
      'progress: Looking for stopped containers',
      'info: There are no stopped containers.',
    ])
  })
})

describe('rename and update', () => {
  test('rename refuses what an engine would refuse', async () => {
    const s = await scene([types('-rf'), types('frontend')])
    allow(s.engine, 'containers.rename')
    await s.run('containers.rename', node('web', { id: 'f00d' }))
    expect(s.engine.calls).toEqual(['containers.rename f00d frontend'])
    expect(s.equivalents).toEqual(['docker rename web frontend'])
  })

  test('update shows what is set, and changes only what was chosen', async () => {
    const s = await scene([
      chooses('Restart policy', 'Memory', 'CPUs'),
      chooses('on-failure'),
      types('3'),
      types('2m'),
      types('512m'),
      types('1.5'),
    ])
    s.engine.answers.set('containers.inspect', () => ({
      HostConfig: {
        RestartPolicy: { Name: 'always' },
        Memory: 268_435_456,
        MemorySwap: 536_870_912,
        NanoCpus: 0,
      },
    }))
    const bodies: unknown[] = []
    s.engine.answers.set('containers.update', (...args: unknown[]) => {
      bodies.push(args[1])
      return []
    })
    await s.run('containers.update', node('web'), node('api'))
    expect(s.transcript.slice(0, 5)).toEqual([
      'pick: Change Limits and Restart Policy',
      '  Restart policy | always',
      '  Memory | 268 MB',
      '  CPUs | no limit',
      '  Processes | no limit',
    ])
    expect(bodies[0]).toEqual({
      RestartPolicy: { Name: 'on-failure', MaximumRetryCount: 3 },
      Memory: 536_870_912,
      MemorySwap: 1_073_741_824,
      NanoCpus: 1_500_000_000,
    })
    expect(s.equivalents).toEqual([
      'docker update --restart on-failure:3 --memory 512m --memory-swap 1g --cpus 1.5 web',
      'docker update --restart on-failure:3 --memory 512m --memory-swap 1g --cpus 1.5 api',
    ])
  })
})

describe('addresses', () => {
  const ports = [
    { containerPort: 80, protocol: 'tcp', hostIp: '0.0.0.0', hostPort: 8080 },
    { containerPort: 80, protocol: 'tcp', hostIp: '::', hostPort: 8080 },
    { containerPort: 443, protocol: 'tcp', hostIp: '127.0.0.1', hostPort: 8443 },
    { containerPort: 53, protocol: 'udp', hostIp: '0.0.0.0', hostPort: 53 },
    { containerPort: 9000, protocol: 'tcp' },
  ] as const

  test('Open in Browser asks which port, IPv4 and IPv6 being one', async () => {
    const s = await scene([chooses('localhost:8443')])
    await s.run('containers.openInBrowser', node('web', { ports }))
    expect(s.transcript).toEqual([
      'pick: web',
      '  localhost:8080 | → 80',
      '  localhost:8443 | → 443',
      'browser: https://localhost:8443/',
    ])
  })

  test('an address of a container that publishes nothing says why there is none', async () => {
    const s = await scene()
    await expect(s.run('containers.copyAddress', node('web'))).rejects.toThrow(
      'The container web publishes no TCP port.',
    )
  })

  test('names and ids of several are copied as lines', async () => {
    const s = await scene()
    await s.run('containers.copyName', node('web'), node('db'))
    expect(s.copied).toEqual(['web\ndb'])
  })
})

test('Wait says the exit code', async () => {
  const s = await scene()
  s.engine.answers.set('containers.wait', () => ({ exitCode: 3 }))
  await s.run('containers.wait', node('job'))
  expect(s.transcript).toEqual(['progress: Waiting for the end of job', 'warn: job ended with exit code 3.'])
})

test('Show Processes is a table in which secrets of command lines are hidden', async () => {
  const s = await scene()
  s.engine.answers.set('containers.top', () => ({
    titles: ['PID', 'CMD'],
    processes: [['1', 'server --token=s3cr3t']],
  }))
  await s.run('containers.top', node('web'))
  expect(s.documents[0]!.text).toBe('PID   CMD\n1     server --token=•••\n')
})

test('Show Changed Files lists them as docker diff does', async () => {
  const s = await scene()
  s.engine.answers.set('containers.changes', () => [
    { path: '/etc', change: 'modified' },
    { path: '/etc/new\nline', change: 'added' },
    { path: '/tmp/gone', change: 'deleted' },
  ])
  await s.run('containers.diff', node('web'))
  expect(s.documents[0]!.text.split('\n').slice(2)).toEqual([
    'C /etc',
    'A /etc/new\\nline',
    'D /tmp/gone',
    '',
  ])
})
