import * as vscode from 'vscode'
import { looksLikeCompose } from '../../shared/compose-content.ts'

/** What a file is its beginning tells. */
const linesLookedAt = 400

/**
 * Gives compose files of other names the language of compose files, whenever they are opened: who sets one back to YAML, or says in the
 * editor's settings which files are YAML, means it.
 */
export function composeByContent(): vscode.Disposable {
  /** Open files that have got the language, and files that were set back. */
  const given = new Set<string>()
  const setBack = new Set<string>()
  const look = (document: vscode.TextDocument): void => {
    const { uri, languageId } = document
    const file = uri.toString()
    if (languageId !== 'yaml' || uri.scheme !== 'file' || setBack.has(file)) return
    if (given.has(file)) {
      setBack.add(file)
      return
    }
    const associations = vscode.workspace
      .getConfiguration('files', uri)
      .get<Readonly<Record<string, string>>>('associations', {})
    if (Object.values(associations).includes('yaml')) return
    if (!looksLikeCompose(document.getText(new vscode.Range(0, 0, linesLookedAt, 0)))) return
    given.add(file)
    vscode.languages.setTextDocumentLanguage(document, 'dockercompose').then(undefined, () => {
      // It was closed in this moment.
    })
  }
  vscode.workspace.textDocuments.forEach(look)
  return vscode.Disposable.from(
    vscode.workspace.onDidOpenTextDocument(look),
    // The editor tells of a new language as of a document that is closed and opened; one that is really closed forgets its language.
    vscode.workspace.onDidCloseTextDocument((document) => {
      if (document.isClosed) given.delete(document.uri.toString())
    }),
  )
}
