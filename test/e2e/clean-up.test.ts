import { expect, test } from './fixtures.ts'

test('Cleans up what was chosen after showing all of it, and logs the docker lines', async ({
  workbench,
  docker,
}) => {
  await docker('create', '--name', 'old', 'busybox', 'true')
  await docker('network', 'create', 'loose')
  await docker('volume', 'create', 'precious')
  await workbench.view('Engines')
  await workbench.runCommand('Quayside System: Clean Up…')
  await expect.poll(() => workbench.quickInput.labels()).toContain('Stopped containers')
  await workbench.page.keyboard.press('Enter')
  const asked = await workbench.dialog.text()
  expect(asked).toContain('container: old')
  expect(asked).toContain('network: loose')
  expect(asked).not.toContain('precious')
  await workbench.screenshot('clean-up')
  await workbench.dialog.press('Remove')
  await expect.poll(() => docker('ps', '-a', '--format', '{{.Names}}')).toBe('')
  await expect.poll(() => docker('network', 'ls', '--format', '{{.Name}}')).not.toContain('loose')
  expect(await docker('volume', 'ls', '-q')).toContain('precious')
  await expect.poll(() => workbench.output('Quayside')).toContain('$ docker rm old')
  await docker('volume', 'rm', 'precious')
})
