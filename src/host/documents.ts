import * as vscode from 'vscode'
import type { Disposable } from '../shared/disposable.ts'

export const documentScheme = 'quayside'

/** Read-only documents made from text: inspect results, histories, diagnostics. Their text goes when the editor closes them. */
export class TextDocuments implements vscode.TextDocumentContentProvider, Disposable {
  readonly #texts = new Map<string, string>()
  readonly #changed = new vscode.EventEmitter<vscode.Uri>()
  readonly #registrations: vscode.Disposable

  constructor() {
    this.#registrations = vscode.Disposable.from(
      vscode.workspace.registerTextDocumentContentProvider(documentScheme, this),
      vscode.workspace.onDidCloseTextDocument((document) => {
        if (document.uri.scheme === documentScheme) this.#texts.delete(document.uri.toString())
      }),
    )
  }

  readonly onDidChange = this.#changed.event

  provideTextDocumentContent(uri: vscode.Uri): string | undefined {
    return this.#texts.get(uri.toString())
  }

  /** `key` and `title` make the address; the title is what the tab shows. Opening the same key again replaces the text. */
  async open(key: string, title: string, language: string, text: string): Promise<void> {
    const document = await vscode.workspace.openTextDocument(this.keep(key, title, text))
    if (document.languageId !== language) await vscode.languages.setTextDocumentLanguage(document, language)
    await vscode.window.showTextDocument(document, { preview: true })
  }

  /** The address of a text, for an editor that is opened for it. */
  keep(key: string, title: string, text: string): vscode.Uri {
    const uri = vscode.Uri.from({
      scheme: documentScheme,
      path: `/${title.replace(/[/\\]/g, '∕')}`,
      query: key,
    })
    this.#texts.set(uri.toString(), text)
    this.#changed.fire(uri)
    return uri
  }

  dispose(): void {
    this.#registrations.dispose()
    this.#changed.dispose()
  }
}
