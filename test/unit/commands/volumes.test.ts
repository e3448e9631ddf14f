import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { EngineError } from '../../../src/engine/errors.ts'
import { scene } from '../../support/command-deps.ts'
import { container, image, volume } from '../../support/models.ts'
import { chooses, dismisses, types } from '../../support/scripted-ui.ts'

const anonymous = volume('d'.repeat(64), { anonymous: true })
const mount = (name: string) =>
  ({ type: 'volume', name, source: '', destination: '/data', readOnly: false }) as const

describe('remove', () => {
  test('says that files go, and who uses a volume', async () => {
    const s = await scene([dismisses])
    await s.run('volumes.remove', { kind: 'volume', volume: volume('data'), usedBy: [container('db')] })
    expect(s.transcript).toEqual([
      'confirm: Remove the volume data and all files in it from laptop? [Remove]',
      '  In use, so the engine will keep them: data (db)',
    ])
  })

  test('a refusal names the containers', async () => {
    const s = await scene([chooses('Remove')])
    s.engine.lists.containers.push(container('db', { state: 'exited', mounts: [mount('data')] }))
    s.engine.failNext('volumes.remove', new EngineError('conflict', 'volume is in use'))
    s.engine.answers.set('volumes.remove', () => undefined)
    await s.run('volumes.remove', { kind: 'volume', volume: volume('data'), usedBy: [] })
    expect(s.transcript.at(-1)).toBe(
      'error: Could not remove data: It is used by db (exited). Remove these containers first; stopping them is not enough.',
    )
  })
})

describe('a volume that is in use', () => {
  const node = {
    kind: 'volume',
    volume: volume('data'),
    usedBy: [container('db'), container('old', { state: 'exited' })],
  } as const

  test('is backed up and cloned when that is wanted all the same', async () => {
    for (const command of ['volumes.backUp', 'volumes.clone']) {
      const s = await scene([dismisses])
      await s.run(command, node)
      expect(s.transcript).toEqual([
        'warn: db may write to the volume while it is copied. Stop it first for a sound copy. [Copy Anyway]',
      ])
    }
  })

  test('is not restored before its users have been named', async () => {
    const s = await scene([chooses('/backup.tar'), dismisses])
    await s.run('volumes.restore', node)
    expect(s.transcript.join('\n')).toContain('db uses it now, and will see the files change.')
  })
})

test('a restore that fails half way says what state the volume is in', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'quayside-restore-'))
  try {
    const path = join(folder, 'backup.tar')
    await writeFile(path, Buffer.alloc(10_240))
    const s = await scene([chooses(path), chooses('Restore'), dismisses])
    s.engine.lists.images.push(image('busybox', ['busybox:1.36']))
    s.engine.answers.set('containers.create', () => ({ id: 'helper', warnings: [] }))
    s.engine.answers.set('files.stat', () => ({
      name: 'x',
      type: 'directory',
      mode: 0o755,
      size: 0,
      mtime: 0,
      linkTarget: '',
    }))
    s.engine.answers.set('containers.remove', () => undefined)
    s.engine.answers.set('containers.inspect', () => ({
      State: { Status: 'created' },
      Mounts: [],
      HostConfig: {},
      Config: {},
    }))
    s.engine.answers.set(
      'files.putArchive',
      async (_id: string, _path: string, archive: AsyncIterable<Uint8Array>) => {
        for await (const piece of archive) if (piece.length > 0) break
        throw new EngineError('internal', 'no space left on device', { status: 500 })
      },
    )
    await expect(
      s.run('volumes.restore', { kind: 'volume', volume: volume('data'), usedBy: [] }),
    ).rejects.toThrow('There is no space left')
    expect(s.transcript.join('\n')).toMatch(/warn: data may be restored in part: .* Restore again/)
  } finally {
    await rm(folder, { recursive: true })
  }
})

describe('prune', () => {
  const fill = async (answers: Parameters<typeof scene>[0]) => {
    const s = await scene(answers)
    s.engine.lists.volumes.push(volume('data'), volume('cache'), anonymous)
    s.engine.lists.containers.push(container('db', { state: 'exited', mounts: [mount('data')] }))
    s.engine.usage = {
      ...s.engine.usage,
      volumes: [
        { name: 'cache', size: 3_000_000, refCount: 0 },
        { name: anonymous.name, size: 1_000_000, refCount: 0 },
      ],
    }
    s.engine.answers.set('volumes.remove', () => undefined)
    return s
  }

  test('says which ones really go: anonymous ones, or the named ones too', async () => {
    const s = await fill([chooses('Anonymous volumes only'), chooses('Remove')])
    await s.run('volumes.prune')
    expect(s.transcript).toEqual([
      'progress: Looking for unused volumes',
      'pick: Remove Unused Volumes',
      '  Anonymous volumes only | 1, 1 MB',
      '  Named volumes too | 2, 4 MB',
      `confirm: Remove the unused volume ${anonymous.name} (1 MB) and all files in it from laptop? [Remove]`,
      '  This frees 1 MB.',
      'progress: Removing dddddddddddd',
      'info: Removed 1 volume and freed 1 MB.',
    ])
    expect(s.engine.calls.filter((call) => call.startsWith('volumes.remove'))).toEqual([
      `volumes.remove ${anonymous.name}`,
    ])
  })

  test('a volume of a stopped container is in use and stays', async () => {
    const s = await fill([chooses('Named volumes too'), chooses('Remove')])
    await s.run('volumes.prune')
    expect(s.engine.calls.filter((call) => call.startsWith('volumes.remove'))).toEqual([
      'volumes.remove cache',
      `volumes.remove ${anonymous.name}`,
    ])
  })
})

describe('Create with Driver', () => {
  const made = async (driver: string, typed: string) => {
    const s = await scene([types('nfs'), types(driver), types(typed)])
    let asked: unknown
    s.engine.answers.set('volumes.create', (options: unknown) => {
      asked = options
      return volume('nfs')
    })
    await s.run('volumes.createWithDriver')
    return { asked, equivalents: s.equivalents }
  }

  test('takes what mounts a network drive as one option, commas and all', async () => {
    const o = 'addr=10.0.0.1,nfsvers=4,rw,size=1'
    expect(await made('local', `type=nfs,o=${o},device=:/export`)).toEqual({
      asked: { name: 'nfs', driver: 'local', options: { type: 'nfs', o, device: ':/export' } },
      equivalents: [`docker volume create -o type=nfs -o o=${o} -o device=:/export nfs`],
    })
  })

  test('takes an empty driver for the local one, and options of others each by its name', async () => {
    expect(await made(' ', '')).toMatchObject({ asked: { name: 'nfs', driver: 'local' } })
    expect(await made('rclone', 'o=a,b,path=c=d')).toMatchObject({
      asked: { driver: 'rclone', options: { o: 'a,b', path: 'c=d' } },
    })
  })
})
