import { deepStrictEqual, fail, ok, rejects, strictEqual } from 'node:assert'
import * as vscode from 'vscode'
import { createEngine } from '../../src/engine/create.ts'
import type { Engine } from '../../src/engine/engine.ts'
import { createPlaces } from '../../src/engine/files/places.ts'
import { runInContainer } from '../../src/engine/terminal/run.ts'
import { PlaceFileSystem } from '../../src/host/files/file-system.ts'
import { placeUri } from '../../src/host/files/place-uri.ts'
import { dockerHost, engineCall } from './engine-call.ts'

const { fs } = vscode.workspace
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const withCode =
  (code: string) =>
  (fault: unknown): boolean => {
    strictEqual((fault as vscode.FileSystemError).code, code)
    return true
  }

describe('containers as a file system', () => {
  let id = ''
  const uri = (path: string): vscode.Uri =>
    placeUri({ kind: 'container', engine: dockerHost, id, name: 'files' }, path)
  const read = async (path: string): Promise<string> => new TextDecoder().decode(await fs.readFile(uri(path)))

  before(async () => {
    const made = await engineCall('POST', '/containers/create', {
      Image: 'busybox:latest',
      Cmd: [
        'sh',
        '-c',
        'mkdir -p /w/full && echo one >/w/file && ln -s file /w/link && ln -s none /w/broken && echo x >/w/full/x && touch /w/ready; sleep 3600',
      ],
      HostConfig: { Init: true },
    })
    id = made.Id!
    await engineCall('POST', `/containers/${id}/start`)
    for (;;) {
      const ready = await Promise.resolve(fs.stat(uri('/w/ready'))).catch(() => undefined)
      if (ready !== undefined) break
    }
  })
  after(async () => {
    await engineCall('DELETE', `/containers/${id}?force=1`)
  })

  it('tells types, links too, sizes and times', async () => {
    const file = await fs.stat(uri('/w/file'))
    strictEqual(file.type, vscode.FileType.File)
    strictEqual(file.size, 4)
    ok(file.mtime > 0)
    strictEqual((await fs.stat(uri('/w/full'))).type, vscode.FileType.Directory)
    strictEqual((await fs.stat(uri('/w/link'))).type, vscode.FileType.File | vscode.FileType.SymbolicLink)
    await rejects(Promise.resolve(fs.stat(uri('/w/none'))), withCode('FileNotFound'))
  })

  it('lists folders, and nothing else', async () => {
    deepStrictEqual((await fs.readDirectory(uri('/w'))).sort(), [
      ['broken', vscode.FileType.SymbolicLink],
      ['file', vscode.FileType.File],
      ['full', vscode.FileType.Directory],
      ['link', vscode.FileType.File | vscode.FileType.SymbolicLink],
      ['ready', vscode.FileType.File],
    ])
    await rejects(Promise.resolve(fs.readDirectory(uri('/w/file'))), withCode('FileNotADirectory'))
    await rejects(Promise.resolve(fs.readDirectory(uri('/w/none'))), withCode('FileNotFound'))
  })

  it('reads files, through links', async () => {
    strictEqual(await read('/w/link'), 'one\n')
    await rejects(Promise.resolve(fs.readFile(uri('/w/full'))), withCode('FileIsADirectory'))
    await rejects(Promise.resolve(fs.readFile(uri('/w/none'))), withCode('FileNotFound'))
  })

  it('writes new and old files, and never over a folder', async () => {
    await fs.writeFile(uri('/w/new'), bytes('new'))
    await fs.writeFile(uri('/w/new'), bytes('newer'))
    strictEqual(await read('/w/new'), 'newer')
    await rejects(Promise.resolve(fs.writeFile(uri('/w/full'), bytes('x'))), withCode('FileIsADirectory'))
    await fs.delete(uri('/w/new'))
  })

  it('makes, renames and deletes', async () => {
    await fs.createDirectory(uri('/w/made'))
    await fs.writeFile(uri('/w/made/a'), bytes('a'))
    await fs.writeFile(uri('/w/b'), bytes('b'))
    await rejects(
      Promise.resolve(fs.rename(uri('/w/b'), uri('/w/made/a'), { overwrite: false })),
      withCode('FileExists'),
    )
    await fs.rename(uri('/w/b'), uri('/w/made/c'))
    strictEqual(await read('/w/made/c'), 'b')
    await rejects(Promise.resolve(fs.rename(uri('/w/none'), uri('/w/x'))), withCode('FileNotFound'))
    await rejects(Promise.resolve(fs.delete(uri('/w/none'))), withCode('FileNotFound'))
    await rejects(Promise.resolve(fs.delete(uri('/w/made'), { recursive: false })))
    strictEqual(await read('/w/made/a'), 'a')
    await fs.delete(uri('/w/made'), { recursive: true })
    await rejects(Promise.resolve(fs.stat(uri('/w/made'))), withCode('FileNotFound'))
  })

  /** What the editor asks of a file system with flags that its own calls do not let one choose. */
  describe('by the flags that providers are given', () => {
    let provider: PlaceFileSystem
    let engine: Engine
    before(async () => {
      const address = { kind: 'unix', path: dockerHost.slice('unix://'.length) } as const
      const from = { from: 'setting' } as const
      engine = createEngine(
        { id: dockerHost, name: '', description: '', url: dockerHost, address, origin: from },
        { env: {} },
      )
      await engine.connect()
      const places = createPlaces(() => engine, { linger: 0, fault: (fault) => fail(String(fault)) })
      provider = new PlaceFileSystem({
        places,
        engines: () => Promise.resolve([dockerHost]),
        tooLarge: () => undefined,
      })
      await provider.createDirectory(uri('/w/flags'))
      await provider.writeFile(uri('/w/flags/a'), bytes('a'), { create: true, overwrite: false })
      await provider.writeFile(uri('/w/flags/b'), bytes('b'), { create: true, overwrite: false })
    })
    after(async () => {
      await provider.delete(uri('/w/flags'), { recursive: true })
      engine.dispose()
    })
    const write = (path: string, create: boolean, overwrite: boolean): Promise<void> =>
      provider.writeFile(uri(path), bytes('x'), { create, overwrite })

    it('writes', async () => {
      await rejects(write('/w/flags/none', false, true), withCode('FileNotFound'))
      await rejects(write('/w/flags/none', false, false), withCode('FileNotFound'))
      await rejects(write('/w/flags/a', true, false), withCode('FileExists'))
      await rejects(write('/w/flags/none/a', true, true), withCode('FileNotFound'))
      await rejects(write('/w/flags', true, true), withCode('FileIsADirectory'))
      strictEqual(await read('/w/flags/a'), 'a')
    })

    it('makes folders', async () => {
      await rejects(provider.createDirectory(uri('/w/flags')), withCode('FileExists'))
      await rejects(provider.createDirectory(uri('/w/flags/a')), withCode('FileExists'))
      await rejects(provider.createDirectory(uri('/w/flags/none/sub')), withCode('FileNotFound'))
    })

    it('renames', async () => {
      const rename = (from: string, to: string, overwrite: boolean): Promise<void> =>
        provider.rename(uri(from), uri(to), { overwrite })
      await rejects(rename('/w/flags/none', '/w/flags/c', true), withCode('FileNotFound'))
      await rejects(rename('/w/flags/a', '/w/flags/b', false), withCode('FileExists'))
      await rejects(rename('/w/flags/a', '/w/flags/none/c', true), withCode('FileNotFound'))
      strictEqual(await read('/w/flags/b'), 'b')
      await rename('/w/flags/a', '/w/flags/b', true)
      strictEqual(await read('/w/flags/b'), 'a')
      await provider.createDirectory(uri('/w/flags/empty'))
      await rename('/w/flags/b', '/w/flags/empty', true)
      strictEqual(await read('/w/flags/empty'), 'a')
      await rename('/w/flags/empty', '/w/flags/a', false)
    })

    it('deletes what a link is, not what it leads to', async () => {
      const script = 'cd /w/flags && mkdir to && echo x >to/x && ln -s to link && ln -s c1 c2 && ln -s c2 c1'
      await runInContainer(engine, id, { command: ['sh', '-c', script] })
      await rejects(provider.delete(uri('/w/flags/to'), { recursive: false }))
      for (const link of ['link', 'c1', 'c2'])
        await provider.delete(uri(`/w/flags/${link}`), { recursive: true })
      strictEqual(await read('/w/flags/to/x'), 'x\n')
      await rejects(provider.delete(uri('/w/flags/link'), { recursive: true }), withCode('FileNotFound'))
    })

    it('says that nothing is below a file', async () => {
      await rejects(provider.stat(uri('/w/file/x')), withCode('FileNotFound'))
      await rejects(provider.readFile(uri('/w/file/x')), withCode('FileNotFound'))
      await rejects(provider.readDirectory(uri('/w/file/x')), withCode('FileNotFound'))
    })

    it('tells a save by the time of the file, and each change once', async () => {
      const events: vscode.FileChangeEvent[] = []
      const listening = provider.onDidChangeFile((some) => events.push(...some))
      const watching = provider.watch()
      const before = await provider.stat(uri('/w/flags/a'))
      await write('/w/flags/a', false, true)
      const after = await provider.stat(uri('/w/flags/a'))
      ok(after.mtime > before.mtime)
      await write('/w/flags/new', true, false)
      await provider.delete(uri('/w/flags/new'), { recursive: false })
      listening.dispose()
      watching.dispose()
      const { Changed, Created, Deleted } = vscode.FileChangeType
      deepStrictEqual(
        events.map((event) => [event.type, event.uri.path]),
        [
          [Changed, '/w/flags/a'],
          [Created, '/w/flags/new'],
          [Deleted, '/w/flags/new'],
          [Changed, '/w/flags'],
        ],
      )
    })
  })

  it('opens, edits and saves a document', async () => {
    const document = await vscode.workspace.openTextDocument(uri('/w/file'))
    strictEqual(document.getText(), 'one\n')
    const edit = new vscode.WorkspaceEdit()
    edit.insert(document.uri, new vscode.Position(0, 0), 'two ')
    await vscode.workspace.applyEdit(edit)
    ok(await document.save())
    strictEqual(await read('/w/file'), 'two one\n')
  })

  it('an engine that this window does not know is told', async () => {
    const foreign = placeUri({ kind: 'container', engine: 'tcp://elsewhere:1', id, name: '' }, '/w/file')
    await rejects(Promise.resolve(fs.readFile(foreign)), withCode('Unavailable'))
  })

  it('files of an image are read and not changed', async () => {
    const image = await engineCall('GET', '/images/busybox:latest/json')
    const inside = placeUri({ kind: 'image', engine: dockerHost, id: image.Id!, name: '' }, '/www/index.html')
    ok((await fs.readFile(inside)).length > 0)
    await rejects(Promise.resolve(fs.writeFile(inside, bytes('x'))), withCode('NoPermissions'))
  })
})
