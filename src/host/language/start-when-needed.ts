import * as vscode from 'vscode'
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
  const start = async (): Promise<RunningLanguage> => {
    const { startLanguageClient } = await import('./language-client.ts')
    const language = await startLanguageClient(context, engines, commands, output)
    context.subscriptions.push(language)
    return language
  }
  let running: Promise<RunningLanguage> | undefined
  const language = (): Promise<RunningLanguage> => (running ??= start())
  const startNow = (): void => {
    language().catch((fault: unknown) => output.error(fault instanceof Error ? fault : String(fault)))
  }
  if (vscode.workspace.textDocuments.some(isOurs)) startNow()
  else {
    const opened = vscode.workspace.onDidOpenTextDocument((document) => {
      if (!isOurs(document)) return
      opened.dispose()
      startNow()
    })
    context.subscriptions.push(opened)
  }
  return language
}
