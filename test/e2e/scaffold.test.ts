import { expect } from '@playwright/test'
import { test } from './fixtures.ts'

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
  await workbench.openFile('compose.yaml')
  await workbench.editor.shows('127.0.0.1:3000:3000')
})
