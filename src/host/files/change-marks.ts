import * as vscode from 'vscode'
import { t } from '../../shared/l10n.ts'
import { filesScheme } from './place-uri.ts'

const color = (name: string): vscode.ThemeColor =>
  new vscode.ThemeColor(`gitDecoration.${name}ResourceForeground`)

/** Letters and colours for what differs from an image, as version control has them; rows carry the change as the query of their URI. */
export const changeMarks: vscode.FileDecorationProvider = {
  provideFileDecoration({ scheme, query }) {
    if (scheme !== filesScheme) return undefined
    switch (query) {
      case 'added':
        return new vscode.FileDecoration('A', t('added'), color('added'))
      case 'modified':
        return new vscode.FileDecoration('M', t('modified'), color('modified'))
      case 'deleted':
        return new vscode.FileDecoration('D', t('deleted'), color('deleted'))
      default:
        return undefined
    }
  },
}
