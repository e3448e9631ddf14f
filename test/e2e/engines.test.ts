import { createHash } from 'node:crypto'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type PrivateEngine, startEngine } from '../../scripts/hosts/hosts.mjs'
import { type FaultProxy, startFaultProxy } from '../support/fault-proxy.ts'
import { largeEngine } from '../support/large-engine.ts'
import { type Exchange, startScriptedEngine } from '../support/scripted-engine.ts'
import { expect, test as base, type Workbench } from './fixtures.ts'
import type { Row, View } from './views.ts'

/** The engines of docker contexts: `home` is that of `docker`, the configured one; the others are reached by switching only. */
interface ContextEngines {
  readonly work: PrivateEngine
  /** What stands in front of each, to see what is sent to it. */
  readonly lines: { readonly home: FaultProxy; readonly work: FaultProxy }
  readonly hosts: Readonly<Record<string, string>>
}

const test = base.extend<object, { contexts: ContextEngines }>({
  contexts: [
    async ({ runningEngine }, use) => {
      const home = runningEngine!
      const work = await startEngine({ version: '26' })
      const lines = {
        home: await startFaultProxy({ kind: 'unix', path: home.socketPath }),
        work: await startFaultProxy({ kind: 'unix', path: work.socketPath }),
      }
      // Nothing is forbidden to root, under which engines for tests are started: this one says so itself.
      const closed = await startScriptedEngine({
        'GET /_ping': ({ json }: Exchange) => json({ message: 'forbidden' }, 403),
        'GET /version': ({ json }: Exchange) => json({ message: 'forbidden' }, 403),
        '*': ({ json }: Exchange) => json({ message: 'forbidden' }, 403),
      })
      const large = await startScriptedEngine(largeEngine)
      const hosts = { home: lines.home.url, work: lines.work.url, closed: closed.url, large: large.url }
      writeContexts(home.env['DOCKER_CONFIG']!, hosts)
      await use({ work, lines, hosts })
      await Promise.all([lines.home.close(), lines.work.close(), closed.close(), large.close()])
      await work.stop()
    },
    { scope: 'worker', auto: true, timeout: 180_000 },
  ],
})

/** Contexts as the docker CLI keeps them; the first one is the configured one. */
function writeContexts(folder: string, hosts: Readonly<Record<string, string>>): void {
  rmSync(join(folder, 'contexts'), { recursive: true, force: true })
  for (const [name, host] of Object.entries(hosts)) {
    const place = join(folder, 'contexts/meta', createHash('sha256').update(name).digest('hex'))
    mkdirSync(place, { recursive: true })
    const meta = { Name: name, Metadata: {}, Endpoints: { docker: { Host: host, SkipTLSVerify: false } } }
    writeFileSync(join(place, 'meta.json'), JSON.stringify(meta))
  }
  writeFileSync(join(folder, 'config.json'), JSON.stringify({ currentContext: Object.keys(hosts)[0] }))
}

async function use(workbench: Workbench, context: string): Promise<void> {
  // A page that has just been opened may take the focus late, and the question goes.
  await expect(async () => {
    await workbench.runCommand('Quayside Engines: Use Engine')
    await workbench.quickInput.choose(context, { timeout: 5_000 })
  }).toPass()
}

const idle = (name: string) => ['run', '-d', '--name', name, '--init', 'busybox', 'sleep', '600']

test.use({ hostEnv: { DOCKER_HOST: undefined } })

test('Switches engines; the views follow, and nothing is sent to an engine that is not shown', async ({
  workbench,
  docker,
  contexts: { work, lines },
}) => {
  await docker(...idle('at-home'))
  await work.docker(...idle('at-work'))
  const view = await workbench.view('Containers')
  await expect.poll(() => view.texts()).toEqual([expect.stringContaining('at-home')])
  expect(lines.work.accepted()).toBe(0)
  // A page of the engine that is left says why nothing comes, and goes on when the engine is back.
  await workbench.runCommand('Quayside Containers: Show Resource Use of All Running Containers')
  const inPage = workbench.webview.getByRole('row', { name: /^Plot at-home/ })
  await expect(inPage).toContainText(/[KM]iB \//)

  await use(workbench, 'work')
  await expect.poll(() => view.texts()).toEqual([expect.stringContaining('at-work')])
  await expect(workbench.webview.getByRole('status')).toContainText('The views do not show home any more')
  await workbench.screenshot('stats-away')
  await expect.poll(() => lines.home.open()).toBe(0)
  const sent = lines.home.sent().length
  await docker('stop', '-t', '0', 'at-home')
  await work.docker('rename', 'at-work', 'still-at-work')
  await expect(view.row('still-at-work').locator).toBeVisible()
  await workbench.runCommand('Quayside Containers: Stop')
  await workbench.quickInput.tick('still-at-work')
  await expect.poll(() => work.docker('inspect', '-f', '{{.State.Running}}', 'still-at-work')).toBe('false')
  expect(lines.home.sent().length).toBe(sent)

  await use(workbench, 'home')
  await expect.poll(() => view.texts()).toEqual([expect.stringContaining('at-home')])
  await expect(inPage).toHaveCount(0)
  await docker('start', 'at-home')
  await expect(inPage).toContainText(/[KM]iB \//)
  await expect(workbench.webview.getByRole('status')).toBeEmpty()
  // What nobody can see asks for nothing.
  await workbench.openFile('Dockerfile')
  await workbench.runCommand('View: Toggle Primary Side Bar Visibility')
  await expect.poll(() => lines.home.open(), { timeout: 20_000 }).toBe(0)
  await work.docker('rm', '-f', 'still-at-work')
})

test('An engine that goes while a question is open gets nothing of what it asked, nor does the one that comes', async ({
  workbench,
  docker,
  engine,
  vscode,
  contexts: { work, lines, hosts },
}) => {
  await docker(...idle('web'))
  await work.docker(...idle('web'))
  const view = await workbench.view('Containers')
  await view.row('web').menu('Remove…')
  expect(await workbench.dialog.text()).toContain('Remove the container web from home?')
  const sent = [lines.home, lines.work].map((line) => line.sent().length)
  const folder = engine.env['DOCKER_CONFIG']!
  try {
    writeContexts(folder, { work: lines.work.url })
    vscode.configureMachine({ 'quayside.engine.context': 'work' })
    await expect.poll(() => lines.work.sent().slice(sent[1])).toContain('/containers/json')
    await workbench.dialog.press('Remove by Force')
    await expect(workbench.notifications.withText('This engine is no longer known')).toBeVisible()
    const after = [lines.home, lines.work].map((line, at) => line.sent().slice(sent[at]))
    expect(after.join('')).not.toContain('DELETE ')
    for (const of of [docker, work.docker.bind(work)])
      expect(await of('inspect', '-f', '{{.State.Running}}', 'web')).toBe('true')
  } finally {
    vscode.configureMachine({})
    writeContexts(folder, hosts)
    await work.docker('rm', '-f', 'web')
  }
})

test('A container that was being changed can still be when the editor is reloaded while its engine is away', async ({
  workbench,
  docker,
  contexts: { lines },
}) => {
  await docker(...idle('web'))
  const view = await workbench.view('Containers')
  await view.row('web').menu('Change and Recreate…')
  const form = workbench.webview
  const replace = form.getByRole('button', { name: 'Replace web' })
  const variable = form.getByLabel('Environment, entry 1', { exact: true })
  await variable.fill('MODE=new')
  lines.home.faults = { up: { cutAfter: 0 } }
  lines.home.cutAll()
  try {
    await workbench.reload()
    await expect(variable).toHaveValue('MODE=new')
    await expect(replace).toBeVisible()
    await expect(form.locator('.away')).not.toBeEmpty()
    await workbench.screenshot('recreate-away')
  } finally {
    lines.home.faults = {}
  }
  await expect(form.locator('.away')).toBeEmpty()
  await replace.click()
  await expect.poll(() => docker('exec', 'web', 'sh', '-c', 'echo "$MODE"').catch(() => '')).toBe('new')
})

test('Shows an engine beside the current one and hides it again', async ({
  workbench,
  docker,
  contexts: { work },
}) => {
  await docker(...idle('twin'))
  await work.docker(...idle('twin'))
  const engines = await workbench.view('Engines')
  await engines.row('work').press('Show Beside Current Engine')
  await expect(engines.row('work').description).toContainText('shown beside')
  const view = await workbench.view('Containers')
  const both = ['home  1/1 running', /^ {2}twin/, 'work  1/1 running', /^ {2}twin/]
  const isBoth = async (): Promise<void> => {
    await expect
      .poll(async () => {
        const texts = await view.texts()
        return (
          texts.length === both.length &&
          texts.every((text, at) => (typeof both[at] === 'string' ? text === both[at] : both[at]!.test(text)))
        )
      })
      .toBe(true)
  }
  await isBoth()
  await workbench.screenshot('two-engines')
  await work.docker('stop', '-t', '0', 'twin')
  await expect(view.row('work').description).toHaveText('0/1 running')

  await workbench.runCommand('Quayside Containers: Start')
  await workbench.quickInput.tick('twin')
  await expect(view.row('work').description).toHaveText('1/1 running')

  // It is remembered for the folder.
  await workbench.page.reload()
  await workbench.view('Containers')
  await isBoth()
  await workbench.runCommand('Quayside Engines: Hide Engine')
  await workbench.quickInput.tick('work')
  await expect.poll(() => view.texts()).toEqual([expect.stringMatching(/^twin/)])
  await work.docker('rm', '-f', 'twin')
})

test('Says that permission is denied, and what to do', async ({ workbench }) => {
  const view = await workbench.view('Containers')
  await use(workbench, 'closed')
  await expect(view.message).toContainText('forbidden')
  await expect(view.row('Tried').description).toContainText('from the context closed')
  await expect(view.row('Try Again').locator).toBeVisible()
  const images = await workbench.view('Images')
  await expect(images.welcome).toContainText('this account may not use its socket')
  await expect(images.welcome).toContainText('Try Again')
})

test('Stays usable with 1,000 containers, 2,000 images, 500 volumes and odd objects among them', async ({
  workbench,
}) => {
  const { page } = workbench
  const view = await workbench.view('Containers')
  await use(workbench, 'large')
  await expect(view.row('c-0000').locator).toBeVisible()
  // The first screenful is there before the rest.
  const all = async (of: View) => Number(await of.rows.first().getAttribute('aria-setsize'))
  await expect.poll(() => all(view)).toBeGreaterThanOrEqual(1000)
  // The row that is clicked unfolds meanwhile, and moves the last one.
  const isLast = async (row: Row) => {
    await expect(async () => {
      await page.keyboard.press('End')
      await expect(row.locator).toBeVisible({ timeout: 1000 })
    }).toPass()
  }
  await view.rows.first().click()
  await isLast(view.row('c-0999'))
  await page.keyboard.press('Home')
  await expect(view.row('c-0000').locator).toBeVisible()
  await workbench.runCommand('Quayside Containers: Filter…')
  await workbench.quickInput.answer('c-0512')
  await expect.poll(() => view.texts()).toEqual([expect.stringMatching(/^c-0512/)])
  await workbench.screenshot('large')

  const images = await workbench.view('Images')
  await expect(images.row(/app-0000/).locator).toBeVisible()
  await expect.poll(() => all(images)).toBeGreaterThanOrEqual(2000)
  await images.rows.first().click()
  await isLast(images.row(/app-1999/))

  const volumes = await workbench.view('Volumes')
  await expect.poll(() => all(volumes)).toBeGreaterThanOrEqual(500)
  await volumes.rows.first().click()
  await isLast(volumes.row('v-0499'))
})
