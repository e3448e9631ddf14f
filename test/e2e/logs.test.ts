import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test, type Workbench } from './fixtures.ts'

const server = `echo 'INFO server started'; echo '{"level":"warn","msg":"disk low","free":3}'; echo 'ERROR boom' >&2; echo 'TypeError: x'; echo '    at run (/app/serve.sh:3:1)'; printf '\\033[32mgreen\\033[0m <img src=x onerror=alert(1)>\\n'; exec sleep 600`

/** The directives by which a page is refused an image, a script, styles and an address. */
const refusals = async (page: Workbench['webview']): Promise<string[]> =>
  page.locator('body').evaluate(`(async () => {
    const refused = (ask) => new Promise((done) => {
      const told = (event) => done(event.effectiveDirective)
      document.addEventListener('securitypolicyviolation', told, { once: true })
      ask()
    })
    const added = async (tag, properties) => {
      const element = Object.assign(document.createElement(tag), properties)
      const directive = await refused(() => document.body.append(element))
      element.remove()
      return directive
    }
    return [
      await added('img', { src: 'data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw==' }),
      await added('script', { src: 'data:text/javascript,0' }),
      await added('link', { rel: 'stylesheet', href: 'data:text/css,p{}' }),
      await refused(() => void fetch('data:text/plain,x').catch(() => undefined)),
    ]
  })()`)

type Docker = (...args: string[]) => Promise<unknown>

/** A container that runs this in a shell, and its log in the viewer. */
async function logOf(workbench: Workbench, docker: Docker, name: string, command: string) {
  await docker('run', '-d', '--init', '--name', name, 'busybox:latest', 'sh', '-c', command)
  const view = await workbench.view('Containers')
  await view.row(name).menu('View Logs')
  return workbench.webview
}

/** The texts of the lines in the viewer. */
const lines = async (workbench: Workbench): Promise<string[]> =>
  workbench.webview.locator('.row .text').allInnerTexts()

test('Shows the log of a container, follows it, filters and searches', async ({ workbench, docker }) => {
  const page = await logOf(workbench, docker, 'web', server)
  await expect(page.getByText('disk low')).toBeVisible()
  // What a container prints is text, and nothing else.
  await expect(page.getByText('green <img src=x onerror=alert(1)>')).toBeVisible()
  await expect(page.locator('.row img')).toHaveCount(0)
  expect(await refusals(page)).toEqual(['img-src', 'script-src-elem', 'style-src-elem', 'connect-src'])
  await expect(page.getByText('at run (')).toHaveCount(0)
  await page.getByRole('button', { name: '+1 line' }).click()
  await expect(page.getByText('at run (')).toBeVisible()

  await page.getByRole('textbox', { name: 'Filter' }).fill('disk|boom')
  await page.getByRole('button', { name: 'Use Regular Expression' }).nth(1).click()
  await expect.poll(async () => (await lines(workbench)).sort()).toEqual(['ERROR boom', 'disk low  free=3'])
  await page.getByRole('textbox', { name: 'Filter' }).fill('')
  await page.getByRole('combobox', { name: 'Least level' }).selectOption({ label: 'Errors (3)' })
  await expect.poll(async () => (await lines(workbench)).length).toBe(3)
  await page.getByRole('combobox', { name: 'Least level' }).selectOption('0')

  await page.getByRole('textbox', { name: 'Filter' }).fill('nothing that is there')
  await expect(page.getByText('No line fits the filter')).toBeVisible()
  await page.getByRole('button', { name: 'Show All Lines' }).click()
  await expect(page.getByText('No line fits the filter')).toHaveCount(0)
  await expect(page.getByText('disk low')).toBeVisible()
  await expect(page.getByRole('textbox', { name: 'Filter' })).toHaveValue('')

  await page.getByRole('textbox', { name: 'Search' }).fill('SERVER')
  await expect(page.locator('mark')).toHaveText('server')
  await page.getByRole('textbox', { name: 'Search' }).press('Enter')
  await expect(page.getByRole('status').filter({ hasText: '1 of 1' })).toBeVisible()
  await workbench.screenshot('logs-dark')

  // The file of the workspace that the container has in another folder.
  await page.getByRole('link', { name: '/app/serve.sh:3:1' }).click()
  await expect(workbench.editor.title).toHaveText('serve')
  await expect(workbench.statusBar('Ln 3, Col 1')).toBeVisible()
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

test('Says that there is no line yet, and of a removed container that it was removed', async ({
  workbench,
  docker,
}) => {
  const command = 'while [ ! -e /go ]; do sleep 0.1; done; echo hello; exec sleep 600'
  const page = await logOf(workbench, docker, 'quiet', command)
  await expect(page.getByText('There is no line yet.')).toBeVisible()
  await docker('exec', 'quiet', 'touch', '/go')
  await expect(page.getByText('hello', { exact: true })).toBeVisible()
  await expect(page.getByText('There is no line yet.')).toHaveCount(0)
  await docker('rm', '-f', 'quiet')
  await expect(page.getByText('quiet was removed')).toBeVisible()
  const marks = (await lines(workbench)).filter((line) => !/^quiet exited with code 137$/.test(line))
  expect(marks).toEqual(['hello', 'quiet was removed'])
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

  test('Opens the log in the panel, and again after a reload of the window', async ({
    workbench,
    docker,
  }) => {
    await docker('run', '-d', '--init', '--name', 'web', 'busybox:latest', 'sh', '-c', server)
    const view = await workbench.view('Containers')
    await view.row('web').menu('View Logs')
    const page = workbench.webview
    await expect(page.getByText('disk low')).toBeVisible()
    await workbench.screenshot('logs-light-panel')
    await page.getByRole('textbox', { name: 'Filter' }).fill('disk')
    await expect.poll(() => lines(workbench)).toEqual(['disk low  free=3'])

    const again = workbench.page.waitForEvent('load')
    await workbench.runCommand('Developer: Reload Window')
    await again
    await expect(page.getByRole('textbox', { name: 'Filter' })).toHaveValue('disk')
    await expect.poll(() => lines(workbench)).toEqual(['disk low  free=3'])
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

test.describe('with little memory', () => {
  test.use({ settings: { 'quayside.logs.memory': 4, 'quayside.logs.tail': 1000 } })

  test('Says that lines left the buffer, and reads them from the engine again', async ({
    workbench,
    docker,
  }) => {
    const command =
      'echo the very first; while [ ! -e /go ]; do sleep 0.1; done; seq -w 1 200000; exec sleep 600'
    await docker('run', '-d', '--init', '--name', 'chatty', 'busybox:latest', 'sh', '-c', command)
    const view = await workbench.view('Containers')
    await view.row('chatty').menu('View Logs')
    const page = workbench.webview
    await expect(page.getByText('the very first')).toBeVisible()
    await docker('exec', 'chatty', 'touch', '/go')
    await expect(page.getByText('200000', { exact: true })).toBeVisible({ timeout: 60_000 })
    await expect(page.locator('footer')).toContainText('older lines left the buffer')
    await page.getByRole('listbox').press('Home')
    const top = page.locator('.row .text').first()
    // The oldest of some hundred thousand: no line of the end any more.
    await expect.poll(async () => Number(await top.innerText())).toBeLessThan(190_000)
    const before = Number(await top.innerText())
    expect(before).toBeGreaterThan(1)
    await docker('exec', 'chatty', 'sh', '-c', 'echo 200001 > /proc/1/fd/1')
    await expect(page.locator('.newer')).toHaveText('↓ 1 new line')
    await workbench.screenshot('logs-older')
    await page.getByRole('button', { name: 'Load older lines from the engine' }).click()
    await expect(page.locator('footer')).toContainText('newer lines left the buffer')
    await page.getByRole('listbox').press('Home')
    await expect.poll(async () => Number(await top.innerText())).toBe(before - 5000)
    await page.getByRole('button', { name: 'Go to the newest lines (End)' }).click()
    await expect(page.getByText('200000', { exact: true })).toBeVisible({ timeout: 60_000 })
  })
})

test('Comes back as it was left when the window is loaded again', async ({ workbench, docker }) => {
  const page = await logOf(workbench, docker, 'web', server)
  await expect(page.getByText('disk low')).toBeVisible()
  await page.getByRole('textbox', { name: 'Filter' }).fill('disk')
  await expect.poll(() => lines(workbench)).toEqual(['disk low  free=3'])
  await page.getByRole('spinbutton', { name: 'Lines around matches' }).fill('1')
  await page.getByRole('spinbutton', { name: 'Lines around matches' }).press('Enter')
  await expect
    .poll(() => lines(workbench))
    .toEqual(expect.arrayContaining(['INFO server started', 'disk low  free=3']))
  await page.getByRole('button', { name: 'Words that are marked' }).click()
  await page.getByRole('textbox', { name: 'Word to highlight' }).fill('server')
  await page.getByRole('textbox', { name: 'Word to highlight' }).press('Enter')
  await expect(page.locator('mark.kind-1').filter({ hasText: 'server' }).first()).toBeVisible()
  await page.getByRole('textbox', { name: 'Word to highlight' }).press('Escape')

  await workbench.reload()
  await expect(page.getByRole('textbox', { name: 'Filter' })).toHaveValue('disk')
  await expect
    .poll(() => lines(workbench))
    .toEqual(expect.arrayContaining(['INFO server started', 'disk low  free=3']))
  await expect(page.locator('.row mark.kind-1')).toHaveText('server')
  await workbench.screenshot('logs-restored')
})

test('Saves everything to a file, copies lines, opens them as a document and in a terminal', async ({
  workbench,
  docker,
  folder,
}) => {
  const command = 'for i in $(seq 1 30); do echo line $i; done; exec sleep 600'
  await docker('run', '-d', '--init', '--name', 'web', 'busybox:latest', 'sh', '-c', command)
  const view = await workbench.view('Containers')
  await view.row('web').menu('View Logs')
  const page = workbench.webview
  await expect(page.getByText('line 30', { exact: true })).toBeVisible()
  const more = async (name: string): Promise<void> => {
    await page.getByRole('button', { name: 'More', exact: true }).click()
    await page.getByRole('button', { name, exact: true }).click()
  }
  const numbered = Array.from({ length: 30 }, (_, index) => `line ${index + 1}`)
  await page.getByRole('button', { name: 'Which part of the log is shown' }).click()
  await page.getByLabel('Lines from the end').fill('2')
  await page.getByLabel('Lines from the end').press('Enter')
  await expect.poll(() => lines(workbench)).toEqual(['line 29', 'line 30'])
  await page.getByLabel('Lines from the end').press('Escape')

  await more('Save to File…')
  await workbench.quickInput.choose('Text')
  const file = join(folder, 'web.log')
  await workbench.quickInput.save(file)
  await expect(workbench.notifications.withText(/Saved \d+/)).toBeVisible()
  expect(readFileSync(file, 'utf8').trim().split('\n')).toEqual(numbered)

  await page.getByText('line 29', { exact: true }).click()
  await page.getByText('line 30', { exact: true }).click({ modifiers: ['Shift'] })
  await workbench.page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await more('Copy Lines')
  const copied = async (): Promise<string> => await workbench.page.evaluate('navigator.clipboard.readText()')
  await expect.poll(copied).toBe('line 29\nline 30\n')
  await more('Copy Lines with Times')
  await expect.poll(copied).toMatch(/^\S+Z line 29\n\S+Z line 30\n$/)

  await more('Open as Document')
  await expect.poll(() => workbench.editor.text()).toContain('line 30')
  await workbench.page.locator('.tab').filter({ hasText: 'Logs: web' }).click()
  await more('Tail in Terminal')
  await workbench.terminal.shows('line 30')

  // A setting says where “View Logs” shows them.
  await docker(
    'run',
    '-d',
    '--init',
    '--name',
    'db',
    'busybox:latest',
    'sh',
    '-c',
    'echo ready; exec sleep 600',
  )
  const opens = async (place: 'document' | 'terminal', shown: () => Promise<void>): Promise<void> => {
    mkdirSync(join(folder, '.vscode'), { recursive: true })
    writeFileSync(join(folder, '.vscode', 'settings.json'), JSON.stringify({ 'quayside.logs.open': place }))
    // The editor reads the file in its own time.
    await expect(async () => {
      await view.row('db').menu('View Logs')
      await shown()
    }).toPass()
  }
  await opens('document', () => expect(workbench.editor.title).toHaveText('db', { timeout: 3000 }))
  await workbench.editor.shows('ready')
  await opens('terminal', () =>
    expect.poll(() => workbench.terminal.text(), { timeout: 3000 }).toMatch(/^ready/),
  )
})

test.describe('with the font of a terminal', () => {
  test.use({ settings: { 'terminal.integrated.fontSize': 19, 'terminal.integrated.fontFamily': 'serif' } })

  test('Shows times, wraps long lines, tells of a terminal, gives up an expression without end, and is used where it is narrow', async ({
    workbench,
    docker,
  }) => {
    const bait = `${'a'.repeat(300)}!`
    const command = `echo INFO ready; echo ${bait}; exec sleep 600`
    await docker('run', '-d', '-t', '--init', '--name', 'web', 'busybox:latest', 'sh', '-c', command)
    const view = await workbench.view('Containers')
    await view.row('web').menu('View Logs')
    const page = workbench.webview
    const ready = page.locator('.row').filter({ hasText: 'INFO ready' })
    await expect(ready).toBeVisible()
    await expect(ready).toHaveCSS('font-size', '19px')
    await expect(ready).toHaveCSS('font-family', 'serif')
    await expect(page.locator('footer')).toContainText('its errors cannot be told from the rest')

    await page.getByRole('combobox', { name: 'Times' }).selectOption({ label: 'UTC' })
    await expect(ready.locator('.time')).toHaveText(/^\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}Z$/)
    await page.getByRole('combobox', { name: 'Times' }).selectOption({ label: 'No times' })
    await expect(ready.locator('.time')).toHaveCount(0)

    const long = page.locator('.row').filter({ hasText: 'aaa' })
    const heights = async (): Promise<number> =>
      (await long.boundingBox())!.height / (await ready.boundingBox())!.height
    expect(await heights()).toBeCloseTo(1, 1)
    await page.getByRole('button', { name: 'Wrap long lines' }).click()
    await expect.poll(heights).toBeGreaterThan(2)

    await page.getByRole('button', { name: 'Use Regular Expression' }).nth(1).click()
    await page.getByRole('textbox', { name: 'Filter' }).fill('(a+)+$')
    await expect(page.locator('footer')).toContainText('This expression takes too long')
    await expect(ready).toBeVisible()
    await page.getByRole('textbox', { name: 'Filter' }).fill('a{300}!$')
    await expect(page.locator('.row')).toHaveCount(1)
    await expect(long).toBeVisible()

    await page.getByRole('textbox', { name: 'Filter' }).fill('')
    await workbench.page.setViewportSize({ width: 620, height: 560 })
    await page.getByRole('listbox').focus()
    await expect.poll(async () => (await page.locator('main').boundingBox())!.height).toBeGreaterThan(280)
    await page.getByRole('textbox', { name: 'Search' }).fill('ready')
    await page.getByRole('textbox', { name: 'Search' }).press('Enter')
    await expect(page.locator('.row.current')).toContainText('INFO ready')
    await expect(page.locator('.row.current mark')).toBeInViewport()
    await expect(page.getByRole('button', { name: 'Next match (Enter)' })).toBeInViewport({ ratio: 1 })
    await workbench.screenshot('logs-narrow')
    await workbench.page.setViewportSize({ width: 620, height: 430 })
    await expect.poll(async () => (await page.locator('body').boundingBox())!.height).toBeLessThan(421)
    // A click would hit what lies over it.
    await page.locator('.row.current mark').click({ trial: true })
  })
})

test('Every control is reached by keyboard and has a name; new lines are read out on request', async ({
  workbench,
  docker,
}) => {
  const page = await logOf(workbench, docker, 'web', 'echo first; exec sleep 600')
  await expect(page.getByText('first', { exact: true })).toBeVisible()
  const reached: (string | null)[] = ['Search']
  await page.getByRole('textbox', { name: 'Search' }).focus()
  while (reached.at(-1) !== 'Logs of web' && reached.length < 40) {
    await workbench.page.keyboard.press('Tab')
    reached.push(await page.locator(':focus').getAttribute('aria-label'))
  }
  const choices = ['Match Case', 'Match Whole Word', 'Use Regular Expression']
  expect(reached).toEqual([
    ...['Search', ...choices, 'Previous match (Shift+Enter)', 'Next match (Enter)'],
    ...['Filter', ...choices, 'Hide', ...choices],
    ...['Least level', 'Times', 'Wrap long lines', 'Fold stack traces to their first line'],
    ...['Show JSON and logfmt lines as message and fields', 'Words that are marked in these logs'],
    ...['Which part of the log is shown', 'More', 'Logs of web'],
  ])
  await workbench.page.keyboard.press('Shift+Tab')
  await workbench.page.keyboard.press('Enter')
  const reading = page.getByRole('button', { name: 'Let a screen reader read new lines' })
  await reading.focus()
  await workbench.page.keyboard.press('Enter')
  await expect(reading).toHaveAttribute('aria-pressed', 'true')
  await docker('exec', 'web', 'sh', '-c', 'echo spoken > /proc/1/fd/1')
  await expect(page.getByRole('log')).toContainText('spoken')
  await expect(page.getByRole('log')).not.toContainText('first')
})
