import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { dirname } from 'node:path'
import { expect, test } from './fixtures.ts'

test.use({ trustAsked: true })

test('In a folder that is not trusted engines can be handled, and nothing of the folder is run', async ({
  workbench,
  docker,
}) => {
  await docker('run', '-d', '--name', 'web', '--init', 'busybox', 'sleep', '600')
  await expect(workbench.statusBar('Restricted Mode')).toBeVisible()
  const view = await workbench.view('Containers')
  await view.row('web').press('Stop')
  await expect.poll(() => docker('inspect', '-f', '{{.State.Running}}', 'web')).toBe('false')
  const titles = await workbench.paletteTitles('Quayside Compose')
  expect(titles).toContain('Quayside Compose: Compose View Logs')
  expect(titles.filter((title) => /Compose (Up|Down|Build|Start)/.test(title))).toEqual([])
})

const traps: Server[] = []
const reached: string[] = []
const trapPath = '/var/tmp/quayside-trap/docker.sock'
const program = '/var/tmp/quayside-trap/docker'
const proof = '/var/tmp/quayside-trap/ran'

test.describe('What a folder that is not trusted says of engines and programs', () => {
  const named = { 'quayside.engine.host': `unix://${trapPath}`, 'quayside.docker.path': program }
  const compose = "services:\n  one:\n    image: busybox\n    command: [sleep, '600']\n    init: true\n"
  test.use({
    workspace: 'empty',
    files: { '.vscode/settings.json': JSON.stringify(named), 'compose.yaml': compose },
  })

  test.beforeAll(async () => {
    rmSync(dirname(trapPath), { recursive: true, force: true })
    mkdirSync(dirname(trapPath), { recursive: true })
    writeFileSync(program, `#!/bin/sh\ntouch ${proof}\n`, { mode: 0o755 })
    const trap = createServer((request, answer) => {
      reached.push(request.url ?? '')
      answer.end('{}')
    })
    traps.push(trap)
    await new Promise<void>((listening) => trap.listen(trapPath, listening))
  })
  test.afterAll(() => {
    for (const trap of traps) trap.close()
  })

  test('is not heeded, nor when it is trusted: the engine is that of the machine, and so is the program', async ({
    workbench,
    docker,
  }) => {
    await docker('run', '-d', '--name', 'web', '--init', 'busybox', 'sleep', '600')
    const view = await workbench.view('Containers')
    await expect(view.row('web').locator).toBeVisible()
    await workbench.runCommand('Workspaces: Manage Workspace Trust')
    await workbench.page.getByRole('button', { name: 'Trust', exact: true }).first().click()
    await expect(workbench.statusBar('Restricted Mode')).toHaveCount(0)
    await workbench.runCommand('Quayside Compose: Compose Up')
    await expect.poll(() => docker('ps', '--format', '{{.Names}}')).toMatch(/-one-1/)
    await expect(view.row('web').locator).toBeVisible()
    expect(reached).toEqual([])
    expect(existsSync(proof)).toBe(false)
  })
})
