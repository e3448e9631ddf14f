import { expect, test } from 'vitest'
import { ofContainers } from '../../../src/engine/calls/remapped-ids.ts'
import { tarEntries } from '../../../src/engine/files/tar-reader.ts'
import { infoOf } from '../../../src/engine/raw/info.ts'
import { tarBytes } from '../../support/image-archives.ts'

test('owners of an archive are those that programs in containers see, and all else stays', async () => {
  const long = `${'long-'.repeat(40)}ü`
  const bytes = await tarBytes([
    { name: 'o/', type: 'directory', uid: 100_000, gid: 100_000 },
    { name: `o/${long}`, uid: 101_000, gid: 101_001, mode: 0o640, text: 'x'.repeat(700) },
    { name: 'o/shared', uid: 7, gid: 100_008, text: '' },
    { name: 'o/link', type: 'symlink', linkname: long, uid: 100_000, gid: 7 },
  ])
  async function* pieces(): AsyncGenerator<Buffer> {
    for (let at = 0; at < bytes.length; at += 100) yield bytes.subarray(at, at + 100)
  }
  const told: unknown[] = []
  for await (const { header, whole } of tarEntries(ofContainers(pieces(), { uid: 100_000, gid: 100_000 })))
    told.push([header.name, header.uid, header.gid, header.linkname, (await whole()).toString()])
  expect(told).toEqual([
    ['o/', 0, 0, '', ''],
    [`o/${long}`, 1000, 1001, '', 'x'.repeat(700)],
    ['o/shared', 7, 8, '', ''],
    ['o/link', 0, 7, long, ''],
  ])
})

test('what root of containers is on the machine is told by the folder of an engine that remaps ids alone', () => {
  const told = (options: readonly string[], folder: string) =>
    infoOf({}, { SecurityOptions: options, DockerRootDir: folder }, '1.41').remapped
  expect(told(['name=seccomp', 'name=userns'], '/var/lib/docker/165536.165537')).toEqual({
    uid: 165_536,
    gid: 165_537,
  })
  expect(told(['name=userns'], '/var/lib/docker')).toBeUndefined()
  expect(told(['name=seccomp'], '/srv/docker/1.2')).toBeUndefined()
})
