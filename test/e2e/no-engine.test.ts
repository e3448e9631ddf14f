import { mkdirSync, rmSync } from 'node:fs'
import { type Exchange, startScriptedEngine } from '../support/scripted-engine.ts'
import { expect, test } from './fixtures.ts'

const folder = '/var/tmp/quayside-nowhere'
const path = `${folder}/docker.sock`
test.use({ engineVersion: 'none', hostEnv: { DOCKER_HOST: `unix://${path}` } })
test.beforeEach(() => rmSync(folder, { recursive: true, force: true }))

test('Says what was tried and what to do when there is no engine', async ({ workbench }) => {
  const view = await workbench.view('Containers')
  await expect(view.message).toContainText(
    'No engine listens at unix:///var/tmp/quayside-nowhere/docker.sock: it does not exist. Start it:',
  )
  await expect(view.row('Tried').description).toHaveText(
    'from DOCKER_HOST · unix:///var/tmp/quayside-nowhere/docker.sock',
  )
  await expect(view.row('The system said').description).toContainText('connect ENOENT')
  await workbench.screenshot('no-engine')
  await view.row('Connection Diagnostics').locator.click()
  await workbench.editor.shows('unix:///var/tmp/quayside-nowhere/docker.sock')
  await workbench.editor.shows('it does not exist')
  await view.row('Set an Address').locator.click()
  await expect(
    workbench.page.locator('.settings-editor .setting-item-label').filter({ hasText: 'Host' }),
  ).toBeVisible()
  await workbench.page.keyboard.press('Escape')
  await expect(workbench.page.locator('.settings-editor')).toBeHidden()
  await view.row('Choose Another Engine').locator.click()
  await expect(workbench.notifications.withText('No other engine was found')).toBeVisible()
})

test('Is filled at a click when the engine has been started', async ({ workbench }) => {
  const view = await workbench.view('Containers')
  const again = view.row('Try Again')
  await expect(again.locator).toBeVisible()
  mkdirSync(folder)
  const lists = ['containers', 'images'].map((what) => [`GET /${what}/json`, []])
  const events = ({ response }: Exchange): void => void response?.flushHeaders()
  const engine = await startScriptedEngine(
    { ...(Object.fromEntries(lists) as object), 'GET /events': events },
    { path },
  )
  try {
    await again.locator.click()
    await expect(view.welcome).toContainText('No containers yet')
    await expect(view.message).toBeEmpty()
  } finally {
    await engine.close()
  }
})
