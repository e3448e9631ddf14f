import * as vscode from 'vscode'
import type { RowContext } from '../tree/moment.ts'

/** Now, in the language of the editor. */
export const rowContext = (): RowContext => ({ now: Date.now(), locale: vscode.env.language })
