import { basename } from 'node:path'
import * as vscode from 'vscode'
import type { FileChange } from '../commands/ui.ts'
import type { TextDocuments } from './documents.ts'
import { setContext } from './preferences.ts'

/** All files in one editor, each beside the text that it would have; what it answers closes that editor again. */
export async function showChanges(
  documents: TextDocuments,
  title: string,
  changes: readonly FileChange[],
): Promise<() => Promise<void>> {
  const compared = changes.map(({ path, text, isNew }) => {
    const file = vscode.Uri.file(path)
    return [file, isNew ? undefined : file, documents.keep(`change:${path}`, basename(path), text)]
  })
  await vscode.commands.executeCommand('vscode.changes', title, compared)
  setContext('quayside.changesShown', true)
  return async () => {
    setContext('quayside.changesShown', false)
    const shown = vscode.window.tabGroups.all.flatMap(({ tabs }) =>
      tabs.filter(({ label, input }) => label.startsWith(title) && isOfSeveral(input)),
    )
    await vscode.window.tabGroups.close(shown)
  }
}

/** The editor's own word for such a tab is not for extensions yet: it is none of those that are. */
const isOfSeveral = (input: unknown): boolean =>
  ![
    vscode.TabInputText,
    vscode.TabInputTextDiff,
    vscode.TabInputCustom,
    vscode.TabInputWebview,
    vscode.TabInputNotebook,
    vscode.TabInputNotebookDiff,
    vscode.TabInputTerminal,
  ].some((kind) => input instanceof kind)
