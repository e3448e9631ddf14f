import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * All that Quayside contributes under another name, and a program that answers each of its views with one row: what VS Code takes for
 * views, menus and commands such as ours whatever is behind them.
 */
export function hollowExtension(folder: string): string {
  mkdirSync(folder)
  for (const file of ['package.json', 'package.nls.json'])
    writeFileSync(join(folder, file), renamed(readFileSync(file, 'utf8')))
  for (const part of ['media', 'syntaxes']) cpSync(part, join(folder, part), { recursive: true })
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
    main: string
    contributes: { views: Record<string, readonly { id: string; type?: string }[]> }
  }
  const views = Object.values(manifest.contributes.views).flatMap((list) =>
    list.filter(({ type }) => type !== 'webview').map(({ id }) => id),
  )
  const main = join(folder, manifest.main)
  mkdirSync(join(main, '..'), { recursive: true })
  writeFileSync(
    main,
    `const vscode = require('vscode')
exports.activate = ({ subscriptions }) => {
  const treeDataProvider = { getTreeItem: (row) => row, getChildren: () => [new vscode.TreeItem('row')] }
  for (const view of ${JSON.stringify(views)})
    subscriptions.push(vscode.window.createTreeView(view, { treeDataProvider }))
}
`,
  )
  return folder
}

const renamed = (text: string): string =>
  text.replaceAll('quayside', 'hollow').replaceAll('Quayside', 'Hollow')
