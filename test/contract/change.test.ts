import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { recreate } from '../../src/commands/recreate.ts'
import { specOfContainer } from '../../src/commands/run/from-inspect.ts'
import { inspectBoth } from '../../src/commands/run/inspect-both.ts'
import { gatherEvidence, whyItStopped } from '../../src/commands/why/why-it-stopped.ts'
import type { Engine } from '../../src/engine/engine.ts'
import { StatsMonitor } from '../../src/engine/stats/monitor.ts'
import type { Sample } from '../../src/engine/stats/sample.ts'
import { contractEngine } from './contract-engine.ts'

const hosts = inject('hosts')
const surroundings = {
  readLines: () => Promise.resolve([]),
  variable: () => undefined,
  absolute: (path: string) => path,
}

describe.each(
  hosts.engines
    .filter(({ name }) => name.startsWith('Docker'))
    .map((engine) => [engine.name, engine] as const),
)('%s', (_, host) => {
  let engine: Engine
  const made: string[] = []
  const docker = async (...args: readonly string[]): Promise<string> =>
    (await promisify(execFile)(host.dockerBin, args, { env: host.env })).stdout.trim()
  /** A new container; its name is another one when a test is tried again. */
  const run = async (...args: readonly string[]): Promise<{ readonly id: string; readonly name: string }> => {
    const name = `change-${made.length}`
    made.push(name)
    return { id: await docker('run', '-d', '--init', '--name', name, ...args), name }
  }
  beforeAll(() => {
    engine = contractEngine(host)
  })
  afterAll(async () => {
    for (const name of made) await docker('rm', '-f', name).catch(() => undefined)
    engine.dispose()
  })
  const containerNamed = async (name: string) =>
    (await engine.containers.list()).find((container) => container.name === name)!

  test('a container is replaced under its name, and runs with what was changed', async () => {
    const { name } = await run('-e', 'A=1', '-l', 'kept=yes', 'busybox:1.36', 'sleep', '600')
    const old = await containerNamed(name)
    const { inspected, image } = await inspectBoth(engine, old.id)
    const spec = specOfContainer(inspected, image)
    const changed = { ...spec, flags: new Map([...spec.flags, ['env', ['A=2']] as const]) }
    const id = await recreate(engine, old, changed, surroundings, { step: () => undefined })
    expect(id).not.toBe(old.id)
    expect(await docker('inspect', '-f', '{{.State.Running}} {{index .Config.Labels "kept"}}', name)).toBe(
      'true yes',
    )
    expect(await docker('exec', name, 'sh', '-c', 'echo $A')).toBe('2')
    expect(
      (await docker('ps', '-a', '--format', '{{.Names}}'))
        .split('\n')
        .filter((each) => each.startsWith(name)),
    ).toEqual([name])
  })

  test('when the new one cannot start, the old one is back and runs', async () => {
    const { name } = await run('busybox:1.36', 'sleep', '600')
    const old = await containerNamed(name)
    const { inspected, image } = await inspectBoth(engine, old.id)
    const spec = { ...specOfContainer(inspected, image), command: ['/no/such/program'] }
    const faulty = { ...spec, flags: new Map([...spec.flags].filter(([flag]) => flag !== 'init')) }
    await expect(recreate(engine, old, faulty, surroundings, { step: () => undefined })).rejects.toThrow(
      /The old one is back as it was/,
    )
    expect(await docker('inspect', '-f', '{{.Id}} {{.State.Running}}', name)).toBe(`${old.id} true`)
  })

  test('why a container stopped is told from what the engine knows', async () => {
    const { id, name } = await run('busybox:1.36', 'sh', '-c', 'echo no cheese >&2; exit 9')
    await docker('wait', name)
    const story = whyItStopped(await gatherEvidence(engine, id, new AbortController().signal))
    expect(story).toContain('Exit code 9.')
    expect(story).toContain('no cheese')
    expect(story).toMatch(/die {2}exit code 9/)
  })

  test('memory and processes are those that docker stats shows', async () => {
    const { id, name } = await run(
      '-m',
      '64m',
      'busybox:1.36',
      'sh',
      '-c',
      'dd if=/dev/zero of=/dev/shm/a bs=1M count=16; exec sleep 600',
    )
    const monitor = new StatsMonitor(engine)
    const watch = monitor.watch(10)
    const last = await new Promise<Sample>((resolve) => {
      monitor.onDidChange(({ sample }) => {
        // Once the file is written and CPU time has something to be compared with.
        if (sample !== undefined && sample.cpu !== undefined && sample.memory > 16 * 1024 ** 2)
          resolve(sample)
      })
      watch.follow([id])
    })
    watch.dispose()
    const [memory, pids] = (
      await docker('stats', '--no-stream', '--format', '{{.MemUsage}}|{{.PIDs}}', name)
    ).split('|')
    const shown = Number(/([\d.]+)MiB/.exec(memory!)?.[1])
    expect(last.memory / 1024 ** 2).toBeGreaterThan(shown * 0.9)
    expect(last.memory / 1024 ** 2).toBeLessThan(shown * 1.1)
    expect(last.memoryLimit).toBe(64 * 1024 ** 2)
    expect(last.pids).toBe(Number(pids))
  })
})
