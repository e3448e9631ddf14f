import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from './fixtures.ts'

test.use({
  workspace: 'empty',
  files: {
    'shop/compose.yaml': `services:
  web:
    image: busybox:1.36
    command: sleep 600
    init: true
    depends_on: [db]
  db:
    image: busybox:1.36
    command: sleep 600
    init: true
`,
  },
})

test('Shows compose projects of the folder, brings them up and takes them down', async ({
  workbench,
  docker,
}) => {
  const view = await workbench.view('Compose')
  await expect(view.row('shop').description).toContainText('not running')
  await view.row('shop').press('Up')
  await workbench.terminal.shows('Done.')
  await expect(view.row('shop').description).toContainText('2/2 services running')
  expect((await docker('ps', '--format', '{{.Names}}')).split('\n').sort()).toEqual([
    'shop-db-1',
    'shop-web-1',
  ])
  await workbench.screenshot('compose')
  await view.row('shop').expand()
  await view.row('web').menu('Pause Services')
  await expect(view.row('web').description).toContainText('paused')
  await view.row('web').menu('Unpause Services')
  await expect(view.row('web').description).toContainText('running')
  await view.row('web').menu('Down…')
  await workbench.dialog.press('Down')
  await expect.poll(() => docker('ps', '-a', '--format', '{{.Names}}')).toBe('shop-db-1')
  await view.row('shop').menu('Down…')
  await workbench.dialog.press('Down')
  await expect.poll(() => docker('ps', '-aq')).toBe('')
  await expect(view.row('shop').description).toContainText('not running')
})

test('Brings services up from a lens in the file, and goes from the view to their lines', async ({
  workbench,
  docker,
}) => {
  await workbench.openFile('shop/compose.yaml')
  await workbench.editor.lens('Up').last().click()
  await workbench.terminal.shows('Done.')
  await expect.poll(() => docker('ps', '--format', '{{.Names}}')).toContain('shop-db-1')
  await expect(workbench.editor.lens(/running$/)).toBeVisible()
  await docker('kill', 'shop-web-1')
  await expect(workbench.editor.lens(/exited$/)).toBeVisible()
  await expect(workbench.editor.lens(/1\/2 services running$/)).toBeVisible()
  await workbench.screenshot('compose-lenses')
  const view = await workbench.view('Compose')
  await expect(view.row('shop').description).toContainText('services running')
  await view.row('shop').expand()
  await view.row('web').press('Go to File')
  await expect(workbench.statusBar(/Ln 2,/)).toBeVisible()
  await workbench.editor.goTo(7, 1)
  await workbench.runCommand('Quayside Compose: Compose Show in View')
  await expect(view.row('db').locator).toHaveAttribute('aria-selected', 'true')
})

test('Shows over a file how it fares under another name, and stops that', async ({
  workbench,
  docker,
  folder,
}) => {
  const file = join(folder, 'shop/compose.yaml')
  await docker('compose', '-f', file, '-p', 'stage', 'up', '--detach')
  await workbench.openFile('shop/compose.yaml')
  await expect(workbench.editor.lens(/stage: 2\/2 services running$/)).toBeVisible()
  await workbench.editor.lens('Stop').last().click()
  await expect.poll(() => docker('ps', '--format', '{{.Names}}')).toMatch(/^stage-(?:web|db)-1$/)
  await expect(workbench.editor.lens(/stage: exited$/)).toBeVisible()
})

test('Tells which services are not as the file has them any more', async ({ workbench, docker, folder }) => {
  const file = join(folder, 'shop/compose.yaml')
  const values = join(folder, 'shop/values of db')
  const written = await readFile(file, 'utf8')
  const text = written.replace('  db:\n', '  db:\n    env_file: values of db\n')
  await writeFile(values, 'LEVEL=info\n')
  await writeFile(file, text)
  await docker('compose', '-f', file, 'up', '--detach')
  const view = await workbench.view('Compose')
  await expect(view.row('shop').description).toContainText('2/2 services running')
  await writeFile(values, 'LEVEL=debug\n')
  await expect(view.row('shop').description).toContainText('1 changed in the file')
  await writeFile(values, 'LEVEL=info\n')
  await expect(view.row('shop').description).not.toContainText('in the file')
  await writeFile(file, text.replace('command: sleep 600', 'command: sleep 700'))
  await expect(view.row('shop').description).toContainText('1 changed in the file')
  await expect(view.row('web').description).toContainText('changed in the file')
  await workbench.screenshot('compose-drift')
  await writeFile(file, text.replace(/ {2}db:[^]*$/, '').replace(/ {4}depends_on.*\n/, ''))
  await expect(view.row('db').description).toContainText('no longer in the file')
  await writeFile(file, text)
  await expect(view.row('shop').description).not.toContainText('in the file')
})

test('Runs nothing on the word of an image: what its labels claim is shown before it is used', async ({
  workbench,
  docker,
  folder,
}) => {
  const claim = (key: string, value: string) => `LABEL com.docker.compose.${key}=${JSON.stringify(value)}\n`
  const elsewhere = await mkdtemp(join(tmpdir(), 'elsewhere-'))
  const theirs = join(elsewhere, 'compose.yaml')
  await writeFile(
    theirs,
    'services:\n  web:\n    image: busybox:1.36\n    command: sleep 600\n    init: true\n',
  )
  await mkdir(join(folder, 'image'))
  await writeFile(
    join(folder, 'image/Dockerfile'),
    `FROM busybox:1.36\n${claim('project', 'claimed')}${claim('service', 'web')}${claim('project.working_dir', elsewhere)}${claim('project.config_files', theirs)}`,
  )
  await docker('build', '-t', 'claims', join(folder, 'image'))
  await docker('run', '-d', '--name', 'guest', '--init', 'claims', 'sleep', '600')
  const view = await workbench.view('Compose')
  await expect(view.row('claimed').description).toContainText('1/1 service running')
  const offered = await view.row('claimed').menuLabels()
  expect(offered.filter((label) => /Up|Down|Build|Pull|Watch|Scale|Merged/.test(label))).toEqual([])
  await view.row('claimed').menu('Run Compose on Its Files…')
  expect(await workbench.dialog.text()).toContain(theirs)
  await workbench.screenshot('compose-claims')
  await workbench.dialog.cancel()
  expect(await docker('ps', '--format', '{{.Names}}')).toBe('guest')
  await view.row('claimed').menu('Run Compose on Its Files…')
  await workbench.dialog.press('Choose What to Run')
  await workbench.quickInput.choose('Compose Up')
  await workbench.terminal.shows('Done.')
  expect(await docker('ps', '--format', '{{.Names}}')).toContain('elsewhere-')
  await rm(elsewhere, { recursive: true })
})

test('Draws the services of a project with their state, and goes to where one is written', async ({
  workbench,
  docker,
  folder,
}) => {
  const view = await workbench.view('Compose')
  await view.row('shop').menu('Show Service Graph')
  const page = workbench.webview
  await expect(page.getByRole('heading', { name: 'Services of shop' })).toBeVisible()
  await docker('compose', '-f', join(folder, 'shop/compose.yaml'), 'up', '--detach')
  const web = page.getByRole('button', { name: /^web, service, running, image busybox:1\.36/ })
  await expect(web).toBeVisible()
  await expect(page.getByRole('row', { name: /^web running busybox:1\.36 .*db/ })).toBeVisible()
  await workbench.screenshot('compose-graph')
  await web.focus()
  // The lines of the service stand out, arrows and all.
  const heads = page.locator('.edge[data-from="web"] [marker-end]')
  await expect(heads.first()).toHaveAttribute('marker-end', 'url(#arrow-near)')
  await workbench.screenshot('compose-graph-near')
  await workbench.page.keyboard.press('ArrowDown')
  await workbench.page.keyboard.press('Enter')
  await expect(workbench.statusBar(/Ln 7,/)).toBeVisible()
})

test.describe('a project that is built', () => {
  test.use({
    files: {
      'shop/compose.yaml': `services:
  web:
    build: .
    command: sleep 600
    init: true
    develop: { watch: [{ action: sync, path: ./pages, target: /pages }] }
  db:
    image: busybox:1.36
    command: sleep 600
    init: true
`,
      'shop/Dockerfile': 'FROM busybox:1.36\nCOPY pages /pages\n',
      'shop/pages/index.html': 'one',
    },
  })

  test('Builds, scales, stops, starts, restarts and watches, the project or one service', async ({
    workbench,
    docker,
    folder,
  }) => {
    const names = async (...filter: string[]) =>
      (await docker('ps', '--format', '{{.Names}}', ...filter)).split('\n').toSorted()
    const started = (name: string) => docker('inspect', '--format', '{{.State.StartedAt}}', name)
    const view = await workbench.view('Compose')
    await view.row('shop').expand()
    await view.row('web').menu('Build Services')
    await expect.poll(() => docker('images', '-q', 'shop-web')).not.toBe('')
    await view.row('shop').press('Up')
    await expect(view.row('shop').description).toContainText('2/2 services running')
    await view.row('db').menu('Scale…')
    await workbench.quickInput.answer('2', 'How many')
    await expect.poll(() => names()).toEqual(['shop-db-1', 'shop-db-2', 'shop-web-1'])
    await view.row('db').menu('Stop Services')
    await expect.poll(() => names()).toEqual(['shop-web-1'])
    await view.row('shop').menu('Start Services')
    await expect.poll(() => names()).toEqual(['shop-db-1', 'shop-db-2', 'shop-web-1'])
    const [web, db] = [await started('shop-web-1'), await started('shop-db-1')]
    await view.row('web').menu('Restart Without Changes')
    await expect.poll(() => started('shop-web-1')).not.toBe(web)
    expect(await started('shop-db-1')).toBe(db)
    await workbench.openFile('shop/compose.yaml')
    await workbench.editor.lens('Watch').click()
    await workbench.terminal.shows('Watch enabled')
    await writeFile(join(folder, 'shop/pages/index.html'), 'two')
    await expect.poll(() => docker('exec', 'shop-web-1', 'cat', '/pages/index.html')).toBe('two')
  })
})

test.describe('a project of several files', () => {
  test.use({
    files: {
      'shop/compose.yaml': `services:
  web:
    image: busybox:\${TAG}
    env_file: web.env
`,
      'shop/compose.override.yaml': `services:
  web:
    environment: { LEVEL: debug }
`,
      'shop/.env': 'TAG=1.36\n',
      'shop/web.env': 'LEVEL=info\nAPI_TOKEN=abc-123\n',
    },
  })

  test('Goes to a service in the file that has it; one that waits for a profile is taken down with the rest', async ({
    workbench,
    docker,
    folder,
  }) => {
    const services = (name: string, more = '') =>
      `services:\n  ${name}:\n    image: busybox:1.36\n    command: sleep 600\n    init: true\n${more}`
    const [base, over] = ['compose.yaml', 'compose.override.yaml'].map((name) => join(folder, 'shop', name))
    await writeFile(base!, services('web'))
    await writeFile(over!, services('debug', '    profiles: [tools]\n'))
    await docker('compose', '-f', base!, '-f', over!, '-p', 'stage', '--profile', 'tools', 'up', '--detach')
    const view = await workbench.view('Compose')
    await expect(view.row('stage').description).toContainText('2/2 services running')
    await view.row('debug').press('Go to File')
    await expect(workbench.statusBar(/Ln 2,/)).toBeVisible()
    await workbench.editor.shows('profiles: [tools]')
    await workbench.screenshot('compose-several-files')
    await view.row('stage').menu('Stop Services')
    await expect.poll(() => docker('ps', '-q')).toBe('')
    await view.row('stage').menu('Down…')
    expect(await workbench.dialog.text()).toContain('stage-debug-1')
    await workbench.dialog.press('Down')
    await expect.poll(() => docker('ps', '-aq')).toBe('')
    await expect(view.row('shop').description).toContainText('not running')
  })

  test('Takes the files, the name and the profiles that .env says, and runs them', async ({
    workbench,
    docker,
    folder,
  }) => {
    const services = (name: string, more = ''): string =>
      `services:\n  ${name}:\n    image: busybox:\${TAG}\n    command: sleep 600\n    init: true\n${more}`
    const write = (name: string, text: string): Promise<void> => writeFile(join(folder, name), text)
    await mkdir(join(folder, 'parts'))
    await write('parts/compose.yaml', services('web'))
    await write('parts/tools.yaml', services('tools', '    profiles: [tools]\n'))
    await write(
      '.env',
      'TAG=1.36\nCOMPOSE_FILE=parts/compose.yaml:parts/tools.yaml\nCOMPOSE_PROJECT_NAME=listed\nCOMPOSE_PROFILES=tools\n',
    )
    const view = await workbench.view('Compose')
    await expect(view.row('listed').description).toContainText('compose.yaml, tools.yaml')
    await view.row('listed').press('Up')
    await expect(view.row('listed').description).toContainText('2/2 services running')
    expect((await docker('ps', '--format', '{{.Names}}')).split('\n').sort()).toEqual([
      'listed-tools-1',
      'listed-web-1',
    ])
    await view.row('listed').menu('Down…')
    await workbench.dialog.press('Down')
    await expect.poll(() => docker('ps', '-aq')).toBe('')
  })

  test('Shows the merged project with origins, hides secrets until asked, and follows changes', async ({
    workbench,
    folder,
  }) => {
    const { editor } = workbench
    await workbench.openFile('shop/compose.yaml')
    await workbench.runCommand('Quayside Compose: Compose Show Merged Project')
    await editor.shows('image: busybox:1.36 # compose.yaml:3')
    await editor.shows('LEVEL: debug # compose.override.yaml:3')
    await editor.shows('API_TOKEN: ••• # web.env:2')
    await workbench.screenshot('compose-merged')
    await editor.lens('Show secrets (1)').click()
    await editor.shows('API_TOKEN: abc-123 # web.env:2')
    await writeFile(join(folder, 'shop/web.env'), 'LEVEL=info\nCOLOUR=blue\n')
    await editor.shows('COLOUR: blue # web.env:2')
  })
})

test('Offers every compose file of the folder in the palette, and no workflow that is called like one', async ({
  workbench,
  folder,
}) => {
  const service = 'services:\n  a:\n    image: busybox:1.36\n'
  await writeFile(join(folder, 'compose-dev.yaml'), service)
  await writeFile(join(folder, 'stack.yaml'), service)
  await writeFile(join(folder, 'composer.yaml'), 'x: 1\n')
  await mkdir(join(folder, '.github/workflows'), { recursive: true })
  await writeFile(join(folder, '.github/workflows/docker-compose.yml'), 'on: push\njobs: {}\n')
  await workbench.openFile('stack.yaml')
  await workbench.openFile('composer.yaml')
  await workbench.runCommand('Quayside Compose: Compose Show in View')
  await expect
    .poll(async () => (await workbench.quickInput.labels()).toSorted())
    .toEqual(['compose-dev.yaml', 'shop/compose.yaml', 'stack.yaml'])
})
