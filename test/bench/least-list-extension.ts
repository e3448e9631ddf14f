import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * The least extension that shows live containers: one list, one stream of events, `node:http`, a name and an image for each row, in one
 * view. What VS Code takes for this no explorer can save. It reads `DOCKER_HOST`, a socket, and handles no failure.
 */
export function leastListExtension(folder: string): string {
  mkdirSync(folder)
  const manifest = {
    name: 'least-list',
    publisher: 'quayside',
    version: '0.0.1',
    engines: { vscode: '^1.100.0' },
    main: './main.js',
    contributes: {
      viewsContainers: { activitybar: [{ id: 'leastList', title: 'LeastList', icon: 'icon.svg' }] },
      views: { leastList: [{ id: 'leastList.list', name: 'List' }] },
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
const http = require('node:http')
const socketPath = process.env.DOCKER_HOST.replace('unix://', '')
const containers = () => new Promise((done, failed) => {
  http.get({ socketPath, path: '/containers/json?all=1' }, (answer) => {
    let text = ''
    answer.setEncoding('utf8').on('data', (chunk) => (text += chunk)).on('end', () => done(JSON.parse(text)))
  }).on('error', failed)
})
exports.activate = ({ subscriptions }) => {
  const changed = new vscode.EventEmitter()
  const provider = {
    onDidChangeTreeData: changed.event,
    getTreeItem: (container) => {
      const item = new vscode.TreeItem(container.Names[0].slice(1))
      item.id = container.Id
      item.description = container.Image
      item.iconPath = new vscode.ThemeIcon(container.State === 'running' ? 'vm-running' : 'vm-outline')
      return item
    },
    getChildren: (container) => (container === undefined ? containers() : []),
  }
  const view = vscode.window.createTreeView('leastList.list', { treeDataProvider: provider })
  const events = http.get({ socketPath, path: '/events' }, (answer) => answer.on('data', () => changed.fire()))
  events.on('error', () => undefined)
  subscriptions.push(view, { dispose: () => events.destroy() })
}
`,
  )
  return folder
}
