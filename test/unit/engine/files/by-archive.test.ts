import { expect, test } from 'vitest'
import { EngineError } from '../../../../src/engine/errors.ts'
import { isAbandoned, isAside, withAside } from '../../../../src/engine/files/aside.ts'
import { containerFiles } from '../../../../src/engine/files/container-files.ts'
import { fileTar } from '../../../../src/engine/files/file-tar.ts'
import { passedOn } from '../../../../src/engine/files/passed-on.ts'
import { complaint } from '../../../../src/engine/files/program.ts'
import { tarEntries } from '../../../../src/engine/files/tar-reader.ts'
import type { WrittenEntry } from '../../../../src/engine/files/tar-writer.ts'
import { archiveEngine, owner, textsOf } from '../../../support/archive-engine.ts'
import { all, codeOf, failureOf } from '../../../support/transports.ts'

test('a file of a container that does not run is written and renamed, and nothing else stays', async () => {
  const { engine, disk } = archiveEngine({ '/srv/a': 'old' })
  const files = containerFiles(engine, 'c')
  await files.write('/srv/a', Buffer.from('new'), { create: false, overwrite: true })
  await files.rename('/srv/a', '/srv/b', { overwrite: false })
  expect(textsOf(disk)).toEqual({ '/srv/b': 'new' })
})

test('a file that is renamed to what it is called already stays', async () => {
  const { engine, disk } = archiveEngine({ '/srv/a': 'x' })
  await containerFiles(engine, 'c').rename('/srv/a', '/srv/./a', { overwrite: true })
  expect(textsOf(disk)).toEqual({ '/srv/a': 'x' })
})

test('what a mounted file cannot replace is not removed for it', async () => {
  const { engine, disk } = archiveEngine({ '/srv/mounted': 'x', '/srv/b': 'y' }, ['/srv/mounted'])
  const renamed = containerFiles(engine, 'c').rename('/srv/mounted', '/srv/b', { overwrite: true })
  expect(await codeOf(renamed)).toBe('denied')
  expect(textsOf(disk)).toEqual({ '/srv/b': 'y', '/srv/mounted': 'x' })
})

test('cancelled in the last step, a file is the old one or the new one', async () => {
  const { engine, disk, it } = archiveEngine({ '/srv/a': 'old' })
  const files = containerFiles(engine, 'c')
  const control = new AbortController()
  it.cut = () => control.abort()
  await files
    .write('/srv/a', Buffer.from('new'), { create: false, overwrite: true }, control.signal)
    .catch(() => undefined)
  expect(it.cut).toBeUndefined()
  expect(['old', 'new']).toContain(disk.get('/srv/a')?.text)
})

test('cancelled when all is gathered, before anything is replaced, all is as it was', async () => {
  const { engine, disk } = archiveEngine({ '/srv/a': 'old' })
  const control = new AbortController()
  async function* gathered(onEntry?: (entry: WrittenEntry) => void) {
    yield* fileTar('a', Buffer.from('new'), owner, onEntry)
    control.abort()
  }
  const copied = containerFiles(engine, 'c').unpackWhole('/srv', ['a'], gathered, control.signal)
  expect(await codeOf(copied)).toBe('cancelled')
  expect(textsOf(disk)).toEqual({ '/srv/a': 'old' })
})

test('once it takes its place it is not cancelled any more, and that is told before', async () => {
  const { engine, disk } = archiveEngine({ '/srv/a': 'old' })
  const control = new AbortController()
  let before: unknown
  await containerFiles(engine, 'c').unpackWhole(
    '/srv',
    ['a'],
    (onEntry) => fileTar('a', Buffer.from('new'), owner, onEntry),
    control.signal,
    () => {
      before = disk.get('/srv/a')?.text
      control.abort()
    },
  )
  expect(before).toBe('old')
  expect(textsOf(disk)).toEqual({ '/srv/a': 'new' })
})

test('what is not there is not in the place that the user knows', async () => {
  const { engine } = archiveEngine({})
  for (const kind of ['container', 'volume', 'image'] as const) {
    const words = `There is no /srv/a in the ${kind}.`
    await expect(containerFiles(engine, 'c', { kind }).read('/srv/a', 10)).rejects.toThrow(words)
    const result = { exitCode: 1, stdout: Buffer.alloc(0), stderr: 'mv: No such file or directory' }
    expect(complaint(result, '/srv/a', kind).message).toBe(words)
    const denied = complaint({ ...result, stderr: 'mv: Operation not permitted' }, '/srv/a', kind)
    expect(denied).toMatchObject({ code: 'denied' })
    expect(denied.message.includes('container')).toBe(kind === 'container')
  }
})

test('what only a program can rename says what to do where none can be run', async () => {
  const { engine } = archiveEngine({ '/srv/d/a': 'x', '/srv/f': 'x', '/srv/e/a': 'x' })
  const files = containerFiles(engine, 'c')
  await files.createFolder('/srv/d')
  await files.createFolder('/srv/e')
  const fault = (from: string, to: string) => failureOf(files.rename(from, to, { overwrite: false }))
  expect(await fault('/srv/d', '/srv/new')).toMatchObject({
    code: 'denied',
    message: 'Renaming a folder needs a running container with a shell.',
    nextStep: expect.stringContaining('upload it by its new name'),
  })
  for (const path of ['/srv/f', '/srv/d'])
    expect(await fault(path, '/srv/e/new')).toMatchObject({
      message: 'Moving to another folder needs a running container with a shell.',
      nextStep: expect.stringContaining('copy it there, then delete it here'),
    })
})

test('a program that runs as its owner still does when it has been copied', async () => {
  const { engine, disk } = archiveEngine({})
  const program = () => fileTar('su', Buffer.from('x'), { ...owner, mode: 0o4755 })
  await containerFiles(engine, 'c').unpackWhole(
    '/srv',
    ['su'],
    (onEntry) => passedOn(program(), 'su', onEntry),
    new AbortController().signal,
  )
  expect([...disk].map(([path, { mode }]) => [path, mode.toString(8)])).toEqual([['/srv/su', '4755']])
})

test('why nothing could be deleted without a program is told, and asked again the next time', async () => {
  const { engine, disk } = archiveEngine({ '/srv/a': 'x', '/srv/b': 'x' })
  const { create } = engine.containers
  const { putArchive } = engine.files
  const files = containerFiles(engine, 'c')
  const remove = (path: string) => files.remove(path, { recursive: false })
  engine.containers.create = () => Promise.reject(new EngineError('notFound', 'No such image: i'))
  await expect(remove('/srv/a')).rejects.toThrow(/needs a running container .* No such image: i/)
  engine.containers.create = create
  let archives = 0
  engine.files.putArchive = (...args) =>
    archives++ === 0 ? putArchive(...args) : Promise.reject(new EngineError('internal', 'no space left'))
  await expect(remove('/srv/a')).rejects.toThrow('no space left')
  expect(textsOf(disk)).toEqual({ '/srv/a': 'x', '/srv/b': 'x' })
  engine.files.putArchive = putArchive
  await remove('/srv/a')
  expect(textsOf(disk)).toEqual({ '/srv/b': 'x' })
})

test('an engine that makes no links is asked once', async () => {
  const { engine } = archiveEngine({ '/srv/a': 'x' })
  const { create } = engine.containers
  const { putArchive } = engine.files
  let made = 0
  engine.containers.create = (...args) => {
    made++
    return create(...args)
  }
  engine.files.putArchive = async (container, folder, archive, signal) => {
    const whole = Buffer.concat(await all(archive))
    const again = async function* () {
      yield await Promise.resolve(whole)
    }
    for await (const { header } of tarEntries(again()))
      if (header.type === '1') throw new EngineError('internal', 'no links')
    await putArchive(container, folder, again(), signal)
  }
  const files = containerFiles(engine, 'c')
  for (let times = 0; times < 2; times++)
    expect(await codeOf(files.remove('/srv/a', { recursive: false }))).toBe('denied')
  expect(made).toBe(1)
})

test('what a write that was cut off left beside is hidden at first, and removed after a day', async () => {
  const left = '/srv/.quayside-0123456789ab'
  const { engine, disk } = archiveEngine({ '/srv/a': 'x', '/srv/.quayside-notes': 'x' })
  disk.set(left, { type: 'directory', text: '', mode: 0o700 })
  disk.set(`${left}/a`, { type: 'file', text: 'half', mode: 0o600 })
  const hour = 60 * 60 * 1000
  let hours = 23
  const files = containerFiles(engine, 'c', { now: () => hours * hour })
  const listed = async () => (await files.list('/srv')).map(({ name }) => name)
  expect(await listed()).toEqual(['a', '.quayside-notes'])
  expect(disk.has(left)).toBe(true)
  hours = 25
  expect(await listed()).toEqual(['a', '.quayside-notes'])
  expect(textsOf(disk)).toEqual({ '/srv/a': 'x', '/srv/.quayside-notes': 'x' })
})

test.each([
  ['our clock being a day ahead', { ours: 48, engines: 1 }],
  ['the engine’s clock being a day ahead', { ours: 1, engines: 48 }],
])('what is at work in another window is not swept, %s', async (_, hours) => {
  const atWork = '/srv/.quayside-0123456789ab'
  const { engine, disk, it } = archiveEngine({ [atWork]: 'x' })
  const hour = 60 * 60 * 1000
  it.time = hours.engines * hour
  expect(await containerFiles(engine, 'c', { now: () => hours.ours * hour }).list('/srv')).toEqual([])
  expect(disk.has(atWork)).toBe(true)
})

test('what is left and cannot be removed is shown; in an image all is', async () => {
  const left = '/srv/.quayside-0123456789ab'
  const { engine } = archiveEngine({ [left]: 'x' })
  const shown = async (options: object) =>
    (await containerFiles(engine, 'c', { now: () => 1e12, ...options }).list('/srv')).length
  expect(await shown({ unchanging: true })).toBe(1)
  engine.containers.create = () => Promise.reject(new EngineError('notFound', 'No such image: i'))
  expect(await shown({})).toBe(1)
})

test('a listing waits for no more than a few removals, and shows the rest', async () => {
  const names = Array.from({ length: 20 }, (_, at) => `.quayside-${String(at).padStart(12, '0')}`)
  const { engine } = archiveEngine(Object.fromEntries(names.map((name) => [`/srv/${name}`, 'x'])))
  const files = containerFiles(engine, 'c', { now: () => 1e12 })
  expect(await files.list('/srv')).toHaveLength(12)
  expect(await files.list('/srv')).toHaveLength(4)
})

test('what is at work is not removed, however long that takes', async () => {
  await withAside((name) => {
    const entry = { name, type: 'directory', size: 0, mode: 0o700, mtime: 0 } as const
    expect(isAside(entry)).toBe(true)
    expect(isAbandoned(entry, 1e12)).toBe(false)
    return Promise.resolve()
  })
})
