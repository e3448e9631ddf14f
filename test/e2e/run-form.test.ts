import { createServer } from 'node:net'
import { startRegistry } from '../../scripts/hosts/hosts.mjs'
import { startFaultProxy } from '../support/fault-proxy.ts'
import { expect, test } from './fixtures.ts'

test('Runs a container from the form, with the line and the compose service as one types', async ({
  workbench,
  docker,
}) => {
  await docker('create', '--name', 'template', 'busybox:1.36')
  await docker(
    'commit',
    ...['EXPOSE 80', 'ENV GREETING=hi', 'VOLUME /data', 'USER www', 'WORKDIR /www', 'CMD ["sleep", "600"]']
      .map((change) => ['--change', change])
      .flat(),
    'template',
    'shop/site:1',
  )
  const view = await workbench.view('Images')
  await view.row('shop/site').expand()
  await view.row('1').menu('Run with Options…')
  const form = workbench.webview
  await expect(form.getByLabel('Image', { exact: true })).toHaveValue('shop/site:1')
  // What the image brings along is shown as such, and becomes an entry by a press.
  await expect(form.locator('.facts')).toHaveText('Runs by defaultsleep 600UserwwwWorking directory/www')
  await expect(form.getByLabel('Command', { exact: true })).toHaveAttribute('placeholder', 'sleep 600')
  await form.getByRole('button', { name: 'Add GREETING=hi' }).click()
  await form.getByLabel('Environment, entry 1', { exact: true }).fill('GREETING=hello world')
  await form.getByLabel('Name', { exact: true }).fill('template')
  await expect(form.getByText('There is a container named template already.')).toBeVisible()
  await form.getByLabel('Name', { exact: true }).fill('web')
  await form.getByLabel('Ports, entry 1', { exact: true }).fill('127.0.0.1:18099:80')
  await expect(form.getByLabel('The docker run line that does the same')).toHaveText(
    "docker run -d --name web -p 127.0.0.1:18099:80 -e 'GREETING=hello world' shop/site:1",
  )
  await expect(form.getByLabel('The compose service that does the same')).toContainText('container_name: web')
  await expect(form.getByText('There is a container named')).toHaveCount(0)
  // All that is common is on the first screen.
  for (const label of ['Networks, entry 1', 'Restart', 'Remove it when it stops'])
    await expect(form.getByLabel(label, { exact: true })).toBeInViewport()
  await workbench.screenshot('run-form')
  await workbench.page.keyboard.press('Control+Enter')
  await expect
    .poll(() => docker('ps', '--format', '{{.Names}} {{.Ports}}'))
    .toBe('web 127.0.0.1:18099->80/tcp')
  expect(await docker('exec', 'web', 'sh', '-c', 'echo "$GREETING"')).toBe('hello world')
  await workbench.notifications.press('web was started; its port is localhost:18099.', 'Open in Browser')
})

test('A start that fails names who holds the port and says why; the next try takes its place', async ({
  workbench,
  docker,
}) => {
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  try {
    await workbench.view('Containers')
    await workbench.runCommand('Quayside Containers: Run a Container…')
    const form = workbench.webview
    const paste = form.getByLabel('Paste a docker run line to fill in the form')
    await paste.fill(`docker run -d --name web \\\n  -p 127.0.0.1:${port}:80 busybox:1.36 sh -c 'exit 3'`)
    await paste.press('Enter')
    await expect(form.getByLabel('Name', { exact: true })).toHaveValue('web')
    // The tests' editor cannot see which.
    const held = `Port ${port} is held by another program of this machine.`
    await expect(form.getByText(held)).toBeVisible()
    await form.getByRole('button', { name: 'Run', exact: true }).click()
    await expect(form.getByRole('alert').filter({ hasText: held })).toBeVisible()
    await workbench.screenshot('run-form-port')
    await workbench.notifications.press(`web was created but could not be started: ${held}`, 'Why?')
    await workbench.editor.shows('The engine could not start it:')
    await workbench.page.keyboard.press('Control+w')
    await form.getByLabel('Ports, entry 1', { exact: true }).fill('')
    await form.getByRole('button', { name: 'Run', exact: true }).click()
    await workbench.notifications.press('web ended at once with exit code 3.', 'Why?')
    await workbench.editor.shows('Exit code 3.')
    await workbench.screenshot('ended-at-once')
    expect(await docker('ps', '-a', '--format', '{{.Names}} {{.Status}}')).toMatch(/^web Exited \(3\)/)
  } finally {
    server.close()
  }
})

test('A form in which nothing was entered gives its tab to the next one', async ({ workbench, docker }) => {
  await docker('tag', 'busybox:1.36', 'shop/site:1')
  await docker('create', '--name', 'web', 'busybox:1.36')
  const view = await workbench.view('Images')
  const open = async (name: string, tag: string): Promise<void> => {
    await view.row(name).expand()
    await view.row(tag).menu('Run with Options…')
  }
  const form = workbench.webview
  const image = form.getByLabel('Image', { exact: true })
  const tabs = workbench.page.locator('.editor-group-container .tab')
  await open('shop/site', '1')
  await expect(image).toHaveValue('shop/site:1')
  // What was never there has nothing to lose: the same page, another image.
  await form.locator('body').evaluate("document.body.dataset.seen = 'yes'")
  await open('busybox', '1.36')
  await expect(image).toHaveValue('busybox:1.36')
  await expect(image).toBeFocused()
  await expect(form.locator('body')).toHaveAttribute('data-seen', 'yes')
  await expect(tabs).toHaveText(['Run a Container'])
  // It is the other form in all it does, also where it takes the place of a container.
  const containers = await workbench.view('Containers')
  await containers.row('web').menu('Change and Recreate…')
  await expect(form.getByRole('button', { name: 'Replace web' })).toBeVisible()
  await expect(tabs).toHaveText(['Change web'])
  await form.getByLabel('Environment, entry 1', { exact: true }).fill('MODE=new')
  // From then on it is kept.
  await workbench.view('Images')
  await open('shop/site', '1')
  await expect(tabs).toHaveText(['Change web', 'Run a Container'])
  await tabs.first().click()
  await expect(form.getByLabel('Environment, entry 1', { exact: true })).toHaveValue('MODE=new')
  await form.getByRole('button', { name: 'Replace web' }).click()
  await expect
    .poll(() => docker('inspect', '-f', '{{json .Config.Env}}', 'web').catch(() => ''))
    .toContain('MODE=new')
  await expect(tabs).toHaveText(['Run a Container'])
})

test('Runs a docker run line by keyboard alone', async ({ workbench, docker }) => {
  await workbench.view('Containers')
  await workbench.runCommand('Quayside Containers: Run a docker run Line…')
  await workbench.quickInput.answer('docker run -d --init --mem 64m busybox sleep 600')
  await expect.poll(() => workbench.quickInput.text()).toContain('docker run has no option --mem.')
  await workbench.quickInput.answer('docker run -d --init -m 64m --name typed busybox sleep 600')
  await expect.poll(() => docker('ps', '--format', '{{.Names}}')).toBe('typed')
  expect(await docker('inspect', '-f', '{{.HostConfig.Memory}}', 'typed')).toBe(String(64 * 1024 ** 2))
  expect(await workbench.output()).toContain(
    '$ docker run --detach --name typed --init -m 64m busybox sleep 600',
  )
  await workbench.runCommand('Quayside System: Copy as docker Command…')
  await expect(workbench.quickInput.entry(/^docker run --detach --name typed/)).toBeVisible()
  await workbench.page.keyboard.press('Enter')
  await expect(workbench.notifications.withText('Copied.')).toBeVisible()
})

test('Changes a container and makes it anew under its name', async ({ workbench, docker }) => {
  const hostile = `</script><img src=x onerror="document.body.remove()">\n'$(id)' \`id\` **bold** \u001b[31m`
  await docker(
    ...['run', '-d', '--init', '--name', 'web', '-e', 'MODE=old', '-e', `NOTE=${hostile}`],
    ...['-v', 'kept:/data', 'busybox:1.36', 'sh', '-c', 'echo started\nexec sleep 600'],
  )
  await docker('exec', 'web', 'sh', '-c', 'echo here > /data/file')
  const before = await docker('inspect', '-f', '{{.Id}}', 'web')
  const view = await workbench.view('Containers')
  await view.row('web').menu('Change and Recreate…')
  const form = workbench.webview
  await expect(form.getByLabel('Volumes and folders, entry 1', { exact: true })).toHaveValue('kept:/data')
  // The engine tells the variables in an order of its own.
  const variable = (entry: number) => form.getByLabel(`Environment, entry ${entry}`, { exact: true })
  const [mode, note] = (await variable(1).inputValue()) === 'MODE=old' ? [1, 2] : [2, 1]
  await expect(variable(mode)).toHaveValue('MODE=old')
  await variable(mode).fill('MODE=new')
  await expect(variable(note)).toHaveValue(`NOTE=${hostile}`)
  await workbench.screenshot('recreate')
  await form.getByRole('button', { name: 'Replace web' }).click()
  await expect.poll(() => docker('exec', 'web', 'sh', '-c', 'echo "$MODE"').catch(() => '')).toBe('new')
  expect(await docker('exec', 'web', 'cat', '/data/file')).toBe('here')
  // What was not touched is what it was, to the last character.
  expect(await docker('exec', 'web', 'sh', '-c', 'echo "$NOTE"')).toBe(hostile)
  const command = JSON.parse(await docker('inspect', '-f', '{{json .Config.Cmd}}', 'web')) as unknown
  expect(command).toEqual(['sh', '-c', 'echo started\nexec sleep 600'])
  expect(await docker('inspect', '-f', '{{.Id}}', 'web')).not.toBe(before)
  await expect.poll(() => docker('ps', '-a', '--format', '{{.Names}}')).toBe('web')
})

test('Comes back after a reload, keeps profiles of an image, and pulls it layer by layer when it is missing', async ({
  workbench,
  docker,
}) => {
  // The workbench is loaded twice, and an engine waits before it asks a registry again.
  test.slow()
  const registry = await startRegistry()
  const [host = '', port = ''] = registry.address.split(':')
  const line = await startFaultProxy({ kind: 'tcp', host, port: Number(port) }, { tcp: true })
  try {
    const image = `${new URL(line.url).host}/shop/job:1`
    await docker('run', '--name', 'made', 'busybox:1.36', 'sh', '-c', 'head -c 400000 /dev/urandom > /data')
    await docker('commit', 'made', image)
    await docker('push', image)
    await docker('rm', 'made')
    await docker('rmi', image)
    // A layer stops on its way once its first bytes are there.
    line.faults = { down: { stallAfter: 100_000 } }
    await workbench.view('Containers')
    await workbench.runCommand('Quayside Containers: Run a Container…')
    const form = workbench.webview
    const field = (label: string) => form.getByLabel(label, { exact: true })
    await field('Image').fill(image)
    await field('Command').fill('sleep 600')
    await expect(form.getByText('This image is not here yet; it is pulled when you run it.')).toBeVisible()
    await field('Name').fill('job')
    await field('Environment, entry 1').fill('DB_PASSWORD=b3tter w0rd')
    await field('Environment, entry 1').press('Enter')
    await field('Environment, entry 2').fill('MODE=nightly')
    await form.getByRole('button', { name: 'Save as Profile…' }).click()
    await workbench.quickInput.answer('nightly', 'Name of the profile')
    const nightly = form.getByRole('button', { name: 'nightly', exact: true })
    await field('Environment, entry 1').fill('DB_PASSWORD=other')
    await nightly.click()
    await expect(form.getByText('Filled in from the profile nightly.')).toBeVisible()
    await expect(field('Environment, entry 1')).toHaveValue('DB_PASSWORD=b3tter w0rd')

    await workbench.reload()
    await expect(field('Name')).toHaveValue('job')
    // The editor writes down what is in a form: secrets are not.
    await expect(field('Environment, entry 1')).toHaveValue('DB_PASSWORD=•••')
    await form.getByRole('button', { name: 'Run', exact: true }).click()
    await expect(form.getByText('“DB_PASSWORD=•••” has a hidden value')).toBeVisible()
    await workbench.screenshot('run-form-hidden')
    await field('Environment, entry 2').fill('MODE=daily')
    await nightly.click()
    await expect(field('Environment, entry 2')).toHaveValue('MODE=nightly')
    // In a browser the editor keeps secrets no longer than the page.
    await expect(
      form.getByText('What looks like a secret was not kept: enter it again where it says •••.'),
    ).toBeVisible()
    await field('Environment, entry 1').fill('DB_PASSWORD=b3tter w0rd')
    await form.getByRole('button', { name: 'Delete the profile nightly' }).click()
    await expect(nightly).toHaveCount(0)

    await form.getByRole('button', { name: 'Run', exact: true }).click()
    await expect(workbench.notifications.withText(/Running .*shop\/job:1.*1 of 2 layers/)).toBeVisible()
    await expect(form.getByRole('progressbar')).toHaveCount(2)
    await workbench.screenshot('run-form-pull')
    line.faults = {}
    line.cutAll()
    await expect.poll(() => docker('ps', '--format', '{{.Names}} {{.Image}}')).toBe(`job ${image}`)
    expect(await docker('exec', 'job', 'sh', '-c', 'echo "$DB_PASSWORD $MODE"')).toBe('b3tter w0rd nightly')
    await expect.poll(() => workbench.output()).toContain('DB_PASSWORD=•••')
  } finally {
    await line.close()
    await registry.stop()
  }
})
