import { expect, test } from './fixtures.ts'

test.use({ trustAsked: true })

test('In a folder that is not trusted engines can be handled, and nothing of the folder is run', async ({
  workbench,
  docker,
}) => {
  await docker('run', '-d', '--name', 'web', '--init', 'busybox', 'sleep', '600')
  await expect(workbench.statusBar('Restricted Mode')).toBeVisible()
  const view = await workbench.view('Containers')
  await view.row('web').press('Stop')
  await expect.poll(() => docker('inspect', '-f', '{{.State.Running}}', 'web')).toBe('false')
  const titles = await workbench.paletteTitles('Quayside Compose')
  expect(titles).toContain('Quayside Compose: Compose View Logs')
  expect(titles.filter((title) => /Compose (Up|Down|Build|Start)/.test(title))).toEqual([])
})
