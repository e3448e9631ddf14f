import * as vscode from 'vscode'
import { looksLikeCompose } from '../../shared/compose-content.ts'

/** What a file is its beginning tells. */
const linesLookedAt = 400

/**
 * Gives compose files of other names the language of compose files, each once: who sets one back to YAML, or says in the editor's
 * settings which files are YAML, means it.
 */
export function composeByContent(): vscode.Disposable {
  const done = new Set<string>()
  const look = (document: vscode.TextDocument): void => {
    const { uri, languageId } = document
    if (languageId !== 'yaml' || uri.scheme !== 'file' || done.has(uri.toString())) return
    const associations = vscode.workspace
      .getConfiguration('files', uri)
      .get<Readonly<Record<string, string>>>('associations', {})
    if (Object.values(associations).includes('yaml')) return
    if (!looksLikeCompose(document.getText(new vscode.Range(0, 0, linesLookedAt, 0)))) return
    done.add(uri.toString())
    vscode.languages.setTextDocumentLanguage(document, 'dockercompose').then(undefined, () => {
      // It was closed in this moment.
    })
  }
  vscode.workspace.textDocuments.forEach(look)
  return vscode.workspace.onDidOpenTextDocument(look)
}
