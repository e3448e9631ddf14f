import * as vscode from 'vscode'
import type { Middleware } from 'vscode-languageclient/node'
import type { Disposable } from '../../shared/disposable.ts'
import { isSameFinding } from './same-finding.ts'

interface Published {
  readonly uri: vscode.Uri
  readonly all: vscode.Diagnostic[]
  readonly show: (uri: vscode.Uri, shown: vscode.Diagnostic[]) => void
  /** Which of them are shown, by their places in the list. */
  shown: string
}

/** Our findings, without those that the YAML extension shows at the same place: what it has no schema for stays ours. */
export class OtherFindings implements Disposable {
  readonly #published = new Map<string, Published>()
  readonly #subscription = vscode.languages.onDidChangeDiagnostics(({ uris }) => {
    for (const uri of uris) {
      const published = this.#published.get(uri.toString())
      if (published !== undefined) this.#show(published)
    }
  })

  readonly handle: NonNullable<Middleware['handleDiagnostics']> = (uri, all, show) => {
    const published = { uri, all, show, shown: 'none yet' }
    if (all.some(isInSchema)) this.#published.set(uri.toString(), published)
    else this.#published.delete(uri.toString())
    this.#show(published)
  }

  /** The server ended, and with it what it found. */
  forget(): void {
    this.#published.clear()
  }

  #show(published: Published): void {
    const { uri, all } = published
    const others = all.some(isInSchema) ? vscode.languages.getDiagnostics(uri) : []
    const places = all.flatMap((own, place) =>
      isInSchema(own) && others.some((other) => isSameFinding(own, other)) ? [] : [place],
    )
    const shown = places.join(' ')
    if (shown === published.shown) return
    published.shown = shown
    published.show(
      uri,
      places.map((place) => all[place]!),
    )
  }

  dispose(): void {
    this.#subscription.dispose()
    this.#published.clear()
  }
}

/** As the server marked it. */
function isInSchema(own: vscode.Diagnostic): boolean {
  const { data } = own as { readonly data?: unknown }
  return typeof data === 'object' && data !== null && 'inSchema' in data
}
