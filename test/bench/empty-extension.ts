import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** The least that there can be of each, as the floor of what is measured: an extension with a view of one row and a page of one field. */
export function emptyExtension(folder: string): string {
  mkdirSync(folder)
  const manifest = {
    name: 'empty',
    publisher: 'quayside',
    version: '0.0.1',
    engines: { vscode: '^1.100.0' },
    main: './main.js',
    contributes: {
      viewsContainers: { activitybar: [{ id: 'emptyOne', title: 'EmptyOne', icon: 'icon.svg' }] },
      views: { emptyOne: [{ id: 'emptyOne.list', name: 'List' }] },
      commands: [{ command: 'empty.page', title: 'Open an Empty Page', icon: '$(add)' }],
      // Beside our own button, so that both are clicked in the same place.
      menus: {
        'view/title': [{ command: 'empty.page', when: 'view == quayside.containers', group: 'navigation' }],
      },
    },
  }
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest))
  writeFileSync(
    join(folder, 'icon.svg'),
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><path d="M2 2h12v12H2z"/></svg>',
  )
  writeFileSync(
    join(folder, 'main.js'),
    `const vscode = require('vscode')
exports.activate = ({ subscriptions }) => {
  subscriptions.push(
    vscode.window.registerTreeDataProvider('emptyOne.list', {
      getTreeItem: (row) => row,
      getChildren: () => [new vscode.TreeItem('row')],
    }),
    vscode.commands.registerCommand('empty.page', () => {
      const options = { enableScripts: true, localResourceRoots: [], retainContextWhenHidden: true }
      const panel = vscode.window.createWebviewPanel('empty', 'Empty', vscode.ViewColumn.Active, options)
      panel.webview.html = '<!DOCTYPE html><html lang="en"><body><input id="image"></body></html>'
    }),
  )
}
`,
  )
  return folder
}
