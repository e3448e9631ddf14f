import * as vscode from 'vscode'
import type { LogRequest } from '../../engine/logs/target.ts'
import { logsViewId } from '../../manifest/views.ts'
import type { LogPages } from './log-pages.ts'
import { logPanelType, type LogParts } from './log-parts.ts'

export interface WindowLogs {
  /** Shows logs where the user wants them to be shown. */
  open(request: LogRequest): Promise<void>
}

/** Registers the log viewer: as an editor tab, and as a view of the panel. What makes it is loaded with the first log. */
export function registerLogs(parts: LogParts): WindowLogs {
  const { subscriptions } = parts.context
  let pages: Promise<LogPages> | undefined
  const load = (): Promise<LogPages> =>
    (pages ??= import('./log-pages.ts').then(({ LogPages }) => {
      const made = new LogPages(parts)
      subscriptions.push(made)
      return made
    }))
  subscriptions.push(
    vscode.window.registerWebviewPanelSerializer(logPanelType, {
      deserializeWebviewPanel: async (panel, state: unknown) => (await load()).restore(panel, state),
    }),
    vscode.window.registerWebviewViewProvider(logsViewId, {
      resolveWebviewView: async (view, { state }) => (await load()).resolveView(view, state),
    }),
  )
  return { open: async (request) => (await load()).open(request) }
}
