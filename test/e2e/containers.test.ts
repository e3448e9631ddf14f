import { expect, test } from './fixtures.ts'

// What is no number counts as the default: it stops nothing.
test.use({ settings: { 'quayside.containers.stopTimeout': 'soon' } })

const running = ['-d', '--init', 'busybox', 'sleep', '600'] as const
const sleeper = (name: string, ...more: readonly string[]): string[] => [
  'run',
  '--name',
  name,
  ...more,
  ...running,
]

test('Starts, stops, pauses and restarts containers, offering what fits their state', async ({
  workbench,
  docker,
}) => {
  await docker(...sleeper('web'))
  const view = await workbench.view('Containers')
  await view.row('web').press('Stop')
  await expect.poll(() => docker('inspect', '-f', '{{.State.Status}}', 'web')).toBe('exited')
  await expect.poll(() => view.row('web').spoken()).toContain('exited')
  expect(await view.row('web').menuLabels()).not.toContain('Stop')
  await view.row('web').menu('Start')
  await expect.poll(() => view.row('web').spoken()).toContain('running')
  await view.row('web').menu('Pause')
  await expect.poll(() => docker('inspect', '-f', '{{.State.Status}}', 'web')).toBe('paused')
  await expect.poll(() => view.row('web').spoken()).toContain('paused')
  await workbench.runCommand('Quayside Containers: Unpause')
  await workbench.quickInput.tick('web')
  await expect.poll(() => docker('inspect', '-f', '{{.State.Status}}', 'web')).toBe('running')
  await workbench.screenshot('container-verbs')
})

test('Twenty containers in all states are selected, and those that it fits are stopped and started', async ({
  workbench,
  docker,
}) => {
  const { page } = workbench
  const names = Array.from({ length: 20 }, (_, at) => `many-${String(at).padStart(2, '0')}`)
  await docker('run', '-d', '--init', '--name', 'other', 'busybox', 'sleep', '600')
  for (const [at, name] of names.entries())
    if (at % 4 === 0) await docker('create', '--init', '--name', name, 'busybox', 'sleep', '600')
    else await docker(...sleeper(name))
  await docker('pause', ...names.filter((_, at) => at % 4 === 1))
  const states = async () => {
    const lines = (await docker('ps', '-a', '--format', '{{.State}}', '--filter', 'name=many')).split('\n')
    return [...new Set(lines)]
      .map((state) => `${lines.filter((line) => line === state).length} ${state}`)
      .sort()
  }
  expect(await states()).toEqual(['10 running', '5 created', '5 paused'])
  const view = await workbench.view('Containers')
  await view.press('Filter…')
  await workbench.quickInput.answer('many')
  await expect(view.rows).toHaveCount(20)
  await view.row('many-00').locator.click({ modifiers: ['ControlOrMeta'] })
  await page.keyboard.press('Control+A')
  await expect(view.row('many-19').locator).toHaveAttribute('aria-selected', 'true')
  await view.row('many-01').menu('Stop')
  await expect.poll(states, { timeout: 60_000 }).toEqual(['15 exited', '5 created'])
  await view.row('many-01').menu('Start')
  await expect.poll(states, { timeout: 60_000 }).toEqual(['20 running'])
  await workbench.screenshot('twenty')
  await view.row('many-01').menu('Unpause')
  await expect(
    workbench.notifications.withText('Nothing that is selected is in a state for this.'),
  ).toBeVisible()
})

test('Removes containers after asking once, with everything that will go named', async ({
  workbench,
  docker,
}) => {
  await docker(...sleeper('one'))
  await docker('create', '--name', 'two', 'busybox')
  const view = await workbench.view('Containers')
  await view.row('one').select()
  await view.row('two').select({ add: true })
  await view.row('two').menu('Remove…')
  await expect.poll(() => workbench.dialog.text()).toMatch(/one[\s\S]*two|two[\s\S]*one/)
  await workbench.dialog.cancel()
  expect((await docker('ps', '-aq')).split('\n')).toHaveLength(2)
  await view.row('two').menu('Remove…')
  await workbench.dialog.press(/Remove/)
  await expect.poll(() => docker('ps', '-aq')).toBe('')
  await expect.poll(() => view.texts()).toEqual([])
})

test('Inspects a container with its secrets masked until they are asked for', async ({
  workbench,
  docker,
}) => {
  await docker(...sleeper('web', '-e', 'DB_PASSWORD=hunter2'))
  const view = await workbench.view('Containers')
  await view.row('web').menu('Inspect')
  await workbench.editor.shows('"Id"')
  await workbench.page.keyboard.press('Control+F')
  await workbench.page.keyboard.type('DB_PASSWORD')
  await workbench.page.keyboard.press('Escape')
  await workbench.editor.shows('DB_PASSWORD=•••')
  expect(await workbench.editor.text()).not.toContain('hunter2')
  await workbench.screenshot('inspect')
})

test('Groups by compose project and filters by words', async ({ workbench, docker }) => {
  const labels = (service: string): string[] => [
    '--label',
    'com.docker.compose.project=shop',
    '--label',
    `com.docker.compose.service=${service}`,
  ]
  await docker(...sleeper('shop-web-1', ...labels('web')))
  await docker(...sleeper('shop-db-1', ...labels('db')))
  await docker(...sleeper('alone'))
  const view = await workbench.view('Containers')
  await expect(view.row('shop').label).toBeVisible()
  await view.row('shop').expand()
  await expect(view.row('shop-web-1').label).toBeVisible()
  await workbench.screenshot('containers-grouped')
  await view.press('Filter…')
  await workbench.quickInput.answer('alone')
  await expect(view.row('shop').label).toHaveCount(0)
  await expect(view.row('alone').label).toBeVisible()
})

test('Renames a container and says why another one stopped', async ({ workbench, docker }) => {
  await docker('run', '--name', 'failing', 'busybox', 'sh', '-c', 'echo out of cheese >&2; exit 3').catch(
    () => undefined,
  )
  const view = await workbench.view('Containers')
  await view.row('failing').menu('Why Did It Stop?')
  await workbench.editor.shows('Exit code 3.')
  await workbench.editor.shows('out of cheese')
  await workbench.screenshot('why-stopped')
  await workbench.runCommand('Quayside Containers: Rename…')
  await workbench.quickInput.choose('failing')
  await workbench.quickInput.answer('renamed')
  await expect.poll(() => docker('ps', '-a', '--format', '{{.Names}}')).toBe('renamed')
})

test('Names full of markup and control characters are shown as they are', async ({ workbench, docker }) => {
  await docker(
    ...sleeper('web', '--label', 'note=[click](command:workbench.action.quit) <img src=x> **bold**'),
  )
  const view = await workbench.view('Containers')
  const hover = await view.row('web').tooltip()
  await expect(hover).toContainText('[click](command:workbench.action.quit)')
  await expect(hover.locator('a[href*="command"], img')).toHaveCount(0)
})

test('A label that looks like an icon is shown as it is written in a list', async ({ workbench, docker }) => {
  await docker(...sleeper('web', '--label', '$(trash)mine=1'))
  const view = await workbench.view('Containers')
  await expect(view.row('web').label).toBeVisible()
  await workbench.runCommand('Quayside Containers: Group By…')
  await workbench.quickInput.choose('Label…')
  await expect(workbench.quickInput.rows.filter({ hasText: '$\u200b(trash)mine' })).toBeVisible()
  await expect(workbench.quickInput.rows.locator('.label-name .codicon')).toHaveCount(0)
})
