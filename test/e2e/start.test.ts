import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { Workbench } from './workbench.ts'

let program: ChildProcess | undefined

test.afterEach(() => {
  program?.kill('SIGKILL')
})

test('npm start -- --fresh-engine reaches the explorer in the browser, and Ctrl-C stops it all', async ({
  page,
}) => {
  // An engine, a server and a workbench of its own are started in here.
  test.setTimeout(240_000)
  const args = ['scripts/start.mjs', '--fresh-engine', '--browser', '--no-build']
  program = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] })
  let said = ''
  program.stdout?.on('data', (chunk: Buffer) => (said += chunk.toString()))
  program.stderr?.on('data', (chunk: Buffer) => (said += chunk.toString()))
  await expect.poll(() => said, { timeout: 120_000 }).toMatch(/http:\/\/127\.0\.0\.1:\d+\S+/)
  expect(said).toContain('a private Docker')
  const address = /http:\/\/127\.0\.0\.1:\d+\S+/.exec(said)?.[0] ?? ''

  const workbench = new Workbench(page, '')
  await workbench.load(address)
  const view = await workbench.view('Containers')
  await expect(view.row('ticker').locator).toBeVisible()
  await view.row('shop').expand()
  await expect(view.row(/^(shop-)?web/).locator).toBeVisible()

  await page.goto('about:blank')
  const ended = once(program, 'exit')
  program.kill('SIGINT')
  expect(await ended).toEqual([0, null])
  await expect
    .poll(
      async () =>
        await fetch(address).then(
          () => 'answers',
          () => 'gone',
        ),
    )
    .toBe('gone')
})

test('Ctrl-C while the private engine is still being filled leaves nothing of it', async () => {
  const runs = mkdtempSync('/var/tmp/quayside-stop-')
  try {
    const args = ['scripts/start.mjs', '--fresh-engine', '--browser', '--no-build']
    program = spawn(process.execPath, args, { stdio: 'ignore', env: { ...process.env, QUAYSIDE_RUNS: runs } })
    const ended = once(program, 'exit')
    await expect
      .poll(() => readdirSync(runs).some((name) => existsSync(join(runs, name, 'docker.sock'))), {
        timeout: 60_000,
        intervals: [20],
      })
      .toBe(true)
    program.kill('SIGINT')
    expect(await ended).toEqual([0, null])
    expect(readdirSync(runs)).toEqual([])
  } finally {
    rmSync(runs, { recursive: true, force: true })
  }
})
