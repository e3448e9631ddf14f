import { expect, test } from './fixtures.ts'

test('Opens the best shell of a container, tells its exit code, and ends it with the terminal', async ({
  workbench,
  docker,
}) => {
  await docker('run', '-d', '--name', 'web', '--init', 'busybox', 'sleep', '600')
  const view = await workbench.view('Containers')
  await view.row('web').press('Open Shell in Container')
  await workbench.terminal.shows('/ #')
  await workbench.terminal.type('echo $((6*7)) 漢字\n')
  await workbench.terminal.shows('42 漢字')
  await workbench.screenshot('shell')
  await workbench.terminal.type('exit 7\n')
  await workbench.terminal.shows('exit code 7')
  await workbench.runCommand('Terminal: Kill All Terminals')
  await view.row('web').press('Open Shell in Container')
  await workbench.terminal.shows('/ #')
  await expect.poll(() => docker('top', 'web')).toMatch(/ash|sh\n?/)
  await workbench.runCommand('Terminal: Kill All Terminals')
  await expect.poll(async () => (await docker('top', 'web')).split('\n').length).toBe(3)
})

test('Says plainly that a container has no shell', async ({ workbench, docker }) => {
  await docker('run', '-d', '--name', 'bare', 'quayside/distroless')
  const view = await workbench.view('Containers')
  await view.row('bare').press('Open Shell in Container')
  await expect(workbench.notifications.withText(/bare has no shell/)).toBeVisible()
})

test('Attaches to the main process; closing the terminal leaves it running', async ({
  workbench,
  docker,
}) => {
  await docker('run', '-d', '--name', 'ticker', 'quayside/distroless')
  const view = await workbench.view('Containers')
  await view.row('ticker').menu('Attach to Container')
  await workbench.terminal.shows(/tick \d+/)
  await workbench.runCommand('Terminal: Kill All Terminals')
  expect(await docker('inspect', '-f', '{{.State.Running}}', 'ticker')).toBe('true')
})

test('Runs one command and shows its output and exit code', async ({ workbench, docker }) => {
  await docker('run', '-d', '--name', 'web', '--init', '-e', 'COLOUR=green', 'busybox', 'sleep', '600')
  await workbench.runCommand('Quayside Containers: Run Command in Container…')
  await workbench.quickInput.choose('web')
  await workbench.quickInput.answer('echo "$COLOUR"; exit 4')
  await workbench.editor.shows('Exit code: 4')
  await workbench.editor.shows('green')
})
