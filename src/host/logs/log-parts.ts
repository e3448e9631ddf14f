import type * as vscode from 'vscode'
import type { Deps } from '../../commands/command.ts'
import type { WindowEngines } from '../engines.ts'

export interface LogParts {
  readonly context: vscode.ExtensionContext
  readonly engines: WindowEngines
  readonly output: vscode.LogOutputChannel
  /** What commands get; loading it is put off until a log is opened. */
  deps(): Promise<Deps>
}

/** The type of the editor tabs, by which they come back after a reload of the window. */
export const logPanelType = 'quayside.logs'
