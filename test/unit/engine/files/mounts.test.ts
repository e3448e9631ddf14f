import { expect, test } from 'vitest'
import type { Engine } from '../../../../src/engine/engine.ts'
import { EngineError } from '../../../../src/engine/errors.ts'
import { isMountedBelow, refuseMounted } from '../../../../src/engine/files/mounts.ts'
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
