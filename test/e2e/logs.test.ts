import { expect, test, type Workbench } from './fixtures.ts'

const server = `echo 'INFO server started'; echo '{"level":"warn","msg":"disk low","free":3}'; echo 'ERROR boom' >&2; echo 'TypeError: x'; echo '    at run (/app/index.js:3:1)'; printf '\\033[32mgreen\\033[0m <img src=x onerror=alert(1)>\\n'; exec sleep 600`

/** The texts of the lines in the viewer. */
const lines = async (workbench: Workbench): Promise<string[]> =>
  workbench.webview.locator('.row .text').allInnerTexts()

test('Shows the log of a container, follows it, filters and searches', async ({ workbench, docker }) => {
  await docker('run', '-d', '--init', '--name', 'web', 'busybox:latest', 'sh', '-c', server)
  const view = await workbench.view('Containers')
  await view.row('web').menu('View Logs')
  const page = workbench.webview
  await expect(page.getByText('disk low')).toBeVisible()
  // What a container prints is text, and nothing else.
  await expect(page.getByText('green <img src=x onerror=alert(1)>')).toBeVisible()
  await expect(page.locator('.row img')).toHaveCount(0)
  await expect(page.getByText('at run (')).toHaveCount(0)
  await page.getByRole('button', { name: '+1 lines' }).click()
  await expect(page.getByText('at run (')).toBeVisible()

  await page.getByRole('textbox', { name: 'Filter' }).fill('disk|boom')
  await page.getByRole('button', { name: 'Use Regular Expression' }).nth(1).click()
  await expect.poll(async () => (await lines(workbench)).sort()).toEqual(['ERROR boom', 'disk low  free=3'])
  await page.getByRole('textbox', { name: 'Filter' }).fill('')
  await page.getByRole('combobox', { name: 'Least level' }).selectOption({ label: 'Errors (3)' })
  await expect.poll(async () => (await lines(workbench)).length).toBe(3)
  await page.getByRole('combobox', { name: 'Least level' }).selectOption('0')

  await page.getByRole('textbox', { name: 'Search' }).fill('SERVER')
  await expect(page.locator('mark')).toHaveText('server')
  await page.getByRole('textbox', { name: 'Search' }).press('Enter')
  await expect(page.getByRole('status').filter({ hasText: '1 of 1' })).toBeVisible()
  await workbench.screenshot('logs-dark')
})

test('Marks a restart and goes on with the next run', async ({ workbench, docker }) => {
  await docker(
    'run',
    '-d',
    '--init',
    '--name',
    'job',
    'busybox:latest',
    'sh',
    '-c',
    'n=$(cat /n 2>/dev/null || echo 1); echo run $n; echo $((n+1)) > /n; exec sleep 600',
  )
  const view = await workbench.view('Containers')
  await view.row('job').menu('View Logs')
  const page = workbench.webview
  await expect(page.getByText('run 1', { exact: true })).toBeVisible()
  await docker('kill', 'job')
  await expect(page.getByText(/^job exited with code \d+$/)).toBeVisible()
  await docker('start', 'job')
  await expect(page.getByText('run 2', { exact: true })).toBeVisible()
  await expect(page.getByText('job was started')).toBeVisible()
  await expect(page.getByText('run 1', { exact: true })).toHaveCount(1)
})

test('Merges the logs of a compose project, each line with its service; a service can be hidden', async ({
  workbench,
  docker,
}) => {
  for (const service of ['web', 'db'])
    await docker(
      'run',
      '-d',
      '--init',
      '--name',
      `shop-${service}-1`,
      '--label',
      'com.docker.compose.project=shop',
      '--label',
      `com.docker.compose.service=${service}`,
      '--label',
      'com.docker.compose.container-number=1',
      '--label',
      'com.docker.compose.oneoff=False',
      'busybox:latest',
      'sh',
      '-c',
      `echo hello from ${service}; exec sleep 600`,
    )
  const view = await workbench.view('Containers')
  await view.row('shop').menu('View Logs')
  const page = workbench.webview
  await expect.poll(async () => (await lines(workbench)).sort()).toEqual(['hello from db', 'hello from web'])
  await page.getByRole('group', { name: 'Containers' }).getByRole('button', { name: 'db' }).click()
  await expect.poll(() => lines(workbench)).toEqual(['hello from web'])
})

test.describe('in the panel, in a light theme', () => {
  test.use({ settings: { 'quayside.logs.open': 'panel', 'workbench.colorTheme': 'Default Light Modern' } })

  test('Opens the log in the panel', async ({ workbench, docker }) => {
    await docker('run', '-d', '--init', '--name', 'web', 'busybox:latest', 'sh', '-c', server)
    const view = await workbench.view('Containers')
    await view.row('web').menu('View Logs')
    await expect(workbench.webview.getByText('disk low')).toBeVisible()
    await workbench.screenshot('logs-light-panel')
  })
})

test.describe('in high contrast', () => {
  test.use({
    settings: { 'workbench.colorTheme': 'Default High Contrast', 'quayside.logs.timestamps': 'utc' },
  })

  test('Is used by keyboard alone', async ({ workbench, docker }) => {
    await docker('run', '-d', '--init', '--name', 'web', 'busybox:latest', 'sh', '-c', server)
    const view = await workbench.view('Containers')
    await view.row('web').menu('View Logs')
    const page = workbench.webview
    await expect(page.getByText('disk low')).toBeVisible()
    const list = page.getByRole('listbox')
    await list.focus()
    await list.press('ArrowUp')
    await list.press('ArrowUp')
    await expect(page.locator('.row.current')).toHaveCount(1)
    await list.press('/')
    await expect(page.getByRole('textbox', { name: 'Search' })).toBeFocused()
    await page.getByRole('textbox', { name: 'Search' }).fill('disk')
    await page.getByRole('textbox', { name: 'Search' }).press('Enter')
    await expect(page.locator('.row.current')).toContainText('disk low')
    await page.getByRole('textbox', { name: 'Search' }).press('Escape')
    await list.press('Enter')
    await expect(page.locator('.row.current dl')).toContainText('free')
    await workbench.screenshot('logs-high-contrast')
  })
})
