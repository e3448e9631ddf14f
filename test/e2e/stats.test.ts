import { expect, test } from './fixtures.ts'

test('Shows the resource use of running containers as a table and as plots', async ({
  workbench,
  docker,
}) => {
  // The workbench is loaded twice.
  test.slow()
  const limits = ['-m', '64m', '--cpus', '0.5']
  await docker(
    ...['run', '-d', '--name', 'busy', '--init', ...limits, 'busybox', 'sh', '-c', 'while :; do :; done'],
  )
  await docker('run', '-d', '--name', 'calm', '--init', 'busybox', 'sleep', '600')
  await workbench.runCommand('Quayside Containers: Show Resource Use of All Running Containers')
  const page = workbench.webview
  const row = page.getByRole('row', { name: /^Plot busy/ })
  await expect(row).toContainText('/ 64.0 MiB')
  await expect.poll(async () => Number(/([\d.]+) %/.exec(await row.innerText())?.[1])).toBeGreaterThan(1)
  await expect(row).toContainText('/ 50.0 %')
  await expect(page.locator('canvas')).toHaveCount(5)
  await expect(page.locator('.u-legend').first()).toContainText(/Time:?\s*\d\d:\d\d:\d\d(?! ?[AP]M)/)
  await page.getByRole('button', { name: 'Container', exact: true }).press('Enter')
  await expect(page.getByRole('columnheader', { name: 'Container' })).toHaveAttribute(
    'aria-sort',
    'ascending',
  )
  await page.getByRole('button', { name: 'busy', exact: true }).press('Enter')
  await expect(page.getByRole('heading', { name: 'Processes of busy' })).toBeVisible()
  await expect(page.getByRole('cell', { name: /while :; do :; done/ }).first()).toBeVisible()
  // One container alone has its limits drawn in, as they are now.
  await page.getByRole('checkbox', { name: 'Plot busy' }).press('Space')
  await expect(page.locator('.u-legend').nth(0)).toContainText(/Limit:?\s*50\.0 %/)
  await expect(page.locator('.u-legend').nth(1)).toContainText(/Limit:?\s*64\.0 MiB/)
  await docker('update', '--cpus', '0.25', 'busy')
  await expect(row).toContainText('/ 25.0 %')
  await expect(page.locator('.u-legend').nth(0)).toContainText(/Limit:?\s*25\.0 %/)
  await workbench.screenshot('stats')
  // It comes back as it was when the window is loaded again.
  await workbench.reload()
  await expect(row).toContainText('/ 25.0 %')
  await expect(page.getByRole('checkbox', { name: 'Plot busy' })).toBeChecked()
  await expect(page.getByRole('checkbox', { name: 'Plot calm' })).not.toBeChecked()
  // One that is paused keeps its memory.
  await docker('pause', 'calm')
  await docker('kill', 'busy')
  await expect(row).toHaveCount(0)
  await expect(page.getByRole('row', { name: /^Plot calm/ })).toContainText(/0\.0 %.*iB/)
})

test('Shows CPU and memory in the rows of running containers once asked for', async ({
  workbench,
  docker,
}) => {
  await docker('run', '-d', '--name', 'calm', '--init', 'busybox', 'sleep', '600')
  await docker('run', '--name', 'over', 'busybox', 'true')
  const view = await workbench.view('Containers')
  await expect(view.row('calm').description).not.toContainText('iB')
  await workbench.runCommand('Quayside Containers: Show CPU and Memory in Rows')
  await expect(view.row('calm').description).toHaveText(/^[\d.]+ % · [\d.]+ [KM]iB · busybox/)
  await expect(view.row('over').description).not.toContainText('iB')
  await workbench.screenshot('use-in-rows')
  await workbench.runCommand('Quayside Containers: Hide CPU and Memory in Rows')
  await expect(view.row('calm').description).not.toContainText('iB')
})
