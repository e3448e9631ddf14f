import { expect, test } from './fixtures.ts'

test('Runs a container from the form, with the line and the compose service as one types', async ({
  workbench,
  docker,
}) => {
  const view = await workbench.view('Images')
  await view.row('busybox').expand()
  await view.row('1.36').menu('Run with Options…')
  const form = workbench.webview
  await expect(form.getByLabel('Image', { exact: true })).toHaveValue('busybox:1.36')
  await form.getByLabel('Command', { exact: true }).fill('sleep 600')
  await form.getByLabel('Name', { exact: true }).fill('web')
  await form.getByLabel('Ports, entry 1', { exact: true }).fill('127.0.0.1:18099:80')
  await form.getByLabel('Environment, entry 1', { exact: true }).fill('GREETING=hello world')
  await expect(form.getByLabel('The docker run line that does the same')).toHaveText(
    "docker run -d --name web -p 127.0.0.1:18099:80 -e 'GREETING=hello world' busybox:1.36 sleep 600",
  )
  await expect(form.getByLabel('The compose service that does the same')).toContainText('container_name: web')
  await workbench.screenshot('run-form')
  await form.getByRole('button', { name: 'Run', exact: true }).click()
  await expect
    .poll(() => docker('ps', '--format', '{{.Names}} {{.Ports}}'))
    .toBe('web 127.0.0.1:18099->80/tcp')
  expect(await docker('exec', 'web', 'sh', '-c', 'echo "$GREETING"')).toBe('hello world')
})
