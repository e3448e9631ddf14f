import { expect, test } from 'vitest'
import { copyFile, moveFile } from '../../../src/commands/file-move.ts'
import type { Place } from '../../../src/engine/files/place.ts'
import { archiveEngine, textsOf } from '../../support/archive-engine.ts'
import { scene, sceneOn } from '../../support/command-deps.ts'
import { chooses } from '../../support/scripted-ui.ts'
import { codeOf } from '../../support/transports.ts'

test('a folder is not copied into itself: its copy would be copied as well, without an end', async () => {
  const { deps, engine } = await scene()
  const place: Place = { kind: 'container', engine: engine.id, id: 'c', name: 'web' }
  for (const folder of ['/a', '/a/b', '/a/b/../c'])
    expect(await codeOf(copyFile(deps, place, '/a/', place, folder)), folder).toBe('conflict')
  expect(await codeOf(copyFile(deps, place, '/', { ...place, id: 'd' }, '/a'))).toBe('unsupported')
  expect(engine.calls).toEqual([])
})

test('a folder is not moved into itself: it is told before anything is asked or sent', async () => {
  const { deps, engine } = await scene()
  const place: Place = { kind: 'container', engine: engine.id, id: 'c', name: 'web' }
  for (const folder of ['/a', '/a/b', '/a/b/../c'])
    await expect(moveFile(deps, place, '/a/', place, folder), folder).rejects.toThrow(
      '/a cannot be moved into itself.',
    )
  expect(engine.calls).toEqual([])
})

test('a file that is to take its own place stays as it is', async () => {
  const { deps, engine } = await scene([chooses('Overwrite')])
  const place: Place = { kind: 'container', engine: engine.id, id: 'c', name: 'web' }
  engine.answers.set('files.stat', (_container: string, path: string) => ({
    name: path,
    type: path === '/a/f' ? 'file' : 'directory',
    size: 1,
    mode: 0o644,
    mtime: 0,
    linkTarget: '',
  }))
  await copyFile(deps, place, '/a/f', place, '/a')
  expect(engine.calls.filter((call) => !call.startsWith('files.stat'))).toEqual([])
})

test('within one container a file is read to its end before it is put beside itself', async () => {
  const { engine, disk } = archiveEngine({ '/srv/a': 'x' })
  const { deps } = sceneOn(engine, [chooses('Keep Both')])
  const place: Place = { kind: 'container', engine: engine.id, id: 'c', name: 'web' }
  await copyFile(deps, place, '/srv/a', place, '/srv')
  expect(textsOf(disk)).toEqual({ '/srv/a': 'x', '/srv/a (2)': 'x' })
})
