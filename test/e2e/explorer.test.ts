import { expect, test } from './fixtures.ts'

test('Shows containers as they come, change and go', async ({ workbench, docker }) => {
  await docker('run', '-d', '--name', 'web', '--init', '-p', '127.0.0.1:0:80', 'busybox', 'sleep', '600')
  const view = await workbench.view('Containers')
  await expect(view.row('web').label).toBeVisible()
  await workbench.screenshot('containers')
  await docker('stop', '-t', '0', 'web')
  await expect.poll(() => view.row('web').spoken()).toContain('exited')
  await docker('rm', 'web')
  await expect.poll(() => view.texts()).toEqual([])
})
