import { expect, test } from 'vitest'
import { containerFiles } from '../../../../src/engine/files/container-files.ts'
import { fileTar } from '../../../../src/engine/files/file-tar.ts'
import { passedOn } from '../../../../src/engine/files/passed-on.ts'
import { archiveEngine, owner, textsOf } from '../../../support/archive-engine.ts'
import { codeOf } from '../../../support/transports.ts'

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
