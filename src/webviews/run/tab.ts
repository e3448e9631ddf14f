import type { FromRunForm, SavedRunForm } from '../../commands/run/form-messages.ts'

/** What was entered, and in which form of the tab. */
type Entered = SavedRunForm & { readonly opening: string }

declare function acquireVsCodeApi(): {
  postMessage(message: FromRunForm): void
  getState(): Entered | undefined
  setState(state: Entered): void
}

const vscode = acquireVsCodeApi()

export const post = (message: FromRunForm): void => vscode.postMessage(message)

/** The editor writes it down; what was kept last is there again in a page that is made anew. */
export const keep = (entered: Entered): void => vscode.setState(entered)
export const kept = (): Entered | undefined => vscode.getState()
