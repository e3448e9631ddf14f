import * as vscode from 'vscode'

/** Problems that a command found on lines of files: a build that failed. They go when the file is edited. */
export class FileProblems implements vscode.Disposable {
  readonly #collection = vscode.languages.createDiagnosticCollection('quayside-build')
  readonly #edits = vscode.workspace.onDidChangeTextDocument(({ document }) =>
    this.#collection.delete(document.uri),
  )

  show(path: string, problems: readonly { readonly line: number; readonly message: string }[]): void {
    const found = problems.map(({ line, message }) => {
      const diagnostic = new vscode.Diagnostic(
        new vscode.Range(line - 1, 0, line - 1, Number.MAX_SAFE_INTEGER),
        message,
      )
      diagnostic.source = 'quayside build'
      return diagnostic
    })
    this.#collection.set(vscode.Uri.file(path), found)
  }

  dispose(): void {
    this.#edits.dispose()
    this.#collection.dispose()
  }
}
