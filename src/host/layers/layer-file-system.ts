import * as vscode from 'vscode'
import { isEngineError } from '../../engine/errors.ts'
import type { Archives, LayerPlace } from '../../engine/layers/archives.ts'
import type { EngineId } from '../../engine/model/refs.ts'
import { t } from '../../shared/l10n.ts'
import { plain } from '../../shared/sinks.ts'
import { placeOfLayer } from './layer-uri.ts'
import { withProgress } from '../verbatim-window.ts'

/** What an editor holds in memory; larger files are saved. */
const largest = 64 * 1024 * 1024

/** Files as they are in a layer of an image: single files to look at, no folders, never changed. */
export class LayerFileSystem {
  readonly #archives: Archives
  readonly #engines: () => Promise<Iterable<EngineId>>

  constructor(archives: Archives, engines: () => Promise<Iterable<EngineId>>) {
    this.#archives = archives
    this.#engines = engines
  }

  async stat(uri: vscode.Uri): Promise<vscode.FileStat> {
    const place = await this.#place(uri)
    const size = await this.#ask(uri, async () => {
      const { content } = await this.#archives.find(place, new AbortController().signal)
      return content?.size
    })
    if (size === undefined) throw vscode.FileSystemError.FileNotFound(uri)
    return {
      type: vscode.FileType.File,
      size,
      mtime: 0,
      ctime: 0,
      permissions: vscode.FilePermission.Readonly,
    }
  }

  async readFile(uri: vscode.Uri): Promise<Uint8Array> {
    const place = await this.#place(uri)
    const options = {
      location: vscode.ProgressLocation.Window,
      title: t('Reading {0} from layer {1}', plain(place.path, 80), place.layer + 1),
    }
    return withProgress(options, () => this.#ask(uri, () => this.#read(place)))
  }

  async #read(place: LayerPlace): Promise<Uint8Array> {
    const { signal } = new AbortController()
    const { content } = await this.#archives.find(place, signal)
    if ((content?.size ?? 0) > largest)
      throw new vscode.FileSystemError(
        t('The file is too large for an editor. Save it from the page of layers.'),
      )
    const parts: Buffer[] = []
    for await (const chunk of this.#archives.read(place, signal)) parts.push(Buffer.from(chunk))
    return Buffer.concat(parts)
  }

  async #place(uri: vscode.Uri): Promise<LayerPlace> {
    const place = placeOfLayer(uri, await this.#engines())
    if (place !== undefined) return place
    throw vscode.FileSystemError.Unavailable(t('The engine of these files is not known in this window.'))
  }

  async #ask<T>(uri: vscode.Uri, task: () => Promise<T>): Promise<T> {
    try {
      return await task()
    } catch (fault) {
      if (isEngineError(fault, 'notFound')) throw vscode.FileSystemError.FileNotFound(uri)
      if (isEngineError(fault)) throw vscode.FileSystemError.Unavailable(fault.message)
      throw fault
    }
  }
}
