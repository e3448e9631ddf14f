import { expect, test } from './fixtures.ts'

test('Delete removes what is selected, and F2 renames it', async ({ workbench, docker }) => {
  await docker('create', '--name', 'old', 'busybox', 'true')
  await docker('create', '--name', 'kept', 'busybox', 'true')
  const view = await workbench.view('Containers')
  await view.row('old').select()
  await workbench.page.keyboard.press('Delete')
  expect(await workbench.dialog.text()).toContain('Remove the container old')
  await workbench.dialog.press('Remove')
  await expect.poll(() => docker('ps', '-a', '--format', '{{.Names}}')).toBe('kept')
  await view.row('kept').select()
  await workbench.page.keyboard.press('F2')
  await workbench.quickInput.answer('renamed')
  await expect.poll(() => docker('ps', '-a', '--format', '{{.Names}}')).toBe('renamed')
})

test('A verb from the palette is done to the row that Enter is pressed on, or to those that are marked', async ({
  workbench,
  docker,
}) => {
  for (const name of ['web', 'db', 'cache'])
    await docker('run', '-d', '--name', name, '--init', 'busybox', 'sleep', '600')
  const running = async (): Promise<string[]> =>
    (await docker('ps', '--format', '{{.Names}}')).split('\n').filter(Boolean).sort()
  const { quickInput, page } = workbench
  await workbench.runCommand('Quayside Containers: Stop')
  await expect(quickInput.entry('web')).toBeVisible()
  await quickInput.cancel()
  await workbench.runCommand('Quayside Containers: Stop')
  await expect(quickInput.entry('web')).toBeVisible()
  await quickInput.input.fill('web')
  await expect(quickInput.entry('db')).toHaveCount(0)
  await page.keyboard.press('Enter')
  await expect.poll(running).toEqual(['cache', 'db'])
  await workbench.runCommand('Quayside Containers: Stop')
  await expect(quickInput.entry('web')).toHaveCount(0)
  await quickInput.tick('db', 'cache')
  await expect.poll(running).toEqual([])
  await workbench.runCommand('Quayside Containers: Stop')
  await expect(workbench.notifications.withText('No container is in a state for “Stop”.')).toBeVisible()
})
