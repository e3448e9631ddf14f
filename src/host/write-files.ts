import * as vscode from 'vscode'

/**
 * Writes files so that undo takes that back: those that are new go away again, the others get the text that they had. False where
 * one could not be written.
 */
export async function writeFiles(
  files: readonly { readonly path: string; readonly text: string }[],
): Promise<boolean> {
  const made = new vscode.WorkspaceEdit()
  let isMade = false
  const changed: { readonly document: vscode.TextDocument; readonly text: string }[] = []
  for (const { path, text } of files) {
    const uri = vscode.Uri.file(path)
    const document = await textOf(uri)
    if (document === undefined) {
      made.createFile(uri, { overwrite: true, contents: Buffer.from(text, 'utf8') })
      isMade = true
    } else changed.push({ document, text })
  }
  // What an edit makes is not counted in its size.
  if (isMade && !(await vscode.workspace.applyEdit(made))) return false
  for (const { document, text } of changed) {
    const edit = new vscode.WorkspaceEdit()
    edit.replace(document.uri, new vscode.Range(0, 0, document.lineCount, 0), text)
    if (!(await vscode.workspace.applyEdit(edit)) || !(await document.save())) return false
  }
  return true
}

/** Undefined where nothing is, or nothing that is text. */
async function textOf(uri: vscode.Uri): Promise<vscode.TextDocument | undefined> {
  try {
    return await vscode.workspace.openTextDocument(uri)
  } catch {
    return undefined
  }
}
