import { expect, test } from './fixtures.ts'

test.use({
  workspace: 'empty',
  files: {
    'shop/compose.yaml': `services:
  web:
    image: busybox:1.36
    command: sleep 600
    init: true
    depends_on: [db]
  db:
    image: busybox:1.36
    command: sleep 600
    init: true
`,
  },
})

test('Shows compose projects of the folder, brings them up and takes them down', async ({
  workbench,
  docker,
}) => {
  const view = await workbench.view('Compose')
  await expect(view.row('shop').description).toContainText('not running')
  await view.row('shop').press('Up')
  await workbench.terminal.shows('Done.')
  await expect(view.row('shop').description).toContainText('2/2 services running')
  expect((await docker('ps', '--format', '{{.Names}}')).split('\n').sort()).toEqual([
    'shop-db-1',
    'shop-web-1',
  ])
  await workbench.screenshot('compose')
  await view.row('shop').menu('Down…')
  await workbench.dialog.press('Down')
  await expect.poll(() => docker('ps', '-aq')).toBe('')
  await expect(view.row('shop').description).toContainText('not running')
})

test('Brings services up from a lens in the file, and goes from the view to their lines', async ({
  workbench,
  docker,
}) => {
  await workbench.openFile('shop/compose.yaml')
  await workbench.editor.lens('Up').last().click()
  await workbench.terminal.shows('Done.')
  await expect.poll(() => docker('ps', '--format', '{{.Names}}')).toContain('shop-db-1')
  const view = await workbench.view('Compose')
  await expect(view.row('shop').description).toContainText('services running')
  await view.row('shop').expand()
  await view.row('web').press('Go to File')
  await expect(workbench.statusBar(/Ln 2,/)).toBeVisible()
})
