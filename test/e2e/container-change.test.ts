import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { startRegistry } from '../../scripts/hosts/hosts.mjs'
import { expect, test } from './fixtures.ts'

const sleeper = (name: string, ...more: readonly string[]): string[] => [
  ...['run', '-d', '--init', '--name', name, ...more, 'busybox:1.36', 'sleep', '600'],
]

test('Changes limits, shows changed files, commits and exports a container', async ({
  workbench,
  docker,
}) => {
  await docker(...sleeper('web'))
  await docker('exec', 'web', 'touch', '/added')
  const view = await workbench.view('Containers')
  await view.row('web').menu('Change Limits and Restart Policy…')
  await workbench.quickInput.tick('Restart policy', 'Memory')
  await workbench.quickInput.choose('unless-stopped')
  await workbench.quickInput.answer('64m', 'Memory that it may use')
  await expect
    .poll(() => docker('inspect', '-f', '{{.HostConfig.Memory}} {{.HostConfig.RestartPolicy.Name}}', 'web'))
    .toBe(`${64 * 1024 ** 2} unless-stopped`)
  await view.row('web').menu('More', 'Show Changed Files')
  await workbench.editor.shows('A /added')
  await workbench.screenshot('diff')
  await view.row('web').menu('More', 'Commit as Image…')
  await workbench.quickInput.answer('shop/saved:1', 'Name of the new image')
  await workbench.quickInput.answer('as it is', 'Message')
  await workbench.quickInput.answer('Ann', 'Author')
  await workbench.quickInput.choose('Pause it meanwhile')
  await expect
    .poll(() => docker('inspect', '-f', '{{.Author}} {{.Comment}}', 'shop/saved:1').catch(() => ''))
    .toBe('Ann as it is')
  await view.row('web').menu('More', 'Export Files as Tar…')
  const archive = join(workbench.folder, 'web.tar')
  await workbench.quickInput.save(archive)
  await expect.poll(() => existsSync(archive)).toBe(true)
})

test('Copies a container as a docker run line, as a compose service, and its addresses', async ({
  workbench,
  docker,
}) => {
  await docker(...sleeper('web', '-p', '127.0.0.1:18123:80', '-e', 'DB_PASSWORD=hunter2'))
  const view = await workbench.view('Containers')
  const read = "navigator.clipboard.readText().catch(() => '')"
  const copied = (): Promise<string> => workbench.page.evaluate<string>(read)
  await view.row('web').menu('Copy', 'Copy as docker run')
  await workbench.quickInput.choose('Mask what looks like a secret')
  const line =
    /^docker run -d --name web -p 127\.0\.0\.1:18123:80 -e '?DB_PASSWORD=•••'? --init( --cgroupns host)? busybox:1\.36 sleep 600$/
  await expect.poll(copied).toMatch(line)
  await view.row('web').menu('Copy', 'Copy as Compose Service')
  await workbench.quickInput.choose('Copy everything as it is')
  await expect.poll(copied).toContain('      - "DB_PASSWORD=hunter2"')
  await view.row('web').menu('Copy', 'Copy IP Address')
  const ip = await docker('inspect', '-f', '{{.NetworkSettings.Networks.bridge.IPAddress}}', 'web')
  await expect.poll(copied).toBe(ip)
  await view.row('web').menu('Copy', 'Copy Published Address')
  await expect.poll(copied).toBe('localhost:18123')
  await view.row('web').expand()
  const port = view.row('127.0.0.1:18123→80')
  await view.row('web').menu('Copy', 'Copy Name')
  await expect.poll(copied).toBe('web')
  await port.press('Copy Address')
  await expect.poll(copied).toBe('localhost:18123')
  await workbench.screenshot('container-ports')
  await view.row('web').collapse()
  await view.row('web').menu('Copy', 'Copy ID')
  await expect.poll(copied).toBe(await docker('inspect', '-f', '{{.Id}}', 'web'))
  await workbench.runCommand('Quayside Containers: Find Container by Published Port…')
  await workbench.quickInput.answer('18123', 'Port of the host')
  await expect(
    workbench.notifications.withText('The port 18123 is held by the container web (busybox:1.36).'),
  ).toBeVisible()
  // What it runs is told where one points at it too, with what made it so.
  await expect(async () => {
    await workbench.page.mouse.move(700, 500)
    await view.row('web').label.hover()
    const told = workbench.page.locator('.workbench-hover').filter({ hasText: 'sleep 600' })
    await expect(told.first()).toContainText('CMD: sleep 600 — set when the container was made', {
      timeout: 5000,
    })
  }).toPass()
  await view.row('web').menu('More', 'Show What It Runs')
  await workbench.editor.shows(/^CMD +sleep 600 +set when the container was made/m)
  await workbench.screenshot('what-runs')
})

test('Pulls from a registry with progress, and says who uses an image that cannot be removed', async ({
  workbench,
  docker,
}) => {
  const registry = await startRegistry()
  try {
    const name = `${registry.address}/shop/site:1`
    await docker('tag', 'busybox:1.36', name)
    await docker('push', name)
    await docker('rmi', name)
    const view = await workbench.view('Images')
    await workbench.runCommand('Quayside Images: Pull…')
    await workbench.quickInput.answer(name)
    await expect(workbench.notifications.withText(/Pulled .*shop\/site:1\./)).toBeVisible()
    await docker('run', '-d', '--init', '--name', 'holder', name, 'sleep', '600')
    await view.row(`${registry.address}/shop/site`).expand()
    await expect(view.row('1').description).toContainText('used by holder')
    await view.row('1').menu('Remove…')
    await expect.poll(() => workbench.dialog.text()).toContain('holder')
    await workbench.screenshot('image-in-use')
    await workbench.dialog.cancel()
    expect(await docker('images', '-q', name)).not.toBe('')
  } finally {
    await registry.stop()
  }
})

test('Connects a container by dropping it on a network, and takes it back', async ({ workbench, docker }) => {
  await docker(...sleeper('web'))
  await docker('network', 'create', 'backend')
  const members = (): Promise<string> =>
    docker('network', 'inspect', '-f', '{{range .Containers}}{{.Name}}{{end}}', 'backend')
  const containers = await workbench.view('Containers')
  const networks = await workbench.view('Networks', { alone: false })
  await expect(networks.row('backend').label).toBeVisible()
  const { mouse } = workbench.page
  await expect(async () => {
    await containers.row('web').locator.hover()
    await mouse.down()
    const box = await networks.row('backend').locator.boundingBox()
    await mouse.move((box?.x ?? 0) + 60, (box?.y ?? 0) + 10, { steps: 15 })
    await mouse.move((box?.x ?? 0) + 90, (box?.y ?? 0) + 10, { steps: 15 })
    await mouse.up()
    await expect.poll(members, { timeout: 8000 }).toBe('web')
  }).toPass({ timeout: 60_000 })
  await workbench.screenshot('dropped-on-network')
  await workbench.notifications.press('Connected web to backend.', 'Disconnect')
  await expect.poll(members).toBe('')
  await containers.row('web').menu('More', 'Connect to Network…')
  await workbench.quickInput.choose('backend')
  await workbench.quickInput.answer('api', 'Further names')
  await expect.poll(members).toBe('web')
  expect(
    await docker('inspect', '-f', '{{json .NetworkSettings.Networks.backend.Aliases}}', 'web'),
  ).toContain('api')
})
