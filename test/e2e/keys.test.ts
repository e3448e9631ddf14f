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
