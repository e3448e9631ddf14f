import { createServer } from 'node:net'
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
  await expect(form.locator('.facts')).toHaveText('Runssleep 600UserwwwWorking directory/www')
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
})

test('Changes a container and makes it anew under its name', async ({ workbench, docker }) => {
  await docker(
    ...['run', '-d', '--init', '--name', 'web', '-e', 'MODE=old', '-v', 'kept:/data', 'busybox:1.36'],
    ...['sleep', '600'],
  )
  await docker('exec', 'web', 'sh', '-c', 'echo here > /data/file')
  const before = await docker('inspect', '-f', '{{.Id}}', 'web')
  const view = await workbench.view('Containers')
  await view.row('web').menu('Change and Recreate…')
  const form = workbench.webview
  await expect(form.getByLabel('Volumes and folders, entry 1', { exact: true })).toHaveValue('kept:/data')
  await form.getByLabel('Environment, entry 1', { exact: true }).fill('MODE=new')
  await workbench.screenshot('recreate')
  await form.getByRole('button', { name: 'Replace web' }).click()
  await expect.poll(() => docker('exec', 'web', 'sh', '-c', 'echo "$MODE"').catch(() => '')).toBe('new')
  expect(await docker('exec', 'web', 'cat', '/data/file')).toBe('here')
  expect(await docker('inspect', '-f', '{{.Id}}', 'web')).not.toBe(before)
  await expect.poll(() => docker('ps', '-a', '--format', '{{.Names}}')).toBe('web')
})
