import { test } from './fixtures.ts'

test.use({
  workspace: 'empty',
  files: { 'package.json': '{"name":"shop","main":"server.js"}', 'package-lock.json': '{}', 'server.js': '' },
})

test('Adds a Dockerfile, .dockerignore and compose file that fit the project', async ({ workbench }) => {
  await workbench.runCommand('Quayside: Add Docker Files to Workspace…')
  await workbench.quickInput.choose('Node.js')
  await workbench.quickInput.answer('3000', 'port')
  await workbench.quickInput.asks('Which files')
  await workbench.quickInput.tick()
  await workbench.editor.shows('CMD ["node", "server.js"]')
  await workbench.openFile('compose.yaml')
  await workbench.editor.shows('127.0.0.1:3000:3000')
})
