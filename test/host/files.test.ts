import { deepStrictEqual, ok, rejects, strictEqual } from 'node:assert'
import * as vscode from 'vscode'
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
