import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startRegistry } from '../../scripts/hosts/hosts.mjs'
import { expect, test } from './fixtures.ts'

// What is kept of a login is this test's own.
const config = mkdtempSync(join(tmpdir(), 'quayside-registry-'))
test.use({ hostEnv: { DOCKER_CONFIG: config } })
test.afterAll(() => rmSync(config, { recursive: true, force: true }))

test('Logs in to a registry, tags, pushes, browses it, and pulls again', async ({ workbench, docker }) => {
  const registry = await startRegistry({ user: 'me', password: 'b3tter-w0rd' })
  try {
    const name = `${registry.address}/team/tool`
    await docker('tag', 'busybox:1.36', `${name}:1`)
    const view = await workbench.view('Images')
    await view.row(name).expand()
    await view.row('1').menu('Push')
    await workbench.notifications.press(/Could not push/, 'Log In…')
    await workbench.quickInput.answer('me', 'User name')
    await workbench.quickInput.answer('b3tter-w0rd', 'Password')
    await expect.poll(() => workbench.output()).toMatch(/docker .*push/)
    await docker('rmi', `${name}:1`)
    await expect(view.row(name).label).toHaveCount(0)

    await workbench.runCommand('Quayside Registries: Browse Registry…')
    await workbench.quickInput.choose(registry.address)
    await workbench.quickInput.choose('team/tool')
    await workbench.quickInput.choose('1')
    await expect(workbench.quickInput.entry('Pull for linux/amd64')).toBeVisible()
    await workbench.screenshot('registry')
    await workbench.quickInput.choose('Pull')
    await expect(view.row(name).label).toBeVisible()
  } finally {
    await registry.stop()
  }
})
