import * as vscode from 'vscode'
import { startedOnce } from '../../shared/started-once.ts'
import type { WindowEngines } from '../engines.ts'
import type { RunningLanguage } from './language-client.ts'
import { documentSelector } from './selector.ts'

/** Starts the language server with the first document that it is for, or when it is asked for; a window that needs none has none. */
export function startLanguageWhenNeeded(
  context: vscode.ExtensionContext,
  engines: WindowEngines,
  commands: readonly string[],
  output: vscode.LogOutputChannel,
): () => Promise<RunningLanguage> {
  const isOurs = (document: vscode.TextDocument): boolean =>
    vscode.languages.match(documentSelector, document) > 0
  const language = startedOnce(async () => {
    const { startLanguageClient } = await import('./language-client.ts')
    const client = await startLanguageClient(context, engines, commands, output)
    context.subscriptions.push(client)
    return client
  })
  const startNow = (): void => {
    if (language.isStarted()) return
    language.get().catch((fault: unknown) => output.error(fault instanceof Error ? fault : String(fault)))
  }
  context.subscriptions.push(
    vscode.workspace.onDidOpenTextDocument((document) => {
      if (isOurs(document)) startNow()
    }),
  )
  if (vscode.workspace.textDocuments.some(isOurs)) startNow()
  return language.get
}
