import * as vscode from 'vscode'
import type { Ui } from '../../commands/ui.ts'
import { t } from '../../shared/l10n.ts'
import type { FileRows } from './file-rows.ts'
import { placeUri } from './place-uri.ts'
import type { WindowFiles } from './register.ts'

/** Files of a place in the editor: opened, compared, as a folder of the workspace. */
export function filePages(
  files: WindowFiles,
  rows: FileRows,
): Pick<
  Ui,
  'openPlaceFile' | 'comparePlaceFiles' | 'addPlaceFolder' | 'revealPlaceFile' | 'placeChanged' | 'showMore'
> {
  return {
    async openPlaceFile(place, path) {
      await vscode.commands.executeCommand('vscode.open', placeUri(place, path))
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
        void vscode.window.showInformationMessage(t('{0} is a folder of this workspace already.', name))
      else vscode.workspace.updateWorkspaceFolders(folders.length, 0, { uri, name })
    },
    async revealPlaceFile(place, path) {
      const uri = placeUri(place, path)
      if (vscode.workspace.getWorkspaceFolder(uri) === undefined) return false
      await vscode.commands.executeCommand('revealInExplorer', uri)
      return true
    },
    showMore: (row) => rows.showMore(row),
    placeChanged: (place, path) => files.changed(placeUri(place, path)),
  }
}
