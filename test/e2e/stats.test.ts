import { expect, test } from './fixtures.ts'

test('Shows the resource use of running containers as a table and as plots', async ({
  workbench,
  docker,
}) => {
  await docker(
    'run',
    '-d',
    '--name',
    'busy',
    '--init',
    '-m',
    '64m',
    'busybox',
    'sh',
    '-c',
    'while :; do :; done',
  )
  await docker('run', '-d', '--name', 'calm', '--init', 'busybox', 'sleep', '600')
  await workbench.runCommand('Quayside Containers: Show Resource Use of All Running Containers')
  const page = workbench.webview
  const row = page.getByRole('row', { name: /^Plot busy/ })
  await expect(row).toContainText('/ 64.0 MiB')
  await expect.poll(async () => Number(/([\d.]+) %/.exec(await row.innerText())?.[1])).toBeGreaterThan(10)
  await expect(page.locator('canvas')).toHaveCount(4)
  await workbench.screenshot('stats')
  await docker('kill', 'busy')
  await expect(row).toHaveCount(0)
})
