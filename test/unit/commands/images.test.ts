import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import type { Deps, NodeCommand, ViewCommand } from '../../../src/commands/command.ts'
import { imageLayerCommands } from '../../../src/commands/image-layers.ts'
import { registryBrowseCommands } from '../../../src/commands/registry-browse.ts'
import type { ProgressRecord } from '../../../src/engine/engine.ts'
import { EngineError } from '../../../src/engine/errors.ts'
import type { Image } from '../../../src/engine/model/image.ts'
import type { Registry } from '../../../src/engine/registry/registry.ts'
import { Secret } from '../../../src/engine/secret.ts'
import type { ImageNode } from '../../../src/tree/node.ts'
import { scene } from '../../support/command-deps.ts'
import { container, image } from '../../support/models.ts'
import { chooses, dismisses, types } from '../../support/scripted-ui.ts'

const node = (of: Image, tag?: string, usedBy: ImageNode['usedBy'] = []): ImageNode => ({
  kind: 'image',
  image: of,
  usedBy,
  ...(tag === undefined ? {} : { tag }),
})
const app = image('sha256:aaaaaaaaaaaaaaaa', ['app:1', 'app:latest'], { size: 120_000_000 })
const lone = image('sha256:bbbbbbbbbbbbbbbb', ['lone:1'], { size: 5_000_000 })
const dangling = image('sha256:cccccccccccccccc', [], { size: 7_000_000 })

async function* records(...list: readonly ProgressRecord[]): AsyncGenerator<ProgressRecord> {
  for (const record of list) yield await Promise.resolve(record)
}

const folder = mkdtempSync(join(tmpdir(), 'quayside-images-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('remove', () => {
  test('tells apart a name that goes from an image that is deleted', async () => {
    const s = await scene([dismisses])
    await s.run('images.remove', node(app, 'app:1'), node(lone, 'lone:1'), node(dangling))
    expect(s.transcript).toEqual([
      'confirm: Remove 3 image names from laptop? [Remove]',
      '  app:1 (only this name goes; the image stays as app:latest)',
      '  lone:1 (the image is deleted, up to 5 MB)',
      '  cccccccccccc (the image is deleted, up to 7 MB)',
    ])
  })

  test('with all its names chosen the image is deleted, name by name', async () => {
    const s = await scene([chooses('Remove')])
    s.engine.answers.set('images.remove', (reference: string) => ({ untagged: [reference], deleted: [] }))
    await s.run('images.remove', node(app, 'app:1'), node(app, 'app:latest'))
    expect(s.transcript[1]).toBe('  app:1 (the image is deleted, up to 120 MB)')
    expect(s.engine.calls).toEqual(['images.remove app:1', 'images.remove app:latest'])
    expect(s.equivalents).toEqual(['docker rmi app:1', 'docker rmi app:latest'])
  })

  test('a refusal says which containers use the image', async () => {
    const s = await scene([chooses('Remove'), dismisses])
    s.engine.lists.containers.push(
      container('web', { imageId: lone.id }),
      container('old', { imageId: lone.id, state: 'exited' }),
    )
    s.engine.failNext(
      'images.remove',
      new EngineError('conflict', 'conflict: unable to remove repository reference'),
    )
    s.engine.answers.set('images.remove', () => ({ untagged: [], deleted: [] }))
    await s.run('images.remove', node(lone, 'lone:1', [container('web')]))
    expect(s.transcript).toEqual([
      'confirm: Remove lone:1 (the image is deleted, up to 5 MB) from laptop? [Remove]',
      '  In use by containers: web. The engine keeps what they need.',
      'progress: Removing lone:1',
      'error: Could not remove lone:1: It is used by web (running), old (exited). [Remove by Force]',
    ])
  })

  test('an image that is gone already counts as removed', async () => {
    const s = await scene([chooses('Remove')])
    s.engine.failNext('images.remove', new EngineError('notFound', 'No such image'))
    s.engine.answers.set('images.remove', () => undefined)
    await s.run('images.remove', node(dangling))
    expect(s.transcript.filter((line) => line.startsWith('error'))).toEqual([])
  })
})

describe('prune', () => {
  const fill = async (answers: Parameters<typeof scene>[0]) => {
    const s = await scene(answers)
    s.engine.lists.images.push(app, lone, dangling)
    s.engine.lists.containers.push(container('web', { imageId: app.id }))
    s.engine.usage = {
      ...s.engine.usage,
      images: [{ id: dangling.id, size: 7_000_000, sharedSize: 4_000_000, containers: 0 }],
    }
    s.engine.answers.set('images.prune', () => ({ removed: [], reclaimed: 3_000_000 }))
    return s
  }

  test('dangling ones: lists them and counts only what they alone hold', async () => {
    const s = await fill([chooses('Remove')])
    await s.run('images.prune')
    expect(s.transcript).toEqual([
      'progress: Looking for unused images',
      'confirm: Remove the unused image cccccccccccc (7 MB) from laptop? [Remove]',
      '  This frees about 3 MB; layers that other images share stay.',
      'progress: Removing unused images',
      'info: Freed 3 MB.',
    ])
    expect(s.equivalents).toEqual(['docker image prune -f'])
  })

  test('all unused ones: those of no container, running or not', async () => {
    const s = await fill([dismisses])
    await s.run('images.pruneUnused')
    expect(s.transcript.slice(1, 4)).toEqual([
      'confirm: Remove 2 unused images from laptop? [Remove]',
      '  lone:1 (5 MB)',
      '  cccccccccccc (7 MB)',
    ])
  })
})

describe('pull and push', () => {
  test('pull shows layers as they come, and asks for latest where no tag is named', async () => {
    const s = await scene([types('Not An Image'), types('nginx')])
    s.engine.answers.set('streams.pull', (reference: string) => {
      s.transcript.push(`engine pulls ${reference}`)
      return records(
        { id: 'latest', status: 'Pulling from library/nginx' },
        { id: 'one', status: 'Pulling fs layer' },
        { id: 'two', status: 'Pulling fs layer' },
        { id: 'one', status: 'Downloading', current: 1_000_000, total: 4_000_000 },
        { id: 'two', status: 'Already exists' },
        { id: 'one', status: 'Pull complete' },
        { status: 'Status: Downloaded newer image for nginx:latest' },
      )
    })
    await s.run('images.pull')
    expect(s.transcript).toEqual([
      'input: Pull an Image: Name of the image: repository, repository:tag or registry/repository:tag',
      '  > Not An Image: This is no image name. It is made of small letters, digits and . _ - /, with a tag after a colon.',
      '  > nginx',
      'progress: Pulling nginx',
      'engine pulls nginx:latest',
      '  Pulling from library/nginx',
      '  0 of 1 layer',
      '  0 of 2 layers',
      '  0 of 2 layers, 1 MB of 4 MB',
      '  1 of 2 layers, 1 MB of 4 MB',
      '  2 of 2 layers, 4 MB of 4 MB',
      'info: Pulled nginx.',
    ])
    expect(s.equivalents).toEqual(['docker pull nginx'])
  })

  test('a registry that refuses offers a login, and the pull goes on with it', async () => {
    const s = await scene([
      types('registry.example:5000/app:1'),
      chooses('Log In…'),
      types('ann'),
      types('hunter22'),
    ])
    const auths: unknown[] = []
    let first = true
    s.engine.answers.set('streams.pull', (_: string, options: { auth?: { password?: Secret } }) => {
      auths.push(options.auth?.password?.reveal())
      if (first) {
        first = false
        throw new EngineError('unauthorized', 'The registry wants a login.')
      }
      return records({ status: 'Status: Image is up to date for registry.example:5000/app:1' })
    })
    s.engine.answers.set('system.login', () => ({ status: 'Login Succeeded' }))
    await s.run('images.pull')
    expect(auths).toEqual([undefined, 'hunter22'])
    expect(s.transcript.at(-1)).toBe('info: registry.example:5000/app:1 is up to date.')
    expect(s.equivalents).toEqual([
      'docker login -u ann registry.example:5000',
      'docker pull registry.example:5000/app:1',
    ])
    expect(JSON.stringify([...s.transcript, ...s.equivalents])).not.toContain('hunter22')
  })

  test('push sends the credentials that the CLI has for the registry', async () => {
    const s = await scene()
    s.auths.set('https://index.docker.io/v1/', {
      serverAddress: 'https://index.docker.io/v1/',
      username: 'ann',
      password: new Secret('hunter22'),
    })
    const users: unknown[] = []
    s.engine.answers.set('streams.push', (_: string, options: { auth?: { username?: string } }) => {
      users.push(options.auth?.username)
      return records({ id: 'one', status: 'Pushed' })
    })
    await s.run('images.push', node(image('sha256:dd', ['ann/app:1']), 'ann/app:1'))
    expect(users).toEqual(['ann'])
    expect(s.transcript.at(-1)).toBe('info: Pushed ann/app:1.')
  })

  test('search marks official images and pulls the chosen tag', async () => {
    const s = await scene([types('postgres'), chooses('postgres'), types('16-alpine')])
    s.engine.answers.set('images.search', () => [
      { name: 'postgres', description: 'The database', stars: 12_000, official: true },
      { name: 'evil/postgres', description: '', stars: 0, official: false },
    ])
    s.engine.answers.set('streams.pull', () => records())
    await s.run('images.search')
    expect(s.transcript).toContain('  postgres | official · ★ 12000')
    expect(s.equivalents).toEqual(['docker pull postgres:16-alpine'])
  })
})

describe('compare', () => {
  const old = image('sha256:dddddddddddddddd', ['old:1'], { size: 1_000_000, created: 1 })
  const opened = (transcript: readonly string[]): string[] =>
    transcript
      .filter((line) => line.startsWith('openComparison'))
      .map((line) => [...line.matchAll(/"name":"([^"]+)"/g)].map(([, name]) => name).join(' → '))

  test('of two that are selected the older one is what it was before', async () => {
    const s = await scene()
    await s.run('images.compare', node(app, 'app:1'), node(app, 'app:latest'), node(old, 'old:1'))
    expect(opened(s.transcript)).toEqual(['old:1 → app:1'])
  })

  test('with one alone the other is asked for, and itself is not offered', async () => {
    const s = await scene([chooses('old:1')])
    const engines = {
      ...s.deps.engines,
      nodes: () => Promise.resolve([node(app, 'app:1'), node(old, 'old:1')]),
    }
    const command = imageLayerCommands.find(({ id }) => id === 'images.compare') as NodeCommand
    await command.run({ ...s.deps, engines } as Deps, [node(app, 'app:1')] as never)
    expect(opened(s.transcript)).toEqual(['old:1 → app:1'])
    expect(s.transcript.filter((line) => line.includes('app:1 |'))).toEqual([])
  })

  test('without another image it says so', async () => {
    const s = await scene()
    await s.run('images.compare', node(app, 'app:1'))
    expect(s.transcript).toEqual(['info: There is no other image to compare app:1 with.'])
  })
})

describe('browsing a registry', () => {
  const registry = (over: Partial<Registry> = {}): Registry => ({
    repositories: () => Promise.resolve(['team/app', 'team/\u202eevil']),
    tags: () => Promise.resolve(['1.9', '1.10', 'latest']),
    image: () =>
      Promise.resolve({
        digest: 'sha256:0123456789abcdef',
        platforms: [
          { platform: 'linux/amd64', digest: 'sha256:a' },
          { platform: 'linux/arm64', digest: 'sha256:b', size: 2_000_000 },
        ],
      }),
    ...over,
  })
  const browse = (deps: Deps, found: Registry): Promise<void> =>
    (registryBrowseCommands[0] as ViewCommand).run({ ...deps, registry: () => found })

  test('from repository to tag to platform, which is pulled; newest tags first', async () => {
    const s = await scene([
      chooses('Another Registry…'),
      types('reg.example:5000'),
      chooses('team/app'),
      chooses('1.10'),
      chooses('Pull for linux/arm64'),
    ])
    s.engine.answers.set('streams.pull', () => records())
    await browse(s.deps, registry())
    expect(s.equivalents).toEqual(['docker pull --platform linux/arm64 reg.example:5000/team/app:1.10'])
    const tags = s.transcript.indexOf('pick: Tags of team/app')
    expect(s.transcript.slice(tags + 1, tags + 4)).toEqual(['  latest', '  1.10', '  1.9'])
    expect(s.transcript).toContain('  team/\\u202eevil')
  })

  test('a registry that lists nothing is asked by name; the digest is copied', async () => {
    const s = await scene([
      chooses('Another Registry…'),
      types('reg.example'),
      types('team/app'),
      chooses('latest'),
      chooses('Copy Name with Digest'),
    ])
    const refused = () => Promise.reject(new EngineError('denied', 'not for you'))
    await browse(s.deps, registry({ repositories: refused }))
    expect(s.copied).toEqual(['reg.example/team/app@sha256:0123456789abcdef'])
  })
})

describe('files', () => {
  test('save writes the whole tar or nothing', async () => {
    const path = join(folder, 'app.tar')
    const s = await scene([types(path)])
    s.engine.answers.set('streams.save', async function* (references: readonly string[]) {
      yield await Promise.resolve(Buffer.from(`${references.join(' ')};`))
      yield Buffer.from('end')
    } as never)
    await s.run('images.save', node(app, 'app:1'), node(dangling))
    expect(readFileSync(path, 'utf8')).toBe('app:1 sha256:cccccccccccccccc;end')
    expect(s.equivalents).toEqual([`docker save -o ${path} app:1 sha256:cccccccccccccccc`])
  })

  test('a save that breaks off leaves neither a file nor a part of one', async () => {
    const path = join(folder, 'broken.tar')
    const s = await scene([types(path)])
    s.engine.answers.set('streams.save', async function* () {
      yield await Promise.resolve(Buffer.from('half'))
      throw new EngineError('lost', 'The connection was lost.')
    } as never)
    await expect(s.run('images.save', node(app, 'app:1'))).rejects.toThrow('The connection was lost.')
    expect(readdirSync(folder).filter((name) => name.startsWith('broken'))).toEqual([])
  })

  test('load sends the file and says what came', async () => {
    const path = join(folder, 'in.tar')
    writeFileSync(path, 'archive')
    const s = await scene([chooses(path)])
    let sent = ''
    s.engine.answers.set('streams.load', async function* (archive: AsyncIterable<Uint8Array>) {
      for await (const chunk of archive) sent += Buffer.from(chunk).toString()
      yield { stream: 'Loaded image: app:1\n' }
    } as never)
    await s.run('images.load')
    expect(sent).toBe('archive')
    expect(s.transcript.at(-1)).toBe('info: Loaded image: app:1')
  })

  test('a file that is not there is said so in words', async () => {
    const s = await scene([chooses(join(folder, 'none.tar'))])
    s.engine.answers.set('streams.load', async function* (archive: AsyncIterable<Uint8Array>) {
      for await (const chunk of archive) yield { stream: String(chunk.length) }
    } as never)
    await expect(s.run('images.load')).rejects.toThrow(/none\.tar is not there\./)
  })
})

test('Run publishes the ports and offers the page', async () => {
  const s = await scene([chooses('Open in Browser')])
  const bodies: unknown[] = []
  s.engine.answers.set('containers.create', (_: unknown, body: unknown) => {
    bodies.push(body)
    return { id: 'new', warnings: [] }
  })
  s.engine.answers.set('containers.start', () => undefined)
  s.engine.lists.containers.push(
    container('happy_hopper', {
      id: 'new',
      ports: [{ containerPort: 80, protocol: 'tcp', hostIp: '0.0.0.0', hostPort: 32768 }],
    }),
  )
  await s.run('images.run', node(app, 'app:1'))
  await expect.poll(() => s.transcript.at(-1)).toBe('browser: http://localhost:32768/')
  expect(bodies).toEqual([{ Image: 'app:1', HostConfig: { PublishAllPorts: true } }])
  expect(s.equivalents).toEqual(['docker run -d -P app:1'])
})

test('Tag gives another name, latest where none is named', async () => {
  const s = await scene([types('team/app')])
  s.engine.answers.set('images.tag', () => undefined)
  await s.run('images.tag', node(app, 'app:1'))
  expect(s.engine.calls).toEqual([`images.tag ${app.id} team/app latest`])
  expect(s.equivalents).toEqual(['docker tag app:1 team/app:latest'])
})

test('History lists layers with size and instruction, secrets hidden', async () => {
  const s = await scene()
  s.engine.answers.set('images.history', () => [
    {
      id: 'x',
      created: Date.UTC(2026, 0, 15, 12),
      createdBy: '/bin/sh -c #(nop)  CMD ["app"]',
      size: 0,
      comment: '',
      tags: ['app:1'],
    },
    {
      id: 'y',
      created: 0,
      createdBy: '|1 API_TOKEN=abc123 /bin/sh -c make',
      size: 1_500_000,
      comment: 'buildkit',
      tags: [],
    },
  ])
  await s.run('images.history', node(app, 'app:1'))
  expect(s.documents[0]!.text).toBe(
    [
      `# app:1 ${app.id}`,
      '# 2 layers, 1.5 MB; newest first',
      '',
      'SIZE     CREATED                   TAGS    MADE BY                            COMMENT',
      '0 B      2026-01-15 12:00:00 UTC   app:1   CMD ["app"]',
      '1.5 MB                                     |1 API_TOKEN=••• /bin/sh -c make   buildkit',
      '',
    ].join('\n'),
  )
})
