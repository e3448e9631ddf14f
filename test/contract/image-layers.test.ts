import { describe, expect, test } from 'vitest'
import { createArchives } from '../../src/engine/layers/archives.ts'
import { changesOf } from '../../src/engine/layers/changes.ts'
import { configDifferences, fileDifferences, sharedLayers } from '../../src/engine/layers/compare.ts'
import { stepsOf } from '../../src/engine/layers/instructions.ts'
import type { Engine } from '../../src/engine/engine.ts'
import { startEngine } from '../../scripts/hosts/hosts.mjs'
import { all } from '../support/transports.ts'
import { bench, columns, engineAt, fresh, tarOf } from './under-test.ts'

const { signal } = new AbortController()

/** Builds an image over busybox and tells its id. */
async function build(engine: Engine, tag: string, base: string, lines: readonly string[]): Promise<string> {
  const context = tarOf([{ name: 'Dockerfile', text: [`FROM ${base}`, ...lines, ''].join('\n') }])
  await all(engine.streams.build(context, { t: tag }, {}, signal))
  return (await engine.images.list()).find(({ tags }) => tags.includes(tag))!.id
}

const first = 'RUN mkdir /data && echo one >/data/one && echo two >/data/two && ln /data/one /data/same'
const second = 'RUN echo changed >/data/two && rm /data/one && rm -r /home'
const third = 'RUN rm -r /data && mkdir /data && echo new >/data/new'

async function explored(engine: Engine, tag: string, base: string): Promise<void> {
  const id = await build(engine, tag, base, [first, 'ENV A=b', second, third, 'CMD ["sh"]'])
  const archives = createArchives(() => engine)
  let read = 0
  const archive = await archives.open(engine.id, id, { signal, progress: (bytes) => (read = bytes) })
  expect(read).toBeGreaterThan(1_000_000)

  const steps = stepsOf(archive.config, archive.layers.length)
  const made = (step: string): number => steps.find(({ instruction }) => instruction === step)!.layer!
  expect(steps.filter(({ instruction }) => instruction === 'ENV A=b')).toMatchObject([{ layer: undefined }])

  const { layers, wastedPaths, files } = changesOf(archive.layers)
  const told = (step: string): string[] =>
    layers[made(step)]!.changes.filter(
      ({ path, file }) => path.startsWith('/data') && file.type !== 'directory',
    )
      .map(({ change, path }) => `${change} ${path}`)
      .sort()
  expect(told(first)).toEqual(['added /data/one', 'added /data/same', 'added /data/two'])
  expect(told(second)).toEqual(['changed /data/two', 'removed /data/one'])
  expect(told(third)).toEqual(['added /data/new', 'removed /data/same', 'removed /data/two'])
  expect(layers[made(second)]!.changes).toContainEqual(
    expect.objectContaining({ change: 'removed', path: '/home' }),
  )
  // The first name that a file has in its layer is the one that its bytes are told under.
  expect(wastedPaths.find(({ path }) => path === '/data/two')).toMatchObject({ bytes: 12, copies: 2 })
  expect(files.at('/data/new')).toBeDefined()
  expect(files.at('/data/two')).toBeUndefined()

  const text = async (step: string, path: string): Promise<string> => {
    const place = { engine: engine.id, image: id, layer: made(step), path }
    return Buffer.concat(
      (await all(archives.read(place, signal))).map((chunk) => Buffer.from(chunk)),
    ).toString()
  }
  expect(await text(first, '/data/two')).toBe('two\n')
  expect(await text(second, '/data/two')).toBe('changed\n')
  expect(await text(first, '/data/same')).toBe('one\n')
}

describe.each(columns)('layers of images of %s', (_name, host) => {
  const open = bench(host)
  const prefix = host.imagePrefix
  const base = `${prefix}busybox:1.36`

  test('each step with the files that it adds, changes and removes; a file is read as it is in a layer', async () => {
    const { engine } = await open()
    const tag = `${prefix}${fresh('layers')}:1`
    await explored(engine, tag, base)
    await engine.images.remove(tag, { force: true })
  })

  test('two images: what their configuration and files have in common and what not', async () => {
    const { engine } = await open()
    const [one, two] = [`${prefix}${fresh('left')}:1`, `${prefix}${fresh('right')}:1`]
    const ids = [
      await build(engine, one, base, [first, 'ENV MODE=plain']),
      await build(engine, two, base, [first, second, 'ENV MODE=fancy', 'EXPOSE 8080']),
    ]
    const archives = createArchives(() => engine)
    const [left, right] = await Promise.all(
      ids.map((id) => archives.open(engine.id, id, { signal, digests: true })),
    )
    const shared = sharedLayers(left!.config, right!.config)
    expect([shared, right!.layers.length - shared]).toEqual([left!.layers.length, 1])
    const config = configDifferences(left!.config, right!.config)
    expect(config).toContainEqual({
      part: 'env',
      name: 'MODE',
      change: 'changed',
      before: 'plain',
      after: 'fancy',
    })
    expect(config).toContainEqual(
      expect.objectContaining({ part: 'port', name: '8080/tcp', change: 'added' }),
    )
    const files = fileDifferences(changesOf(left!.layers).files, changesOf(right!.layers).files)
    const told = files
      .filter(({ path }) => /^\/(data|home|bin)/.test(path))
      .map(({ change, path }) => `${change} ${path}`)
    expect(told.filter((line) => !line.includes('/home/')).sort()).toEqual([
      'changed /data/two',
      'removed /data/one',
      'removed /home',
    ])
    for (const tag of [one, two]) await engine.images.remove(tag, { force: true })
  })
})

test.skipIf(!columns.some(([name]) => name === 'Docker 28'))(
  'layers of an engine that keeps images in the store of containerd',
  async () => {
    const engine = await startEngine({
      version: '28',
      config: { features: { 'containerd-snapshotter': true }, 'storage-driver': 'native' },
    })
    try {
      const opened = await engineAt({ ...columns[0]![1], dockerHost: engine.dockerHost, env: engine.env })
      await explored(opened, `${fresh('contained')}:1`, 'busybox:1.36')
      opened.dispose()
    } finally {
      await engine.stop()
    }
  },
)
