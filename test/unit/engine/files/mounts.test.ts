import { expect, test } from 'vitest'
import type { Engine } from '../../../../src/engine/engine.ts'
import { EngineError } from '../../../../src/engine/errors.ts'
import { isMountedBelow, refuseHidden, refuseMounted } from '../../../../src/engine/files/mounts.ts'
import { codeOf } from '../../../support/transports.ts'

/** An engine with a volume at this path; in its container these folders are there and these links. */
function engineWith(
  mounted: string,
  folders: readonly string[],
  links: Readonly<Record<string, string>>,
): Engine {
  const engine = {
    files: {
      stat(_container: string, path: string) {
        const linkTarget = links[path]
        const common = { name: path, size: 0, mode: 0o755, mtime: 0 }
        if (linkTarget !== undefined) return Promise.resolve({ ...common, type: 'symlink', linkTarget })
        return folders.includes(path)
          ? Promise.resolve({ ...common, type: 'directory', linkTarget: '' })
          : Promise.reject(new EngineError('notFound', path))
      },
    },
    containers: { inspect: () => Promise.resolve({ Mounts: [{ Type: 'volume', Destination: mounted }] }) },
  }
  return engine as unknown as Engine
}

const image = engineWith('/var/run/db/data', ['/var', '/run', '/run/db', '/srv'], { '/var/run': '/run' })

const refusalOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => undefined,
    (fault: unknown) => (fault as EngineError).code,
  )

test('a volume that is mounted by way of a link does not go with the folder that it is in', async () => {
  for (const path of ['/run', '/run/db', '/var/run/db', '/run/db/data', '/'])
    expect(await codeOf(refuseMounted(image, 'c', path)), path).toBe('denied')
})

test('nor with one that is named by way of a link', async () => {
  const linked = engineWith('/data/vol', ['/data', '/data/vol', '/srv'], { '/srv/link': '/data' })
  expect(await isMountedBelow(linked, 'c', ['/srv/link/vol'])).toBe(true)
})

test('what it is not in may go', async () => {
  for (const path of ['/srv', '/run/other', '/run/db/data/file'])
    expect(await isMountedBelow(image, 'c', [path]), path).toBe(false)
})

/** An engine whose container was inspected as this. */
const inspected = (raw: object): Engine =>
  ({
    files: { stat: (_: string, path: string) => Promise.reject(new EngineError('notFound', path)) },
    containers: { inspect: () => Promise.resolve(raw) },
  }) as unknown as Engine

test('mounts hold what is in them however their paths are written', async () => {
  for (const Destination of ['/data/', '//data', '/./data', '/x/../data']) {
    const engine = inspected({ State: {}, Mounts: [{ Type: 'bind', Destination, RW: false }] })
    for (const folder of ['/data', '/data/', '/data//in', '/./data/in/'])
      expect(await refusalOf(refuseHidden(engine, 'c', folder)), `${Destination} ${folder}`).toBe('denied')
    expect(await refusalOf(refuseHidden(engine, 'c', '/data2')), Destination).toBeUndefined()
    expect(await isMountedBelow(engine, 'c', ['//data/']), Destination).toBe(true)
  }
})

test('of mounts in each other the innermost decides', async () => {
  const engine = inspected({
    State: { Running: true },
    HostConfig: { Tmpfs: { '/run/': '' }, ReadonlyRootfs: true },
    Mounts: [
      { Type: 'volume', Destination: '/run/db/', RW: true },
      { Type: 'volume', Destination: '/srv', RW: true },
      { Type: 'tmpfs', Destination: '/srv/cache', RW: true },
      { Type: 'bind', Destination: '/srv/conf', RW: false },
      { Type: 'volume', Destination: '/dev/data', RW: true },
    ],
  })
  const codes = (folders: readonly string[]) =>
    Promise.all(folders.map((folder) => refusalOf(refuseHidden(engine, 'c', folder))))
  expect(await codes(['/run/db', '/run/db/in', '/srv', '/dev/data'])).toEqual(Array(4).fill(undefined))
  expect(await codes(['/run', '/run/x', '/srv/cache/x', '/srv/conf', '/dev/x', '/etc'])).toEqual(
    Array(6).fill('denied'),
  )
})

test('what the engine has mounted in /etc is refused before anything has been deleted', async () => {
  const ran = inspected({ HostsPath: '/var/lib/x/hosts', HostnamePath: '/var/lib/x/hostname', Mounts: [] })
  for (const path of ['/etc', '/etc/', '/etc/hosts', '/etc/hostname'])
    expect(await refusalOf(refuseMounted(ran, 'c', path)), path).toBe('denied')
  for (const path of ['/etc/resolv.conf', '/etc/hosts.allow', '/srv'])
    expect(await refusalOf(refuseMounted(ran, 'c', path)), path).toBeUndefined()
  const neverRan = inspected({ HostsPath: '', HostnamePath: '', ResolvConfPath: '', Mounts: [] })
  expect(await refusalOf(refuseMounted(neverRan, 'c', '/etc'))).toBeUndefined()
})
