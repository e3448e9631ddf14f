import * as vscode from 'vscode'
import type { WindowEngines } from '../engines.ts'
import { documentSelector } from './selector.ts'

/** Starts the language server with the first document that it is for; a window without one has none. */
export function startLanguageWhenNeeded(
  context: vscode.ExtensionContext,
  engines: WindowEngines,
  commands: readonly string[],
  output: vscode.LogOutputChannel,
): void {
  const isOurs = (document: vscode.TextDocument): boolean =>
    vscode.languages.match(documentSelector, document) > 0
  const start = async (): Promise<void> => {
    const { startLanguageClient } = await import('./language-client.ts')
    context.subscriptions.push(await startLanguageClient(context, engines, commands, output))
  }
  const report = (fault: unknown): void => output.error(fault instanceof Error ? fault : String(fault))
  if (vscode.workspace.textDocuments.some(isOurs)) return void start().catch(report)
  const opened = vscode.workspace.onDidOpenTextDocument((document) => {
    if (!isOurs(document)) return
    opened.dispose()
    start().catch(report)
  })
  context.subscriptions.push(opened)
}
