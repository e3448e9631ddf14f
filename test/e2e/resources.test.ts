import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from './fixtures.ts'

test('Lists images by repository, tags them, and tells untagging from deleting', async ({
  workbench,
  docker,
}) => {
  const view = await workbench.view('Images')
  await expect(view.row('busybox').label).toBeVisible()
  await workbench.runCommand('Quayside Images: Tag…')
  await workbench.quickInput.choose('busybox:1.36')
  await workbench.quickInput.answer('mine/tool:2')
  await expect(view.row('mine/tool').label).toBeVisible()
  await view.row('mine/tool').expand()
  await workbench.screenshot('images')
  await view.row('2').menu('Remove…')
  await workbench.dialog.press(/Remove|Untag/)
  await expect(view.row('mine/tool').label).toHaveCount(0)
  expect(await docker('images', '-q', 'busybox:1.36')).not.toBe('')
})

test('Names who uses an image, saves it to a file, removes it dangling, and loads it again', async ({
  workbench,
  docker,
  folder,
}) => {
  await docker('run', '--name', 'maker', 'busybox', 'touch', '/made')
  await docker('commit', 'maker', 'mine:1')
  await docker('create', '--name', 'holder', 'mine:1')
  const view = await workbench.view('Images')
  await view.row('mine').expand()
  await view.row('1').menu('Remove…')
  await workbench.dialog.press('Remove')
  await expect(workbench.notifications.withText(/It is used by holder/)).toBeVisible()
  await docker('rm', 'holder', 'maker')

  const archive = join(folder, 'mine-1.tar')
  await view.row('1').menu('Save as Tar…')
  await workbench.quickInput.save(archive)
  await expect.poll(() => existsSync(archive)).toBe(true)

  await docker('tag', 'busybox:1.36', 'mine:1')
  await workbench.runCommand('Quayside Images: Remove Dangling Images…')
  await workbench.dialog.press('Remove')
  await expect.poll(() => docker('images', '-qf', 'dangling=true')).toBe('')
  await docker('rmi', 'mine:1')
  await expect(view.row('mine').label).toHaveCount(0)

  await workbench.runCommand('Quayside Images: Load from Tar…')
  await workbench.quickInput.choose('mine-1.tar')
  await expect(view.row('mine').label).toBeVisible()
})

test('Creates, shows and removes volumes, with who uses them', async ({ workbench, docker }) => {
  const view = await workbench.view('Volumes')
  await workbench.runCommand('Quayside Volumes: Create Volume…')
  await workbench.quickInput.answer('data', 'Name')
  await expect(view.row('data').label).toBeVisible()
  await docker('run', '-d', '--name', 'db', '--init', '-v', 'data:/data', 'busybox', 'sleep', '600')
  await expect(view.row('data').description).toContainText('db')
  await docker('exec', 'db', 'sh', '-c', 'head -c 3000000 /dev/zero >/data/big')
  await view.press('Measure Sizes')
  await expect(view.row('data').description).toContainText('3 MB')
  await workbench.screenshot('volumes')
  await docker('rm', '-f', 'db')
  await view.row('data').menu('Remove…')
  await workbench.dialog.press(/Remove/)
  await expect(view.row('data').label).toHaveCount(0)
  expect(await docker('volume', 'ls', '-q')).not.toContain('data')
})

test('Creates networks, connects containers, and shows their addresses', async ({ workbench, docker }) => {
  await docker('run', '-d', '--name', 'web', '--init', 'busybox', 'sleep', '600')
  const view = await workbench.view('Networks')
  await docker('network', 'create', '--subnet', '172.31.90.0/24', 'backend')
  await expect(view.row('backend').label).toBeVisible()
  await docker('network', 'connect', '--ip', '172.31.90.9', 'backend', 'web')
  await view.row('backend').expand()
  await expect(view.row('web').description).toContainText('172.31.90.9')
  await workbench.screenshot('networks')
  await view.row('web').menu('Disconnect')
  await expect(view.row('web').label).toHaveCount(0)
  await view.row('backend').menu('Remove…')
  await workbench.dialog.press(/Remove/)
  await expect(view.row('backend').label).toHaveCount(0)
})

test('Shows the engine with the versions of its parts', async ({ workbench }) => {
  const view = await workbench.view('Engines')
  await expect(view.row('DOCKER_HOST').label).toBeVisible()
  await view.row('DOCKER_HOST').expand()
  await expect.poll(async () => (await view.texts()).join('\n')).toMatch(/containerd/)
  await workbench.screenshot('engines')
  await workbench.runCommand('Quayside Engines: Show Connection Diagnostics')
  await workbench.editor.shows('from the environment variable DOCKER_HOST')
})

test('Comes back by itself when the engine was killed and started again', async ({
  workbench,
  docker,
  engine,
}) => {
  await docker('create', '--name', 'kept', 'busybox')
  await docker('create', '--name', 'shop-web-1', '--label', 'com.docker.compose.project=shop', 'busybox')
  const view = await workbench.view('Containers')
  await expect(view.row('kept').label).toBeVisible()
  await view.row('shop').collapse()
  await expect(view.row('shop-web-1').label).toHaveCount(0)
  await engine.kill()
  await expect(view.row('Tried').label).toBeVisible()
  await expect(view.row('Try Again').label).toBeVisible()
  await expect(view.message).not.toBeEmpty()
  await expect(view.welcome).toBeHidden()
  await workbench.screenshot('engine-gone')
  await engine.start()
  await expect(view.row('kept').label).toBeVisible({ timeout: 40_000 })
  // What was closed by hand is closed still.
  await expect(view.row('shop').locator).toHaveAttribute('aria-expanded', 'false')
  await view.row('shop').expand()
  await expect(view.row('shop-web-1').label).toBeVisible()
})
