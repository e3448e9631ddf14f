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
  const changed: { readonly uri: vscode.Uri; readonly text: string }[] = []
  for (const { path, text } of files) {
    const uri = vscode.Uri.file(path)
    if (!(await isText(uri))) {
      made.createFile(uri, { overwrite: true, contents: Buffer.from(text, 'utf8') })
      isMade = true
    } else changed.push({ uri, text })
  }
  // What an edit makes is not counted in its size.
  if (isMade && !(await vscode.workspace.applyEdit(made))) return false
  for (const { uri, text } of changed) {
    const edit = new vscode.WorkspaceEdit()
    const { lineCount } = await vscode.workspace.openTextDocument(uri)
    edit.replace(uri, new vscode.Range(0, 0, lineCount, 0), text)
    if (!(await vscode.workspace.applyEdit(edit))) return false
    // Where no editor shows it, the one of before may be closed by now.
    if (!(await (await vscode.workspace.openTextDocument(uri)).save())) return false
  }
  return true
}

/** False where nothing is, or nothing that is text. */
async function isText(uri: vscode.Uri): Promise<boolean> {
  try {
    await vscode.workspace.openTextDocument(uri)
    return true
  } catch {
    return false
  }
}
