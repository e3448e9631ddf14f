import * as vscode from 'vscode'
import { EngineError, isEngineError } from '../../engine/errors.ts'
import { normalize, parentOf } from '../../engine/files/file-path.ts'
import type { FileEntry, Files, FileType } from '../../engine/files/files.ts'
import { largestOpened } from '../../engine/files/limits.ts'
import type { Place } from '../../engine/files/place.ts'
import type { Places } from '../../engine/files/places.ts'
import type { EngineId } from '../../engine/model/refs.ts'
import { t } from '../../shared/l10n.ts'
import { placeOf } from './place-uri.ts'

export interface FileSystemParts {
  readonly places: Places
  /** The engines that are known, once they have been looked for. */
  readonly engines: () => Promise<Iterable<EngineId>>
  /** A file is larger than an editor may hold. */
  readonly tooLarge: (uri: vscode.Uri) => void
}

/** Containers, volumes and images as folders of VS Code. Nothing is watched: engines tell nothing about files. */
export class PlaceFileSystem implements vscode.FileSystemProvider {
  readonly #parts: FileSystemParts
  readonly #changes = new vscode.EventEmitter<vscode.FileChangeEvent[]>()
  readonly onDidChangeFile = this.#changes.event

  constructor(parts: FileSystemParts) {
    this.#parts = parts
  }

  watch(): vscode.Disposable {
    return new vscode.Disposable(() => undefined)
  }

  async stat(uri: vscode.Uri): Promise<vscode.FileStat> {
    const { place, files } = await this.#open(uri)
    const entry = await this.#ask(uri, () => statAt(files, uri))
    return {
      type: typeOf(entry),
      size: entry.size,
      mtime: entry.mtime,
      ctime: 0,
      ...(place.kind === 'image' ? { permissions: vscode.FilePermission.Readonly } : {}),
    }
  }

  async readDirectory(uri: vscode.Uri): Promise<[string, vscode.FileType][]> {
    const { files } = await this.#open(uri)
    const entries = await this.#ask(uri, async () => {
      const { type, target } = await statAt(files, uri)
      if ((target ?? type) !== 'directory') throw vscode.FileSystemError.FileNotADirectory(uri)
      return files.list(uri.path)
    })
    return entries.map((entry) => [entry.name, typeOf(entry)])
  }

  async readFile(uri: vscode.Uri): Promise<Uint8Array> {
    const { files } = await this.#open(uri)
    return this.#ask(uri, async () => {
      const entry = await statAt(files, uri)
      if (kindOf(entry) === 'directory') throw vscode.FileSystemError.FileIsADirectory(uri)
      if (entry.size > largestOpened) this.#parts.tooLarge(uri)
      return files.read(uri.path, largestOpened)
    })
  }

  async writeFile(
    uri: vscode.Uri,
    content: Uint8Array,
    { create, overwrite }: { readonly create: boolean; readonly overwrite: boolean },
  ): Promise<void> {
    const { files } = await this.#openToWrite(uri)
    const before = await this.#entry(files, uri)
    if (before !== undefined && kindOf(before) === 'directory')
      throw vscode.FileSystemError.FileIsADirectory(uri)
    if (before === undefined && !create) throw vscode.FileSystemError.FileNotFound(uri)
    if (before !== undefined && create && !overwrite) throw vscode.FileSystemError.FileExists(uri)
    await this.#ask(uri, () => files.write(uri.path, content, { create: true, overwrite: true }))
    const type = before === undefined ? vscode.FileChangeType.Created : vscode.FileChangeType.Changed
    this.#changes.fire([{ type, uri }])
  }

  async createDirectory(uri: vscode.Uri): Promise<void> {
    const { files } = await this.#openToWrite(uri)
    if ((await this.#entry(files, uri)) !== undefined) throw vscode.FileSystemError.FileExists(uri)
    await this.#ask(uri, () => files.createFolder(uri.path))
    this.#changes.fire([{ type: vscode.FileChangeType.Created, uri }])
  }

  async rename(
    from: vscode.Uri,
    to: vscode.Uri,
    { overwrite }: { readonly overwrite: boolean },
  ): Promise<void> {
    if (from.authority !== to.authority)
      throw vscode.FileSystemError.NoPermissions(
        t('Files are copied from one container to another, not moved.'),
      )
    const { files } = await this.#openToWrite(from)
    if ((await this.#entry(files, from)) === undefined) throw vscode.FileSystemError.FileNotFound(from)
    if ((await this.#entry(files, to)) !== undefined && !overwrite)
      throw vscode.FileSystemError.FileExists(to)
    await this.#ask(to, () => files.rename(from.path, to.path, { overwrite }))
    this.#changes.fire([
      { type: vscode.FileChangeType.Deleted, uri: from },
      { type: vscode.FileChangeType.Created, uri: to },
    ])
  }

  async delete(uri: vscode.Uri, { recursive }: { readonly recursive: boolean }): Promise<void> {
    const { files } = await this.#openToWrite(uri)
    await this.#ask(uri, () => files.remove(uri.path, { recursive }))
    this.#changes.fire([
      { type: vscode.FileChangeType.Deleted, uri },
      { type: vscode.FileChangeType.Changed, uri: uri.with({ path: parentOf(normalize(uri.path)) }) },
    ])
  }

  /** Tells what changed by another way than through here. */
  changed(events: readonly vscode.FileChangeEvent[]): void {
    this.#changes.fire([...events])
  }

  async #open(uri: vscode.Uri): Promise<{ readonly place: Place; readonly files: Files }> {
    const place = placeOf(uri, await this.#parts.engines())
    if (place === undefined)
      throw vscode.FileSystemError.Unavailable(t('The engine of these files is not known in this window.'))
    return { place, files: this.#parts.places.files(place) }
  }

  async #openToWrite(uri: vscode.Uri): Promise<{ readonly place: Place; readonly files: Files }> {
    const open = await this.#open(uri)
    if (open.place.kind !== 'image') return open
    throw vscode.FileSystemError.NoPermissions(t('Files of an image cannot be changed.'))
  }

  async #entry(files: Files, uri: vscode.Uri): Promise<FileEntry | undefined> {
    return this.#ask(uri, () =>
      files.stat(uri.path).catch((fault: unknown) => {
        if (isEngineError(fault, 'notFound')) return undefined
        throw fault
      }),
    )
  }

  async #ask<T>(uri: vscode.Uri, task: () => Promise<T>): Promise<T> {
    try {
      return await task()
    } catch (fault) {
      throw fault instanceof EngineError ? inEditorsWords(fault, uri) : fault
    }
  }
}

/** Below a file there is nothing, and the editor wants that said as of anything else that is not there. */
const statAt = (files: Files, uri: vscode.Uri): Promise<FileEntry> =>
  files.stat(uri.path).catch((fault: unknown) => {
    throw isEngineError(fault, 'conflict') ? vscode.FileSystemError.FileNotFound(uri) : fault
  })

function inEditorsWords(fault: EngineError, uri: vscode.Uri): vscode.FileSystemError {
  const words = fault.nextStep === undefined ? fault.message : `${fault.message} ${fault.nextStep}`
  switch (fault.code) {
    case 'notFound':
      return vscode.FileSystemError.FileNotFound(uri)
    case 'denied':
      return vscode.FileSystemError.NoPermissions(words)
    case 'unreachable':
    case 'lost':
    case 'timeout':
      return vscode.FileSystemError.Unavailable(words)
    default:
      return new vscode.FileSystemError(words)
  }
}

const kindOf = ({ type, target }: FileEntry): FileType => target ?? type

const types: Readonly<Partial<Record<FileType, vscode.FileType>>> = {
  file: vscode.FileType.File,
  directory: vscode.FileType.Directory,
}

function typeOf(entry: FileEntry): vscode.FileType {
  const type = types[kindOf(entry)] ?? vscode.FileType.Unknown
  return entry.type === 'symlink' ? type | vscode.FileType.SymbolicLink : type
}
