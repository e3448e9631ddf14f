import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { expect } from '@playwright/test'
import { test } from './fixtures.ts'

test.describe('in a folder with one project', () => {
  test.use({
    workspace: 'empty',
    files: {
      'package.json': '{"name":"shop","main":"server.js"}',
      'package-lock.json': '{}',
      'server.js': '',
      Dockerfile: 'FROM scratch\n',
    },
  })

  test('Adds a Dockerfile, .dockerignore and compose file that fit the project', async ({ workbench }) => {
    await workbench.runCommand('Quayside: Add Docker Files to Workspace…')
    await workbench.quickInput.choose('Node.js')
    await workbench.quickInput.answer('3000', 'port')
    await workbench.quickInput.asks('Which files')
    await workbench.quickInput.tick('Dockerfile')
    await workbench.quickInput.asks('Replace Dockerfile?')
    const sides = workbench.page.locator('.monaco-diff-editor .view-lines')
    await expect(sides.first()).toContainText(/FROM.scratch/)
    await expect(sides.last()).toContainText(/USER.1000/)
    await workbench.quickInput.choose('Replace')
    await workbench.editor.shows('CMD ["node", "server.js"]')
    await workbench.screenshot('scaffold')
    await workbench.openFile('compose.yaml')
    await workbench.editor.shows('127.0.0.1:3000:3000')
    await workbench.openFile('Dockerfile')
    await workbench.runCommand('Undo')
    await workbench.screenshot('scaffold-undo')
    await workbench.editor.shows('FROM scratch')
  })

  test('Takes the comparison away again when the file is left as it is', async ({ workbench }) => {
    await workbench.runCommand('Quayside: Add Docker Files to Workspace…')
    await workbench.quickInput.choose('Node.js')
    await workbench.quickInput.answer('3000', 'port')
    await workbench.quickInput.asks('Which files')
    await workbench.quickInput.tick('.dockerignore', 'compose.yaml', 'Dockerfile')
    await workbench.quickInput.asks('Replace Dockerfile?')
    const comparison = workbench.page.locator('.monaco-diff-editor')
    await expect(comparison.first()).toBeVisible()
    await workbench.quickInput.choose('Leave as It Is')
    await expect(comparison).toHaveCount(0)
    await expect(workbench.page.locator('.tabs-container .tab')).toHaveCount(0)
  })
})

test.describe('in a folder with several programs', () => {
  test.use({
    workspace: 'empty',
    files: {
      'go.mod': 'module shop\n\ngo 1.25\n',
      'cmd/api/main.go': 'package main\n\nfunc main() { http.ListenAndServe(":8000", nil) }\n',
      'cmd/worker/main.go': 'package main\n\nfunc main() { http.ListenAndServe(":9000", nil) }\n',
    },
  })

  test('Asks which of them the Docker files are for', async ({ workbench }) => {
    await workbench.runCommand('Quayside: Add Docker Files to Workspace…')
    await expect(workbench.quickInput.rows.filter({ hasText: './cmd/api' })).toBeVisible()
    await workbench.quickInput.rows.filter({ hasText: './cmd/worker' }).click()
    await workbench.quickInput.answer('9000', 'port')
    await workbench.quickInput.asks('Which files')
    await workbench.quickInput.tick()
    await workbench.editor.shows('-o /app ./cmd/worker')
  })
})

test.describe('in a folder that holds folders of projects', () => {
  test.use({
    workspace: 'empty',
    files: {
      'backend/requirements.txt': 'flask\n',
      'backend/app.py': 'app = Flask(__name__)\n',
      'front end/package.json': '{"scripts":{"start":"node server.js"}}',
      'front end/server.js': 'app.listen(4000)\n',
    },
  })

  test('Writes the Docker files of the one that is chosen into its folder', async ({ workbench, folder }) => {
    await workbench.runCommand('Quayside: Add Docker Files to Workspace…')
    await expect(workbench.quickInput.rows.filter({ hasText: 'backend' })).toBeVisible()
    await workbench.screenshot('scaffold-folders')
    await workbench.quickInput.rows.filter({ hasText: 'front end' }).click()
    await workbench.quickInput.answer('4000', 'port')
    await workbench.quickInput.asks('Which files')
    await workbench.quickInput.tick()
    await workbench.editor.shows('CMD ["node", "server.js"]')
    expect((await readdir(join(folder, 'front end'))).toSorted()).toEqual([
      '.dockerignore',
      'Dockerfile',
      'compose.yaml',
      'package.json',
      'server.js',
    ])
  })
})
