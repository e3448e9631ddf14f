import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import type { EngineError } from '../../src/engine/errors.ts'
import { standInLabel } from '../../src/engine/files/place.ts'
import { searchTar } from '../../src/engine/files/search.ts'
import { sweepStandIns } from '../../src/engine/files/stand-in.ts'
import type { Engine } from '../../src/engine/engine.ts'
import type { ContainerNode, ImageNode, VolumeNode } from '../../src/tree/node.ts'
import { sceneOn } from '../support/command-deps.ts'
import { codeOf } from '../support/transports.ts'
import { chooses, dismisses, types, type Answer } from '../support/scripted-ui.ts'
import { runInContainer } from '../../src/engine/terminal/run.ts'
import { bench, columns, fresh, tarOf } from './under-test.ts'

const scratch = mkdtempSync(join(tmpdir(), 'quayside-places-'))
afterAll(() => rmSync(scratch, { recursive: true, force: true }))
const signal = new AbortController().signal

describe.each(columns)('files of containers, volumes and images of %s', (_name, host) => {
  const open = bench(host)

  const standIns = async (engine: Engine): Promise<string[]> =>
    (await engine.containers.list()).filter(({ labels }) => standInLabel in labels).map(({ id }) => id)

  async function withVolume(task: (volume: VolumeNode, engine: Engine) => Promise<void>): Promise<void> {
    const it = await open()
    const volume = await it.engine.volumes.create({ name: fresh('files') })
    try {
      await task({ kind: 'volume', volume, usedBy: [] }, it.engine)
    } finally {
      await it.engine.volumes.remove(volume.name, { force: true }).catch(() => undefined)
    }
  }

  const errors = (transcript: readonly string[]): string[] =>
    transcript.filter((line) => /^(error|fault|warn)/.test(line))

  function folder(word: string): string {
    const path = join(scratch, fresh(word))
    mkdirSync(path)
    return path
  }

  test('a volume is filled, read, backed up, restored and cloned without anything running', async () => {
    await withVolume(async (node, engine) => {
      const { name } = node.volume
      const local = folder('up')
      mkdirSync(join(local, 'site'))
      writeFileSync(join(local, 'site', 'index.html'), '<h1>hello</h1>')
      const tar = join(local, 'backup.tar')
      const run = async (id: string, ...answers: Answer[]): Promise<void> => {
        const s = sceneOn(engine, answers)
        await s.run(id, node)
        expect(errors(s.transcript)).toEqual([])
        await (await s.deps.places()).close()
      }
      await run('files.uploadFolder', chooses(join(local, 'site')), types('/'))
      const down = folder('down')
      await run('files.download', types('/site'), chooses(down))
      expect(readFileSync(join(down, 'site', 'index.html'), 'utf8')).toBe('<h1>hello</h1>')
      expect(readdirSync(down)).toEqual(['site'])
      await run('volumes.backUp', types(tar))
      await run('files.download', types('/'), chooses(down))
      expect(readFileSync(join(down, name, 'site', 'index.html'), 'utf8')).toBe('<h1>hello</h1>')
      const copy = `${name}-copy`
      await run('volumes.clone', types(copy))
      try {
        const s = sceneOn(engine)
        const places = await s.deps.places()
        const files = places.files({ kind: 'volume', engine: engine.id, id: copy, name: copy })
        expect((await files.read('/site/index.html', 100, signal)).toString()).toBe('<h1>hello</h1>')
        await files.write('/site/index.html', Buffer.from('changed'), { create: false, overwrite: true })
        expect((await files.list('/site', signal)).map((entry) => entry.name)).toEqual(['index.html'])
        expect(await codeOf(files.read('/../../etc/passwd', 1000, signal))).toBe('notFound')
        await places.close()
        const restore = sceneOn(engine, [chooses(tar), chooses('Restore')])
        const volume = (await engine.volumes.list()).find((one) => one.name === copy)!
        await restore.run('volumes.restore', { kind: 'volume', volume, usedBy: [] })
        expect(errors(restore.transcript)).toEqual([])
        expect((await files.read('/site/index.html', 100, signal)).toString()).toBe('<h1>hello</h1>')
        await places.close()
        await (await restore.deps.places()).close()
      } finally {
        await engine.volumes.remove(copy, { force: true }).catch(() => undefined)
      }
      await expect.poll(() => standIns(engine), { timeout: 30_000 }).toEqual([])
    })
  })

  test('what goes wrong in a volume is told with the path in the volume', async () => {
    const it = await open()
    const { engine } = it
    // A disk of its own, which is full soon; Podman has none to give.
    const small = host.version !== 'podman'
    const options = small ? { type: 'tmpfs', device: 'tmpfs', o: 'size=256k' } : {}
    const volume = await engine.volumes.create({ name: fresh('words'), driver: 'local', options })
    const places = await sceneOn(engine).deps.places()
    const files = places.files({ kind: 'volume', engine: engine.id, id: volume.name, name: 'v' })
    const holder = await it.idle({ HostConfig: { Binds: [`${volume.name}:/v`] } })
    const drained = async (archive: AsyncIterable<unknown>): Promise<void> => {
      for await (const _ of archive);
    }
    const [text, large] = [Buffer.from('text'), Buffer.alloc(1_000_000)]
    const replace = { create: true, overwrite: true } as const
    try {
      await files.createFolder('/d')
      await files.write('/d/a', text, replace)
      const full = [
        ['internal', () => files.write('/d/large', large, replace)],
        [
          'internal',
          () => files.unpackWhole('/d', ['b'], () => tarOf([{ name: 'b', text: `${large}` }]), signal),
        ],
      ] as const
      const told: string[] = []
      for (const [code, wrong] of [
        ...(small ? full : []),
        ['internal', () => files.rename('/d', '/d/into', { overwrite: false })],
        ['conflict', () => files.unpack('/', tarOf([{ name: 'd', text: 'x' }]), signal)],
        ['conflict', () => files.unpack('/d', tarOf([{ name: 'a' }]), signal)],
        ['conflict', () => files.remove('/d', { recursive: false })],
        ['conflict', () => files.list('/d/a')],
        ['unsupported', () => files.read('/d/a', 1)],
        ['notFound', () => files.read('/d/none', 1)],
        ['notFound', () => drained(files.archive('/none', signal))],
      ] as const)
        told.push(
          await wrong().then(
            () => `nothing went wrong where ${code} should`,
            (fault: EngineError) => `${fault.code === code ? '' : fault.code}${fault.message}`,
          ),
        )
      expect(told.join('\n')).not.toMatch(/quayside-volume|should|_data/)
      expect(told.join('\n')).toContain('/d/none')
      expect((await files.read('/d/a', 10)).toString()).toBe('text')
      const found: string[] = []
      const archive = files.archive('/', signal, { followLink: true })
      for await (const line of searchTar(archive, '/', 'text', 10, () => undefined)) found.push(line.path)
      expect(found).toEqual(['/d/a'])
    } finally {
      await places.close()
      await engine.containers.remove(holder, { force: true })
      await engine.volumes.remove(volume.name, { force: true })
    }
  })

  test('links in a volume never lead out of it', async () => {
    await withVolume(async (node, engine) => {
      const it = await open()
      const id = await it.run(
        [
          'sh',
          '-c',
          'ln -s /etc /v/abs && ln -s ../etc /v/up && echo x >/v/in && ln -s in /v/good && ln -s /etc "/v/*" && ln -s in "/v/good*" && ln -s loop /v/loop',
        ],
        {
          HostConfig: { Binds: [`${node.volume.name}:/v`] },
        },
      )
      await engine.containers.wait(id, 'not-running', signal)
      await engine.containers.remove(id, { force: true })
      const places = await sceneOn(engine).deps.places()
      const files = places.files({ kind: 'volume', engine: engine.id, id: node.volume.name, name: 'v' })
      expect((await files.list('/', signal)).map(({ name }) => name).sort()).toEqual([
        '*',
        'abs',
        'good',
        'good*',
        'in',
        'loop',
        'up',
      ])
      expect((await files.read('/good', 100, signal)).toString()).toBe('x\n')
      expect((await files.read('/good*', 100, signal)).toString()).toBe('x\n')
      for (const path of ['/abs/passwd', '/up/passwd', '/abs', '/up', '/*', '/*/passwd', '/loop'])
        expect(await codeOf(files.read(path, 10_000, signal)), path).toBe('notFound')
      for (const path of ['/abs', '/up', '/*', '/loop'])
        expect(
          await codeOf(files.write(path, Buffer.from('x'), { create: true, overwrite: true })),
          path,
        ).toBe('denied')
      expect(await codeOf(files.write('/abs/new', Buffer.from('x'), { create: true, overwrite: true }))).toBe(
        'notFound',
      )
      await places.close()
    })
  })

  test('an image is looked into without running it', async () => {
    const { engine } = await open()
    const image = (await engine.images.list()).find(({ tags }) =>
      tags.some((tag) => tag.endsWith('busybox:latest')),
    )!
    const node: ImageNode = { kind: 'image', image, usedBy: [] }
    const s = sceneOn(engine, [chooses('www/'), chooses('index.html')])
    await s.run('files.browse', node)
    expect(errors(s.transcript)).toEqual([])
    expect(s.transcript.at(-1)).toContain('openPlaceFile')
    expect(s.transcript.at(-1)).toContain('/www/index.html')
    await (await s.deps.places()).close()
    expect(await standIns(engine)).toEqual([])
  })

  test('files go into a container and come out, asking about names that are taken', async () => {
    const it = await open()
    const id = await it.idle()
    const [container] = await it.engine.containers.list({ ids: [id] })
    const node: ContainerNode = { kind: 'container', container: container! }
    const local = folder('both')
    writeFileSync(join(local, 'note.txt'), 'one')
    const run = async (command: string, ...answers: Answer[]): Promise<string[]> => {
      const s = sceneOn(it.engine, answers)
      await s.run(command, node)
      expect(s.unused).toEqual([])
      return [...s.transcript]
    }
    await run('files.upload', chooses(join(local, 'note.txt')), types('/tmp'))
    writeFileSync(join(local, 'note.txt'), 'two')
    await run('files.upload', chooses(join(local, 'note.txt')), types('/tmp'), chooses('Keep Both'))
    await run('files.upload', chooses(join(local, 'note.txt')), types('/tmp'), chooses('Skip'))
    const { stdout } = await runInContainer(it.engine, id, {
      command: [
        'sh',
        '-c',
        'cd /tmp && ls && cat note.txt "note (2).txt" && mkdir -p a/b && echo x >a/b/x && ln -s /etc/passwd a/out && ln -s b/x a/in && mkfifo a/pipe',
      ],
    })
    expect(stdout).toBe('note (2).txt\nnote.txt\nonetwo')
    const transcript = await run(
      'files.download',
      types('/tmp/a'),
      chooses(local),
      chooses('Show What Was Left Out'),
    )
    expect(readFileSync(join(local, 'a', 'in'), 'utf8')).toBe('x\n')
    expect(readdirSync(join(local, 'a')).sort()).toEqual(['b', 'in'])
    expect(transcript.filter((line) => line.startsWith('warn'))).toHaveLength(1)
    const follow = 'Download What It Leads To'
    await run('files.download', types('/tmp/a/in'), chooses(local), dismisses)
    await run('files.download', types('/tmp/a/in'), chooses(local), chooses(follow))
    expect(readFileSync(join(local, 'in'), 'utf8')).toBe('x\n')
    rmSync(join(local, 'in'))
    await run('files.downloadWith', types('/tmp/a/in'), chooses('Follow links'), chooses(local))
    expect(readFileSync(join(local, 'in'), 'utf8')).toBe('x\n')
    rmSync(join(local, 'in'))
    await run('files.download', types('/tmp/note.txt'), chooses(local), chooses('Overwrite'))
    expect(readFileSync(join(local, 'note.txt'), 'utf8')).toBe('one')
    expect(readdirSync(local).sort()).toEqual(['a', 'note.txt'])
  })

  test('a download that is cancelled leaves nothing behind', async () => {
    const it = await open()
    const id = await it.idle()
    await runInContainer(it.engine, id, {
      command: ['sh', '-c', 'dd if=/dev/zero of=/large bs=1 count=1 seek=2000000000 2>/dev/null'],
    })
    const [container] = await it.engine.containers.list({ ids: [id] })
    const local = folder('cancelled')
    const s = sceneOn(it.engine, [types('/large'), chooses(local)])
    const running = s.run('files.download', { kind: 'container', container: container! })
    await expect
      .poll(() => s.transcript.some((line) => /^ {2}\d/.test(line)), { interval: 1, timeout: 30_000 })
      .toBe(true)
    s.cancel()
    expect(await codeOf(running)).toBe('cancelled')
    expect(readdirSync(local)).toEqual([])
  })

  test('what others left behind is swept, what is in use is not', async () => {
    const it = await open()
    const gone = await it.create(['true'], { Labels: { [standInLabel]: 'elsewhere:1' } })
    await sweepStandIns(it.engine)
    expect(await standIns(it.engine)).toContain(gone)
    const time = await it.engine.system.time()
    expect(time).toBeGreaterThan(0)
    const tomorrow = { time: () => Promise.resolve(time! + 25 * 60 * 60 * 1000) }
    await sweepStandIns({ ...it.engine, system: { ...it.engine.system, ...tomorrow } })
    expect(await standIns(it.engine)).not.toContain(gone)
  })
})
