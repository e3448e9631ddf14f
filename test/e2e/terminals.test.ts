import { expect, test, type Workbench } from './fixtures.ts'

/** Waits until there is a terminal of this name and shows it. */
async function toFront(workbench: Workbench, name: RegExp): Promise<void> {
  const { quickInput } = workbench
  await expect(async () => {
    if (await quickInput.widget.isVisible()) await quickInput.cancel()
    await workbench.runCommand('Terminal: Switch Active Terminal')
    await expect(quickInput.entry(name)).toBeVisible({ timeout: 2000 })
    await quickInput.entry(name).click({ timeout: 2000 })
  }).toPass()
}

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

test('Offers a shell in a container as a terminal profile', async ({ workbench, docker }) => {
  await docker('run', '-d', '--name', 'web', '--init', 'busybox', 'sleep', '600')
  await docker('run', '-d', '--name', 'db', '--init', '--hostname', 'database', 'busybox', 'sleep', '600')
  const view = await workbench.view('Containers')
  await expect(view.row('db').label).toBeVisible()
  // Asked early, VS Code offers no profile at all, its own neither.
  await expect(async () => {
    await workbench.runCommand('Create New Terminal (With Profile)')
    const offered = workbench.quickInput.entry('Container Shell')
    const there = await offered.waitFor({ timeout: 4000 }).then(
      () => true,
      () => false,
    )
    if (!there) await workbench.quickInput.cancel()
    expect(there).toBe(true)
  }).toPass()
  await workbench.quickInput.choose('Container Shell')
  await workbench.quickInput.answer('db', 'The container to open a shell in')
  await workbench.terminal.shows('/ #')
  await workbench.page.keyboard.type('hostname\n')
  await workbench.terminal.shows('database')
  await workbench.screenshot('profile')
})

test('Brings a shell and an attached program back after the window was loaded anew', async ({
  workbench,
  docker,
}) => {
  // The workbench is loaded twice.
  test.slow()
  await docker('run', '-d', '--name', 'web', '--init', 'busybox', 'sleep', '600')
  await docker('run', '-d', '--name', 'ticker', 'quayside/distroless')
  const view = await workbench.view('Containers')
  await view.row('web').menu('Open Shell as User or in Folder…')
  await workbench.quickInput.answer('www', 'User')
  await workbench.quickInput.answer('/www', 'Folder')
  await workbench.terminal.shows('~ $')
  await workbench.terminal.type('sleep 301\n')
  await expect.poll(() => docker('top', 'web')).toContain('sleep 301')
  await view.row('ticker').menu('Attach to Container')
  await workbench.terminal.shows(/tick \d+/)
  await workbench.load(workbench.page.url())
  await workbench.view('Containers')
  await toFront(workbench, /web/)
  await workbench.terminal.shows('this is a new shell')
  await workbench.terminal.type('id -un; pwd\n')
  await workbench.terminal.shows(/www\s+\/www/)
  await workbench.screenshot('terminals-again')
  await expect.poll(() => docker('top', 'web')).not.toContain('sleep 301')
  await toFront(workbench, /ticker/)
  await workbench.terminal.shows(/tick \d+/)
})

test('Runs a command as another user with variables, in a terminal', async ({ workbench, docker }) => {
  await docker('run', '-d', '--name', 'web', '--init', 'busybox', 'sleep', '600')
  const view = await workbench.view('Containers')
  await view.row('web').menu('Run Command with Options…')
  const { quickInput } = workbench
  await quickInput.choose('Command line')
  await quickInput.answer('echo "$(id -un) $GREETING"; read line; exit 6', 'Command line')
  await quickInput.choose('User')
  await quickInput.answer('www', 'User')
  await quickInput.choose('Environment')
  await quickInput.answer('GREETING="good day"', 'NAME=value')
  await expect(quickInput.entry('Environment')).toContainText('GREETING=•••')
  await workbench.screenshot('exec-form')
  await quickInput.choose('Run')
  await workbench.terminal.shows('www good day')
  await workbench.terminal.type('\n')
  await workbench.terminal.shows('exit code 6')
})
