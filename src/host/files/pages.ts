import * as vscode from 'vscode'
import type { Ui } from '../../commands/ui.ts'
import { childOf } from '../../engine/files/file-path.ts'
import { t } from '../../shared/l10n.ts'
import type { FileRows } from './file-rows.ts'
import type { WindowEngines } from '../engines.ts'
import { placeUri } from './place-uri.ts'
import { resourcesOf, urisOfText } from './resources.ts'
import type { WindowFiles } from './register.ts'
import { showInfo } from '../verbatim-window.ts'

/** What of the port is about files of a place. */
export type FilePages = Pick<
  Ui,
  | 'openPlaceFile'
  | 'comparePlaceFiles'
  | 'addPlaceFolder'
  | 'revealPlaceFile'
  | 'placeChanged'
  | 'showMore'
  | 'copyFiles'
  | 'copiedFiles'
  | 'resources'
>

/** Files of a place in the editor: opened, compared, as a folder of the workspace. */
export function filePages(files: WindowFiles, rows: FileRows, engines: WindowEngines): FilePages {
  return {
    async copyFiles(copied) {
      const uris = copied.map(({ place, path }) => placeUri(place, path).toString())
      await vscode.env.clipboard.writeText(uris.join('\n'))
    },
    copiedFiles: async () => resourcesOf(urisOfText(await vscode.env.clipboard.readText()), engines),
    resources: (uris) =>
      resourcesOf(
        uris.map((uri) => vscode.Uri.parse(uri, true)),
        engines,
      ),
    async openPlaceFile(place, path, at) {
      const position = at === undefined ? undefined : new vscode.Position(at.line - 1, at.column - 1)
      await vscode.commands.executeCommand(
        'vscode.open',
        placeUri(place, path),
        position === undefined ? {} : { selection: new vscode.Range(position, position) },
      )
    },
    async comparePlaceFiles(before, after, path, title) {
      await vscode.commands.executeCommand(
        'vscode.diff',
        placeUri(before, path),
        placeUri(after, path),
        title,
      )
    },
    addPlaceFolder(place, path, name) {
      const folders = vscode.workspace.workspaceFolders ?? []
      const uri = placeUri(place, path)
      if (folders.some((folder) => folder.uri.toString() === uri.toString()))
        void showInfo(t('{0} is a folder of this workspace already.', name))
      else vscode.workspace.updateWorkspaceFolders(folders.length, 0, { uri, name })
    },
    async revealPlaceFile(place, path) {
      const uri = placeUri(place, path)
      if (vscode.workspace.getWorkspaceFolder(uri) === undefined) return false
      await vscode.commands.executeCommand('revealInExplorer', uri)
      return true
    },
    showMore: (row) => rows.showMore(row),
    placeChanged: (place, path, { came = [], went = [] } = {}) =>
      files.changed([
        { type: vscode.FileChangeType.Changed, uri: placeUri(place, path) },
        ...went.map((name) => ({
          type: vscode.FileChangeType.Deleted,
          uri: placeUri(place, childOf(path, name)),
        })),
        ...came.map((name) => ({
          type: vscode.FileChangeType.Created,
          uri: placeUri(place, childOf(path, name)),
        })),
      ]),
  }
}
