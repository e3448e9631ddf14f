import { expect, test } from './fixtures.ts'

test.use({ engineVersion: 'none', hostEnv: { DOCKER_HOST: 'unix:///var/tmp/quayside-nowhere/docker.sock' } })

test('Says what was tried and what to do when there is no engine', async ({ workbench }) => {
  const view = await workbench.view('Containers')
  await expect(view.welcome).toContainText('Choose Another Engine')
  await workbench.screenshot('no-engine')
  await workbench.runCommand('Quayside Engines: Show Connection Diagnostics')
  await workbench.editor.shows('unix:///var/tmp/quayside-nowhere/docker.sock')
  await workbench.editor.shows('it does not exist')
})
