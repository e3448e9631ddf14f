import * as vscode from 'vscode'
import type { Places } from '../../engine/files/places.ts'
import type { WindowEngines } from '../engines.ts'
import { changeMarks } from './change-marks.ts'
import type { PlaceFileSystem } from './file-system.ts'
import { filesScheme } from './place-uri.ts'

/** A stand-in serves the calls of one moment; the next moment makes a new one. */
const linger = 3000

/** The files of containers, volumes and images in this window; what does the work is loaded with the first call. */
export interface WindowFiles extends vscode.Disposable {
  places(): Promise<Places>
  /** What changed by another way than through the editor. */
  changed(events: readonly vscode.FileChangeEvent[]): Promise<void>
  /** What has changed through the editor or by our commands. */
  readonly onDidChange: vscode.Event<readonly vscode.FileChangeEvent[]>
  /** Forgets what was listed. */
  forget(): Promise<void>
  /** Removes what has been made to reach files. */
  close(): Promise<void>
}

/** Registers the file system at once, so that folders of a workspace that was closed open again. */
export function registerFiles(engines: WindowEngines, output: vscode.LogOutputChannel): WindowFiles {
  let places: Promise<Places> | undefined
  const openPlaces = (): Promise<Places> =>
    (places ??= import('../../engine/files/places.ts').then(({ createPlaces }) =>
      createPlaces((id) => engines.engine(id), {
        linger,
        fault: (fault) => output.error(fault instanceof Error ? fault : String(fault)),
      }),
    ))

  let made: Promise<PlaceFileSystem> | undefined
  const fileSystem = (): Promise<PlaceFileSystem> =>
    (made ??= Promise.all([import('./file-system.ts'), import('./large-files.ts'), openPlaces()]).then(
      ([{ PlaceFileSystem }, { LargeFiles }, opened]) => {
        const large = new LargeFiles()
        const real = new PlaceFileSystem({
          places: opened,
          async engines() {
            await engines.look()
            return engines.live.snapshot.engines.map(({ endpoint }) => endpoint.id)
          },
          tooLarge: (uri) => void large.offer(uri),
        })
        real.onDidChangeFile((events) => changes.fire(events))
        return real
      },
    ))
  const changes = new vscode.EventEmitter<vscode.FileChangeEvent[]>()
  const provider: vscode.FileSystemProvider = {
    onDidChangeFile: changes.event,
    watch: () => new vscode.Disposable(() => undefined),
    stat: async (uri) => (await fileSystem()).stat(uri),
    readDirectory: async (uri) => (await fileSystem()).readDirectory(uri),
    readFile: async (uri) => (await fileSystem()).readFile(uri),
    writeFile: async (uri, content, options) => (await fileSystem()).writeFile(uri, content, options),
    createDirectory: async (uri) => (await fileSystem()).createDirectory(uri),
    rename: async (from, to, options) => (await fileSystem()).rename(from, to, options),
    delete: async (uri, options) => (await fileSystem()).delete(uri, options),
  }
  const registered = vscode.workspace.registerFileSystemProvider(filesScheme, provider, {
    isCaseSensitive: true,
  })
  const marks = vscode.window.registerFileDecorationProvider(changeMarks)
  return {
    places: openPlaces,
    onDidChange: changes.event,
    changed: async (events) => (await fileSystem()).changed(events),
    forget: async () => (await places)?.forget(),
    close: async () => (await places)?.close(),
    dispose() {
      registered.dispose()
      marks.dispose()
      changes.dispose()
    },
  }
}
