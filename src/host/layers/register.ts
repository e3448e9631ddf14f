import * as vscode from 'vscode'
import type { Archives } from '../../engine/layers/archives.ts'
import type { WindowEngines } from '../engines.ts'
import type { LayerFileSystem } from './layer-file-system.ts'
import { layerScheme } from './layer-uri.ts'

/** The layers of images in this window; what reads them is loaded with the first. */
export interface WindowLayers extends vscode.Disposable {
  archives(): Promise<Archives>
}

/** Registers the file system at once, so that editors of a window that was closed open again. */
export function registerLayers(engines: WindowEngines): WindowLayers {
  let opened: Promise<Archives> | undefined
  const archives = (): Promise<Archives> =>
    (opened ??= import('../../engine/layers/archives.ts').then(({ createArchives }) =>
      createArchives((id) => engines.engine(id)),
    ))
  let made: Promise<LayerFileSystem> | undefined
  const fileSystem = (): Promise<LayerFileSystem> =>
    (made ??= Promise.all([import('./layer-file-system.ts'), archives()]).then(
      ([{ LayerFileSystem }, real]) =>
        new LayerFileSystem(real, async () => {
          await engines.look()
          return engines.live.snapshot.engines.map(({ endpoint }) => endpoint.id)
        }),
    ))
  const never = (): vscode.Disposable => new vscode.Disposable(() => undefined)
  const refused = async (uri: vscode.Uri): Promise<never> => {
    throw vscode.FileSystemError.NoPermissions(uri)
  }
  const provider: vscode.FileSystemProvider = {
    onDidChangeFile: never,
    watch: never,
    stat: async (uri) => (await fileSystem()).stat(uri),
    readFile: async (uri) => (await fileSystem()).readFile(uri),
    readDirectory: () => [],
    createDirectory: refused,
    writeFile: refused,
    delete: refused,
    rename: refused,
  }
  const registered = vscode.workspace.registerFileSystemProvider(layerScheme, provider, {
    isCaseSensitive: true,
    isReadonly: true,
  })
  return { archives, dispose: () => void registered.dispose() }
}
