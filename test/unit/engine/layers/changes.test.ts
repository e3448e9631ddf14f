import { describe, expect, test } from 'vitest'
import type { LayerFile, TarType } from '../../../../src/engine/layers/archive.ts'
import { ChangeTree, type TreeQuery } from '../../../../src/engine/layers/change-tree.ts'
import { changesOf, type FileChange, type ImageChanges } from '../../../../src/engine/layers/changes.ts'
import { configDifferences, fileDifferences, sharedLayers } from '../../../../src/engine/layers/compare.ts'
import { instructionOf, stepsOf } from '../../../../src/engine/layers/instructions.ts'
import { isFromImagePage } from '../../../../src/engine/layers/page.ts'
import { configFor } from '../../../support/image-archives.ts'

/** `etc/` a folder, `a 12` a file of twelve bytes, `l -> a` a link, `h = /a` another name, `a 12 600` with a mode. */
function file(line: string): LayerFile {
  const [, path = '', arrow, link = ''] = /^(\S+) (->|=) (\S+)$/.exec(line) ?? []
  const [name = '', size = '0', mode] = line.split(' ')
  const type: TarType =
    arrow === '->' ? 'symlink' : arrow === '=' ? 'hardlink' : name.endsWith('/') ? 'directory' : 'file'
  return {
    path: `/${(path || name).replace(/\/$/, '')}`,
    type,
    size: type === 'file' ? Number(size) : 0,
    mode: mode === undefined || arrow !== undefined ? 0o644 : parseInt(mode, 8),
    uid: 0,
    gid: 0,
    link,
    offset: 0,
    sparse: false,
    ...(type === 'file' ? { digest: size } : {}),
  }
}

const image = (...layers: readonly (readonly string[])[]): ImageChanges =>
  changesOf(layers.map((lines) => ({ files: lines.map(file) })))

const told = (changes: readonly FileChange[]): string[] =>
  changes.map(({ change, path }) => `${change} ${path}`).sort()

describe('what layers do', () => {
  test('files that are added, changed and removed; folders on the way are no change', () => {
    const { layers, size, wasted, wastedPaths } = image(
      ['app/', 'app/a 10', 'app/b 20', 'app/c 30'],
      ['app/', 'app/a 11', 'app/.wh.b', 'app/d 1'],
    )
    expect(told(layers[0]!.changes)).toEqual(['added /app', 'added /app/a', 'added /app/b', 'added /app/c'])
    expect(told(layers[1]!.changes)).toEqual(['added /app/d', 'changed /app/a', 'removed /app/b'])
    expect(layers[1]!.counts).toEqual({ added: 1, changed: 1, removed: 1 })
    expect(layers.map((layer) => [layer.size, layer.wasted])).toEqual([
      [60, 30],
      [12, 0],
    ])
    expect([size, wasted]).toEqual([72, 30])
    expect(wastedPaths).toEqual([
      { path: '/app/b', bytes: 20, copies: 1 },
      { path: '/app/a', bytes: 10, copies: 1 },
    ])
  })

  test('a folder that is removed goes with all that is in it', () => {
    const { layers, wasted } = image(['app/', 'app/x/', 'app/x/a 10', 'app/x/b 5'], ['.wh.app'])
    expect(told(layers[1]!.changes)).toEqual([
      'removed /app',
      'removed /app/x',
      'removed /app/x/a',
      'removed /app/x/b',
    ])
    expect(layers[1]!.counts.removed).toBe(2)
    expect(wasted).toBe(15)
  })

  test('an opaque folder hides what is below it, whatever comes first in its layer', () => {
    const { layers, wasted } = image(
      ['app/', 'app/a 10', 'app/b 20', 'other 1'],
      ['app/', 'app/a 10', 'app/new 3', 'app/.wh..wh..opq'],
    )
    expect(told(layers[1]!.changes)).toEqual(['added /app/new', 'changed /app/a', 'removed /app/b'])
    expect(wasted).toBe(30)
  })

  test('removed and made anew in one layer is changed; a file in place of a folder takes it away', () => {
    const { layers } = image(['a 1', 'b/', 'b/in 2'], ['.wh.a', 'a 7', 'b 3'])
    expect(told(layers[1]!.changes)).toEqual(['changed /a', 'changed /b', 'removed /b/in'])
  })

  test('a mode that changes stores the file once more', () => {
    const { layers, wasted } = image(['tool 100 644', 'd/'], ['tool 100 755', 'd/ 0 700'])
    expect(told(layers[1]!.changes)).toEqual(['changed /d', 'changed /tool'])
    expect(layers[1]!.counts.changed).toBe(1)
    expect(wasted).toBe(100)
  })

  test('bytes that can be seen under another name are not wasted, until that goes too', () => {
    const kept = image(['a 50', 'b = /a'], ['.wh.a'])
    expect(kept.wasted).toBe(0)
    const gone = image(['a 50', 'b = /a'], ['.wh.a'], ['.wh.b'])
    expect(gone.wasted).toBe(50)
    expect(gone.layers[0]!.wasted).toBe(50)
  })

  test('a file stored thrice in one image is wasted twice, also within a layer', () => {
    const { wastedPaths } = image(['log 10'], ['log 10', 'log 30'], ['log 5'])
    expect(wastedPaths).toEqual([{ path: '/log', bytes: 50, copies: 3 }])
  })

  test('marks of old storage drivers and of nothing are passed over', () => {
    const { layers, files } = image(['.wh..wh.plnk/', '.wh..wh.aufs', '.wh.never', 'a 1'])
    expect(told(layers[0]!.changes)).toEqual(['added /a'])
    expect(files.at('/a')?.layer).toBe(0)
  })

  test('an image without layers is whole', () => {
    expect(image()).toMatchObject({ size: 0, wasted: 0, wastedPaths: [], layers: [] })
  })
})

describe('the tree of a layer', () => {
  const { layers } = image(
    ['app/', 'app/a 10', 'app/sub/', 'app/sub/b 20', 'z 5 644'],
    ['app/a 12', 'app/sub/.wh.b', 'z 5 755', 'new -> /app', 'more 1'],
  )
  const tree = new ChangeTree(layers[1]!.changes)
  const all: TreeQuery = { shown: ['added', 'changed', 'removed'], sort: 'name', limit: 10 }
  const shown = (folder: string, query: Partial<TreeQuery> = {}): string[] =>
    tree
      .children(folder, { ...all, ...query })
      .rows.map(
        ({ name, kind, change, size, before, link, access }) =>
          `${name} ${kind} ${change ?? ''} ${before === undefined ? '' : `${before}>`}${size} ${link ?? ''}${access ?? ''}`,
      )

  test('folders first, with what is below them', () => {
    expect(shown('/')).toEqual([
      'app folder  32 ',
      'more file added 1 ',
      'new symlink added 0 /app',
      'z file changed 5>5 rw-r--r-- → rwxr-xr-x',
    ])
    expect(shown('/app')).toEqual(['sub folder  20 ', 'a file changed 10>12 '])
    expect(tree.children('/', all).rows[0]!.counts).toEqual({ added: 0, changed: 1, removed: 1 })
  })

  test('only some changes, by size, a few, or found by words', () => {
    expect(shown('/', { shown: ['removed'] })).toEqual(['app folder  20 '])
    expect(shown('/', { sort: 'size' })[0]).toMatch(/^app/)
    const { rows, total } = tree.children('/', { ...all, limit: 2 })
    expect([rows.length, total]).toEqual([2, 4])
    expect(tree.find('SUB', all).rows.map(({ name }) => name)).toEqual(['/app/sub/b'])
    expect(tree.children('/nowhere', all)).toEqual({ rows: [], total: 0 })
  })
})

describe('the steps of a build', () => {
  test.each([
    ['/bin/sh -c #(nop)  CMD ["sh"]', 'CMD ["sh"]'],
    ['/bin/sh -c apt-get update', 'RUN apt-get update'],
    ['|1 WHO=me /bin/sh -c echo $WHO', 'RUN echo $WHO'],
    ['RUN |2 A=1 B=2 /bin/sh -c make   all # buildkit', 'RUN make all'],
    ['COPY a b # buildkit', 'COPY a b'],
    ['', ''],
  ])('%s', (createdBy, instruction) => {
    expect(instructionOf(createdBy)).toBe(instruction)
  })

  test('each layer has the step that made it; layers that none tells of come last', () => {
    const [one, two] = [Buffer.from('1'), Buffer.from('2')]
    const config = configFor([one, two]) as Readonly<Record<string, unknown>>
    expect(stepsOf(config, 3).map(({ instruction, layer }) => [instruction, layer])).toEqual([
      ['RUN step 1', 0],
      ['ENV A=b', undefined],
      ['RUN step 2', 1],
      ['', 2],
    ])
    expect(stepsOf({}, 1)).toMatchObject([{ instruction: '', layer: 0 }])
  })
})

describe('two images', () => {
  test('files: contents, modes and links differ, other names and times do not', () => {
    const before = image(['same 1', 'gone 2', 'edited 3', 'mode 4 644', 'link -> /a', 'two = /same'])
    const after = image(['same 1', 'edited 4', 'mode 4 600', 'link -> /b', 'new 5'], ['two 1'])
    expect(told(fileDifferences(before.files, after.files))).toEqual([
      'added /new',
      'changed /edited',
      'changed /link',
      'changed /mode',
      'removed /gone',
    ])
  })

  test('configuration: by name, without secrets', () => {
    const [one, two] = [Buffer.from('1'), Buffer.from('2')]
    const raw = (layers: readonly Buffer[], run: object) =>
      configFor(layers, run) as Readonly<Record<string, unknown>>
    const before = raw([one], { Env: ['A=1', 'B=2', 'DB_PASSWORD=old-one'], Cmd: ['sh'], User: 'www' })
    const after = raw([one, two], {
      Env: ['A=1', 'B=3', 'DB_PASSWORD=new-one'],
      Cmd: ['sh', '-c'],
      ExposedPorts: { '80/tcp': {} },
      Labels: { __proto__x: 'y' },
    })
    const differences = configDifferences(before, after)
    expect(
      differences.map(({ part, name, change, before: was, after: is }) => [part, name, change, was, is]),
    ).toEqual([
      ['command', '', 'changed', '["sh"]', '["sh","-c"]'],
      ['user', '', 'removed', 'www', ''],
      ['env', 'B', 'changed', '2', '3'],
      ['env', 'DB_PASSWORD', 'changed', '•••', '•••'],
      ['label', '__proto__x', 'added', '', 'y'],
      ['port', '80/tcp', 'added', '', ''],
    ])
    expect(sharedLayers(before, after)).toBe(1)
    expect(configDifferences({}, {})).toEqual([])
  })
})

test('messages of a page are believed only in their own form', () => {
  const request = { ask: 1, layer: 0, shown: ['added'], sort: 'name', limit: 5, folder: '/' }
  const good = [{ type: 'ready' }, { type: 'files', request }, { type: 'open', layer: 1, path: '/a' }]
  for (const message of good) expect(isFromImagePage(message)).toBe(true)
  const bad = [
    null,
    'ready',
    { type: 'run' },
    { type: 'open', layer: '1', path: '/a' },
    { type: 'save', layer: 1 },
    { type: 'files', request: { ...request, shown: ['all'] } },
    { type: 'files', request: { ...request, folder: 1 } },
    { type: 'files', request: { ...request, limit: 1.5 } },
  ]
  for (const message of bad) expect(isFromImagePage(message)).toBe(false)
})
